"""A task that awaits, and never suspends, ends before another starts."""

import asyncio

from virtual_loop import run_turns, say_turn


async def nothing():
    pass


async def caller():
    for number in range(5):
        say_turn(f"caller {number}")
        await nothing()


async def witness():
    say_turn("witness runs")


async def main():
    for task in [asyncio.create_task(caller()), asyncio.create_task(witness())]:
        await task


run_turns(main())
