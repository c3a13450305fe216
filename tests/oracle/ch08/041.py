"""One waits for an event, another sets it."""

import asyncio

from virtual_loop import run_turns, say_turn


async def listener(event):
    say_turn("waits")
    await event.wait()
    say_turn("goes on")


async def main():
    event = asyncio.Event()
    task = asyncio.create_task(listener(event), name="listener")
    await asyncio.sleep(1)
    event.set()
    say_turn("has set it")
    await task


run_turns(main())
