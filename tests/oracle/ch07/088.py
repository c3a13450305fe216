"""Five tasks, gathered as they are."""

import asyncio

from virtual_loop import millis, run_turns, say_turn


async def call(number):
    await asyncio.sleep(1 + number / 10)
    say_turn(f"call {number} {millis()}")


async def main():
    tasks = [asyncio.create_task(call(number)) for number in range(5)]
    await asyncio.gather(*tasks)


run_turns(main())
