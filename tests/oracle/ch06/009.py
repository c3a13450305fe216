"""A callee that works holds up another task's sleep."""

import asyncio

from virtual_loop import millis, run_turns, say_turn, work


async def asleep():
    await asyncio.sleep(1)
    say_turn(f"called at t={millis()}")


async def at_work():
    work(1)
    say_turn(f"sync called at t={millis()}")


async def five_times(callee):
    for _ in range(5):
        await callee()


async def main():
    for task in [asyncio.create_task(five_times(callee)) for callee in (asleep, at_work)]:
        await task


run_turns(main())
