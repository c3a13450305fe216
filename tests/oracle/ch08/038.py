"""A lock is for what has an await in the middle, and goes to the first in line."""

import asyncio
import contextlib

from virtual_loop import run_turns, say_turn

number = 0


async def add(lock):
    global number
    async with lock:
        before = number
        if isinstance(lock, asyncio.Lock):
            say_turn(f"has the lock: {lock.locked()}")
        await asyncio.sleep(1)
        number = before + 1


async def count():
    global number
    for _ in range(1000):
        number += 1


async def three(what):
    global number
    number = 0
    await asyncio.gather(*[asyncio.create_task(what(), name=name) for name in "abc"])


async def main():
    await three(lambda: add(contextlib.nullcontext()))
    say_turn(f"without a lock {number}")
    lock = asyncio.Lock()
    await three(lambda: add(lock))
    say_turn(f"with a lock {number}, locked {lock.locked()}")
    await three(count)
    say_turn(f"with no await inside {number}")


run_turns(main())
