"""A sleep of no time is one turn for everybody else."""

import asyncio

from virtual_loop import run_turns, say_turn


async def steps(name, count):
    for number in range(count):
        say_turn(f"{name} {number}")
        await asyncio.sleep(0)


async def worker(name, count):
    await steps(name, count)
    say_turn(f"{name} end")


async def main():
    counts = {"a": 3, "b": 1, "c": 2}
    tasks = [asyncio.create_task(worker(*item)) for item in counts.items()]
    await steps("main", 4)
    # Not `gather`, which takes no turn for tasks that are done, since Python 3.12.
    await asyncio.wait(tasks)
    say_turn("main end")


run_turns(main())
