"""Two tasks of a second each take one second."""

import asyncio

from virtual_loop import millis, run_turns, say_turn


async def main():
    one, two = (asyncio.create_task(asyncio.sleep(1)) for _ in range(2))
    await one
    say_turn(f"task1 {millis()} task2 done: {two.done()}")
    await two
    say_turn(f"task2 {millis()}")


run_turns(main())
say_turn(f"total {millis()}")
