"""Five calls, waited for as tasks."""

import asyncio

from virtual_loop import millis, run_turns, say_turn


async def call(number):
    await asyncio.sleep(1)
    return "abcde"[number].upper()


async def main():
    tasks = [asyncio.create_task(call(number)) for number in range(5)]
    done, pending = await asyncio.wait(tasks)
    results = " ".join(sorted(task.result() for task in done))
    say_turn(f"{results} {len(pending)} {millis()}")


run_turns(main())
