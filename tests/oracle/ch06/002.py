"""Two tasks that work, one after the other, and two that sleep, at once."""

import asyncio

from virtual_loop import millis, run_turns, say_turn, work


async def busy():
    work(0.4)


async def idle():
    await asyncio.sleep(0.4)


async def until(name, step):
    end = millis() + 3000
    say_turn(f"{name} Blocking... {millis()}")
    while millis() <= end:
        await step()
    say_turn(f"{name} Done. {millis()}")


async def main():
    await asyncio.gather(*(until(name, busy) for name in "AB"))
    say_turn("--- with a suspension point")
    await asyncio.gather(*(until(name, idle) for name in "AB"))


run_turns(main())
