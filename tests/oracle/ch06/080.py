"""A loop that runs again, for the task that is left over."""

import asyncio

from virtual_loop import TurnLoop, millis, say_turn


async def unwatched():
    say_turn("async_foo started")
    await asyncio.sleep(1)
    say_turn("async_foo done")


async def main():
    asyncio.create_task(unwatched())
    say_turn("Do some actions 1")
    await asyncio.sleep(0.1)
    say_turn("Do some actions 2")


loop = TurnLoop()
loop.run_until_complete(main())
rest = asyncio.all_tasks(loop)
say_turn(f"pending {len(rest)} {millis()}")
loop.run_until_complete(asyncio.gather(*rest))
say_turn(f"end {millis()}")
loop.close()
