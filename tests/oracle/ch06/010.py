"""Two tasks that call callees that sleep take turns."""

import asyncio

from virtual_loop import millis, run_turns, say_turn


async def five_times(called):
    for _ in range(5):
        await asyncio.sleep(1)
        say_turn(f"{called} at t={millis()}")


async def main():
    names = ("called", "sync called")
    for task in [asyncio.create_task(five_times(name)) for name in names]:
        await task


run_turns(main())
