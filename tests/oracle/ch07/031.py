"""Results in order of completion; and with a limit."""

import asyncio

from virtual_loop import millis, run_turns, say_turn


async def job(name, seconds):
    say_turn(f"{name}: started")
    await asyncio.sleep(seconds)
    say_turn(f"{name}: finished")
    return name.lower()


async def main():
    jobs = [asyncio.create_task(job(*it)) for it in (("A", 2), ("B", 1), ("C", 3))]
    for result in asyncio.as_completed(jobs):
        say_turn(await result)
    sleeps = [asyncio.create_task(asyncio.sleep(n, n)) for n in (1, 5)]
    try:
        for result in asyncio.as_completed(sleeps, timeout=2):
            say_turn(f"{await result} {millis()}")
    except asyncio.TimeoutError:
        say_turn(f"timeout {millis()}")


run_turns(main())
