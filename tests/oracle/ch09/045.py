"""`async with`: the exit awaits, learns how the body ended, and may swallow that."""

import asyncio

from virtual_loop import run_turns, say_turn


async def log(text):
    await asyncio.sleep(0)
    say_turn(text)


class Swallowed(Exception):
    pass


class Passed(Exception):
    pass


class Context:
    async def __aenter__(self):
        await log("enters")

    async def __aexit__(self, kind, error, trace):
        await log(f"leaves: {kind.__name__ if kind else None}")
        return kind is Swallowed


async def main():
    async with Context():
        say_turn("the body")
    async with Context():
        raise Swallowed
    try:
        async with Context():
            raise Passed
    except Passed:
        say_turn("Passed")

    async def cancelled():
        async with Context():
            await asyncio.sleep(10)

    task = asyncio.create_task(cancelled())
    await asyncio.sleep(1)
    task.cancel()
    try:
        await task
    except asyncio.CancelledError:
        say_turn("cancelled")


run_turns(main())
