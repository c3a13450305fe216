"""A nursery: the block ends when its children have."""

import asyncio

from virtual_loop import millis, run_turns, say_turn


async def child(name):
    say_turn(f"{name}: started, sleeps")
    await asyncio.sleep(1)
    say_turn(f"{name}: exits")


async def parent():
    say_turn("parent: started")
    async with asyncio.TaskGroup() as nursery:
        for name in ("child1", "child2"):
            say_turn(f"parent: spawns {name}")
            nursery.create_task(child(name))
        say_turn("parent: waits for them")
    say_turn(f"parent: all done {millis()}")


run_turns(parent())
