"""Calling a coroutine function runs nothing. A task can be asked twice."""

import asyncio

from virtual_loop import run_turns, say_turn


async def work():
    say_turn("work body")
    return "done"


async def main():
    coroutine = work()
    say_turn("called, the body has not run")
    say_turn(await coroutine)
    task = asyncio.create_task(work())
    say_turn("task created")
    say_turn(await task)
    say_turn(f"{await task} (a task can be awaited again)")
    say_turn(await asyncio.ensure_future(work()))


run_turns(main())
