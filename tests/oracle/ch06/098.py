"""Main doesn't wait: one task has a turn and ends in it, the other is cancelled."""

import asyncio

from virtual_loop import run_turns, say_turn


async def count(end):
    for number in range(end):
        say_turn(number)


async def count_slowly(end):
    try:
        for number in range(end):
            say_turn(f"s {number}")
            await asyncio.sleep(0)
    except asyncio.CancelledError:
        say_turn("cancelled by asyncio.run")
        raise


async def main():
    asyncio.create_task(count(3))
    asyncio.create_task(count_slowly(5))
    say_turn("Hello Coroutine World")
    return 42


say_turn(run_turns(main()))
