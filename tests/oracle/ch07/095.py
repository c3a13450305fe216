"""The same three, waited for and gathered."""

import asyncio

from virtual_loop import millis, run_turns, say_turn

HELLOS = (("first hello", 2), ("second hello", 1), ("third hello", 4))


async def hello(what, seconds):
    await asyncio.sleep(seconds)
    say_turn(f"{what} {millis()}")
    return what


async def main():
    done, _ = await asyncio.wait([asyncio.create_task(hello(*it)) for it in HELLOS])
    say_turn("wait: " + ", ".join(sorted(task.result() for task in done)))
    results = await asyncio.gather(*(hello(*it) for it in HELLOS))
    say_turn("gather: " + ", ".join(results))


run_turns(main())
