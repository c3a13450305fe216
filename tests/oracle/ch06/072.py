"""One task waits for a future, another sets it."""

import asyncio

from virtual_loop import millis, run_turns, say_turn


async def waits(future):
    say_turn("foo will await the future")
    await future
    say_turn("foo finds the future resolved")


async def sets(future):
    say_turn("bar will sleep for 3 seconds")
    await asyncio.sleep(3)
    say_turn("bar resolving the future")
    future.set_result(None)


async def main():
    future = asyncio.get_running_loop().create_future()
    await asyncio.gather(waits(future), sets(future))


run_turns(main())
say_turn(millis())
