"""A task goes on while its maker waits for something else; a coroutine doesn't."""

import asyncio

from virtual_loop import run_turns, say_turn


async def job(name):
    say_turn(f"{name} progress 1")
    await asyncio.sleep(0)
    say_turn(f"{name} progress 2")
    return name


async def main():
    coroutine = job("coroutine")
    task = asyncio.create_task(job("task"))
    await asyncio.sleep(1)
    say_turn(f"task done: {task.done()}")
    say_turn(f"{await coroutine} {await task}")


run_turns(main())
