"""wait_for: in time, too late, and with a caller who is cancelled."""

import asyncio

from virtual_loop import millis, run_turns, say_turn

HOUR = 3600


async def work():
    try:
        await asyncio.sleep(HOUR)
    except asyncio.CancelledError:
        say_turn(f"work cancelled {millis()}")
        raise
    return "done"


async def main():
    try:
        await asyncio.wait_for(work(), timeout=1)
    except asyncio.TimeoutError:
        say_turn(f"timeout {millis()}")
    say_turn(f"{await work()} {millis()}")
    say_turn(f"{await asyncio.wait_for(asyncio.sleep(1, 'in time'), timeout=2)} {millis()}")
    waiter = asyncio.create_task(asyncio.wait_for(work(), timeout=100))
    await asyncio.sleep(1)
    waiter.cancel()
    try:
        await waiter
    except asyncio.CancelledError:
        say_turn(f"waiter cancelled {millis()}")


run_turns(main())
