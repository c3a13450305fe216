"""A task needs a loop that runs."""

import asyncio

from virtual_loop import run_turns, say_turn


async def work():
    return "done"


async def main():
    say_turn(await asyncio.create_task(work()))


run_turns(main())
homeless = work()
try:
    asyncio.create_task(homeless)
except RuntimeError as error:
    say_turn(f"RuntimeError: {error}")
homeless.close()
