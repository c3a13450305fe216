"""A sleep in between, however short, lets the task run first."""

import asyncio

from virtual_loop import millis, run_turns, say_turn


async def named(word):
    say_turn(f"{millis()} - {word}")


async def main(seconds):
    task = asyncio.create_task(named("create_task"))
    await asyncio.sleep(seconds)
    await named("await")
    await task


for seconds in (1, 0):
    run_turns(main(seconds))
