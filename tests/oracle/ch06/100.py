"""A task that ended long ago gives its result at once."""

import asyncio

from virtual_loop import millis, run_turns, say_turn


async def count(end):
    for number in range(end):
        say_turn(f"{number} {millis()}")
    return end


async def main():
    task = asyncio.create_task(count(3))
    say_turn("Hello Coroutine World")
    await asyncio.sleep(5)
    say_turn(f"{await task} {millis()}")
    return 42


say_turn(run_turns(main()))
