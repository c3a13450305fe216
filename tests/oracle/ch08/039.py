"""Who waits for a condition has no lock; who is called waits for it."""

import asyncio

from virtual_loop import run_turns, say_turn


async def waiter(condition):
    async with condition:
        say_turn("waits")
        await condition.wait()
        say_turn(f"is called, locked {condition.locked()}")


async def main():
    condition = asyncio.Condition()
    waiters = [asyncio.create_task(waiter(condition), name=name) for name in "abc"]
    await asyncio.sleep(1)
    async with condition:
        condition.notify()
        say_turn("calls one")
        await asyncio.sleep(1)
        say_turn("unlocks")
    await asyncio.sleep(1)
    async with condition:
        condition.notify_all()
        say_turn("calls all")
    await asyncio.gather(*waiters)
    say_turn(f"locked {condition.locked()}")


run_turns(main())
