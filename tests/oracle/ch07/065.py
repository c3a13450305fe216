"""Five that count to three, side by side."""

import asyncio

from virtual_loop import millis, run_turns, say_turn


async def count(number):
    say_turn("One")
    await asyncio.sleep(1 + number / 10)
    say_turn("Two")
    await asyncio.sleep(2)
    say_turn("Three")


async def main():
    await asyncio.gather(*[count(number) for number in range(5)])


run_turns(main())
say_turn(f"total {millis()}")
