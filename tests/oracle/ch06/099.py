"""Main sleeps first: the task has counted by then."""

import asyncio

from virtual_loop import run_turns, say_turn


async def count(end):
    for number in range(end):
        say_turn(number)


async def main():
    task = asyncio.create_task(count(3))
    await asyncio.sleep(5)
    say_turn("Hello Coroutine World")
    assert task.done()
    return 42


say_turn(run_turns(main()))
