"""Output, errors and exit code come by three ways. To look, and to wait, are two things."""

import asyncio

from virtual_loop import run_turns, say_turn


async def program(delay):
    loop = asyncio.get_running_loop()
    out, err, code = (loop.create_future() for _ in range(3))

    async def publish(future, seconds, value):
        await asyncio.sleep(seconds)
        future.set_result(value)

    ways = (out, 1, "out"), (err, 1, "err"), (code, delay, "success")
    tasks = [asyncio.create_task(publish(*way)) for way in ways]
    say_turn(f"{await out} {await err}")
    say_turn(f"looks: {code.result() if code.done() else 'nothing'}")
    say_turn(f"waits: {await code}")
    await asyncio.gather(*tasks)


run_turns(program(0.5))
run_turns(program(1.5))
