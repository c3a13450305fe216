"""Three at once: they start in the order of the arguments, and so do the results stand."""

import asyncio

from virtual_loop import millis, run_turns, say_turn


async def job(name, seconds):
    say_turn(f"{name}: started")
    await asyncio.sleep(seconds)
    say_turn(f"{name}: finished")
    return name.lower()


async def main():
    results = await asyncio.gather(job("A", 2), job("B", 1), job("C", 3))
    say_turn("Result: " + " ".join(results))


run_turns(main())
say_turn(f"total {millis()}")
