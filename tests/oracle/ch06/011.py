"""A callee's callee that sleeps is as good: the chain suspends as one."""

import asyncio

from virtual_loop import millis, run_turns, say_turn


async def innermost():
    await asyncio.sleep(1)


async def direct():
    await asyncio.sleep(1)
    say_turn(f"called at t={millis()}")


async def indirect():
    await innermost()
    say_turn(f"sync called at t={millis()}")


async def five_times(callee):
    for _ in range(5):
        await callee()


async def main():
    for task in [asyncio.create_task(five_times(callee)) for callee in (direct, indirect)]:
        await task


run_turns(main())
