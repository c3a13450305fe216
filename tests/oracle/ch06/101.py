"""A coroutine starts when it is awaited, not when it is made."""

import asyncio

from virtual_loop import millis, run_turns, say_turn


async def count(end):
    for number in range(end):
        say_turn(f"{number} {millis()}")
    return end


async def main():
    counting = count(3)
    say_turn("Hello Coroutine World")
    await asyncio.sleep(5)
    say_turn(f"{await counting} {millis()}")
    return 42


say_turn(run_turns(main()))
