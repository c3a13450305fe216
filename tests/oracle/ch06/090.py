"""A coroutine that is awaited runs before a task that was made earlier."""

import asyncio

from virtual_loop import millis, run_turns, say_turn


async def named(word):
    say_turn(f"{millis()} - {word}")


async def main():
    task = asyncio.create_task(named("create_task"))
    await named("await")
    await task


run_turns(main())
