"""A task that nobody awaits runs while main sleeps."""

import asyncio

from virtual_loop import run_turns, say_turn


async def unwatched():
    say_turn("async_foo started")
    await asyncio.sleep(1)
    say_turn("async_foo done")


async def main():
    task = asyncio.create_task(unwatched())
    say_turn("Do some actions 1")
    for number in (2, 3):
        await asyncio.sleep(1)
        say_turn(f"Do some actions {number}")
    assert task.done()


run_turns(main())
