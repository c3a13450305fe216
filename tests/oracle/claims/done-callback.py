"""A function to be called when a task is done, and one that was queued before."""

import asyncio

from virtual_loop import run_turns, say_turn


async def job():
    asyncio.get_running_loop().call_soon(lambda: say_turn("was queued before"))
    say_turn("is done now")


async def main():
    task = asyncio.create_task(job(), name="job")
    task.add_done_callback(lambda task: say_turn(f"hears that {task.get_name()} is done"))
    await asyncio.sleep(1)


run_turns(main())
