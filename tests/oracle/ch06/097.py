"""A task that counts, while main sleeps."""

import asyncio

from virtual_loop import run_turns, say_turn


async def count(end):
    for number in range(end):
        say_turn(number)


async def main():
    task = asyncio.create_task(count(3))
    say_turn("Hello Coroutine World")
    await asyncio.sleep(5)
    assert task.done()
    return 42


say_turn(run_turns(main()))
