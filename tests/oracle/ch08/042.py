"""An event that is set, cleared, and set again; and one cleared before anybody runs."""

import asyncio

from virtual_loop import run_turns, say_turn


async def waiter(event):
    await event.wait()
    say_turn(f"goes on, set {event.is_set()}")


async def main():
    event = asyncio.Event()
    tasks = [asyncio.create_task(waiter(event), name=name) for name in "abc"]
    await asyncio.sleep(0)
    event.set()
    say_turn("set: nobody has run")
    await asyncio.gather(*tasks)
    await event.wait()
    say_turn("waited for what is set")
    event.clear()
    task = asyncio.create_task(waiter(event), name="d")
    await asyncio.sleep(1)
    say_turn(f"done {task.done()}")
    event.set()
    event.clear()
    await task


run_turns(main())
