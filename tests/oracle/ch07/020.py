"""One loop after another, and none inside another."""

import asyncio

from virtual_loop import millis, run_turns, say_turn


async def hello():
    await asyncio.sleep(1)
    say_turn(f"hello {millis()}")


async def with_result():
    return await asyncio.sleep(1, "done")


async def nested():
    inner = hello()
    try:
        asyncio.run(inner)
    except RuntimeError:
        say_turn("a loop inside a loop: refused")
    inner.close()


async def prints_result():
    say_turn(f"{await with_result()} {millis()}")


run_turns(hello())
run_turns(prints_result())
run_turns(nested())
