"""What a callback schedules runs in the next turn, in the order of the calls."""

import asyncio

from virtual_loop import run_turns, say_turn


def again(times, name):
    say_turn(name)
    if times:
        asyncio.get_running_loop().call_soon(again, times - 1, f"{name}'")


async def steps():
    say_turn("task step 1")
    await asyncio.sleep(0)
    say_turn("task step 2")


async def main():
    soon = asyncio.get_running_loop().call_soon
    soon(again, 2, "A")
    soon(again, 1, "B")
    task = asyncio.create_task(steps())
    soon(again, 0, "C")
    await task
    say_turn("main resumed")


run_turns(main())
