"""Coroutines, or tasks made before: gathered, they run in the same order."""

import asyncio

from virtual_loop import millis, run_turns, say_turn


async def job(number):
    say_turn(f"starts {number}")
    await asyncio.sleep(3 + number / 10)
    say_turn(f"ends {number}")
    return number


async def main(make):
    results = await asyncio.gather(*[make(job(number)) for number in range(4)])
    say_turn(f"{sum(results)} {millis()}")


for make in (asyncio.ensure_future, asyncio.create_task, lambda coroutine: coroutine):

    async def variant(make=make):
        await main(make)

    run_turns(variant())
