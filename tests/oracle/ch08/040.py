"""Two permits, five jobs."""

import asyncio

from virtual_loop import run_turns, say_turn


async def job(permits):
    async with permits:
        say_turn("begins")
        await asyncio.sleep(1)
        say_turn("ends")


async def main():
    permits = asyncio.Semaphore(2)
    await asyncio.gather(*[asyncio.create_task(job(permits), name=n) for n in "abcde"])
    say_turn(f"none is free: {permits.locked()}")


run_turns(main())
