"""A new task is counted at once, and runs later."""

import asyncio

from virtual_loop import millis, run_turns, say_turn


async def greeting(number):
    say_turn(f"delayer {number} starts {millis()}")
    return await asyncio.sleep(1, "Hello")


async def main():
    say_turn(f"tasks at start: {len(asyncio.all_tasks())}")
    tasks = [asyncio.create_task(greeting(number)) for number in (1, 2)]
    say_turn(f"tasks after create_task: {len(asyncio.all_tasks())} nothing has run yet")
    for task in tasks:
        say_turn(await task)


run_turns(main())
