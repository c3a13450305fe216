"""Two wait for an event. How far have they come when `set` returns?"""

import asyncio

from virtual_loop import run, say


async def waiter(event):
    await event.wait()
    say("goes on")


async def main():
    event = asyncio.Event()
    tasks = [asyncio.create_task(waiter(event), name=name) for name in ("a", "b")]
    await asyncio.sleep(1)
    event.set()
    say("has set it")
    await asyncio.wait(tasks)


run(main())
