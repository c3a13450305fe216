"""A long operation as a task, and as part of the caller."""

import asyncio

from virtual_loop import millis, run_turns, say_turn


async def message(text):
    await asyncio.sleep(0.1)
    say_turn(f"{text} {millis()}")


async def long_operation():
    say_turn("long_operation started")
    await asyncio.sleep(3)
    say_turn(f"long_operation finished {millis()}")


async def beside():
    await message("first")
    task = asyncio.create_task(long_operation())
    await message("second")
    await task


async def between():
    await message("first")
    await long_operation()
    await message("second")


run_turns(beside())
say_turn("-- with a plain await")
run_turns(between())
