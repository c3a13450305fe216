"""Which task runs, and which there are."""

import asyncio

from virtual_loop import run_turns, say_turn


def me():
    task = asyncio.current_task()
    return task and task.get_name()


def everybody():
    return sorted(task.get_name() for task in asyncio.all_tasks())


async def child():
    say_turn(f"child is {me()}")
    await asyncio.sleep(1)


async def main():
    say_turn(f"main is {me()}")
    children = [asyncio.create_task(child(), name=f"child-{n}") for n in range(2)]
    say_turn(everybody())
    asyncio.get_running_loop().call_soon(lambda: say_turn(f"in a callback: {me()}"))
    for task in children:
        await task
    say_turn(everybody())


run_turns(main())
try:
    me()
except RuntimeError as error:
    say_turn(f"RuntimeError: {error}")
