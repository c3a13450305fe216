"""Chains side by side: a second step needs what its first gave."""

import asyncio

from virtual_loop import millis, run_turns, say_turn

TAKES = {"bread": (4, 6), "rolls": (7, 1), "cake": (2, 10)}


async def step(name, what, seconds):
    say_turn(f"{name} {what}: {seconds} s")
    await asyncio.sleep(seconds)
    return f"{name} {what}"


async def chain(name):
    start = millis()
    dough = await step(name, "dough", TAKES[name][0])
    say_turn(f"has {dough}")
    baked = await step(name, "baked", TAKES[name][1])
    say_turn(f"has {baked} after {millis() - start}")


async def main():
    await asyncio.gather(*map(chain, TAKES))


run_turns(main())
say_turn(f"total {millis()}")
