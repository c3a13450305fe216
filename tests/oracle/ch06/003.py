"""Two awaits in a row take the sum of their times."""

import asyncio

from virtual_loop import millis, run_turns, say_turn


async def main():
    message = await asyncio.sleep(1, "A Message")
    say_turn(f"{message} {millis()}")
    await asyncio.sleep(1)


run_turns(main())
say_turn(f"total {millis()}")
