"""Tasks end in the order of their sleeps, and are awaited in another."""

import asyncio

from virtual_loop import millis, run_turns, say_turn


async def sleeper(name, seconds):
    say_turn(f"{name}: started")
    await asyncio.sleep(seconds)
    say_turn(f"{name}: finished")


async def main():
    tasks = [asyncio.create_task(sleeper(*of)) for of in zip("ABC", (2, 1, 3))]
    for number, task in enumerate(tasks, start=1):
        await task
        say_turn(f"t{number} awaited {millis()}")


run_turns(main())
