"""One fills a shelf, two look at it: after a sleep, by asking again, past a barrier."""

import asyncio

from virtual_loop import millis, run_turns, say_turn

SIZE = 2


async def member(number, how, time, shelf, barrier):
    start = millis()
    if number == 1:
        for item in range(SIZE):
            await asyncio.sleep(time / SIZE)
            shelf.append(item)
    elif how == "sleep":
        await asyncio.sleep(1 + number / 100)
    elif how == "ask":
        while len(shelf) < SIZE:
            await asyncio.sleep(1 + number / 100)
    if how == "barrier":
        await barrier.wait()
    say_turn(f"{how}: {len(shelf)} of {SIZE} after {millis() - start}")


async def main():
    for time in 0.6, 2.5:
        for how in "sleep", "ask", "barrier":
            shelf, barrier = [], asyncio.Barrier(3)
            team = [
                asyncio.create_task(member(n, how, time, shelf, barrier), name=f"m{n}")
                for n in (1, 2, 3)
            ]
            await asyncio.gather(*team)


run_turns(main())
