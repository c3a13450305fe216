"""A shield: who waits is cancelled, and what is waited for goes on."""

import asyncio

from virtual_loop import millis, run_turns, say_turn


async def work():
    await asyncio.sleep(2)
    say_turn(f"work finished {millis()}")
    return "done"


async def plain():
    say_turn(f"res {await asyncio.shield(work())} {millis()}")


async def outer(inner):
    try:
        await asyncio.shield(inner)
    except asyncio.CancelledError:
        say_turn(f"outer sees the cancel {millis()}, inner done: {inner.done()}")
        raise


async def cancelled():
    inner = asyncio.create_task(work())
    task = asyncio.create_task(outer(inner))
    await asyncio.sleep(1)
    task.cancel()
    try:
        await task
    except asyncio.CancelledError:
        say_turn(f"outer cancelled: {task.cancelled()}")
    say_turn(f"inner result {await inner}")


run_turns(plain())
run_turns(cancelled())
