"""Asynchronous iteration: over lines that take a second each, and over a generator."""

import asyncio

from virtual_loop import run_turns, say_turn


class Lines:
    def __init__(self, lines):
        self.lines = lines

    def __aiter__(self):
        return self

    async def __anext__(self):
        await asyncio.sleep(1)
        if not self.lines:
            raise StopAsyncIteration
        return self.lines.pop(0)


async def numbers(count):
    for n in range(count):
        await asyncio.sleep(1)
        yield n


async def other():
    for n in range(3):
        say_turn(f"other {n}")
        await asyncio.sleep(1)


async def main():
    task = asyncio.create_task(other())
    async for line in Lines(["one", "two"]):
        say_turn(line)
    say_turn("exhausted")
    await task
    say_turn(str([n async for n in numbers(3)]))


run_turns(main())
