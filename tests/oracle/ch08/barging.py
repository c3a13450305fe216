"""An item is put for one who waits. A newcomer runs before the one who was woken."""

import asyncio

from virtual_loop import run_turns, say_turn


async def getter(queue):
    say_turn(f"gets {await queue.get()}")


async def main():
    queue = asyncio.Queue()
    early = asyncio.create_task(getter(queue), name="early")
    await asyncio.sleep(1)
    newcomer = asyncio.create_task(getter(queue), name="newcomer")
    queue.put_nowait("the item")
    await asyncio.sleep(1)
    queue.put_nowait("another")
    await early
    await newcomer


run_turns(main())
