"""How many turns lie between a call and the task that waited for it."""

import asyncio

from virtual_loop import run_turns, say_turn


def turn():
    return asyncio.get_running_loop().turn


async def follows(text, waits, cause):
    turns = {}

    def called():
        turns["cause"] = turn()
        cause()

    async def waiter():
        await waits()
        turns["effect"] = turn()

    task = asyncio.create_task(waiter(), name="waiter")
    for _ in range(5):
        await asyncio.sleep(0)
    asyncio.get_running_loop().call_soon(called)
    await task
    say_turn(f"{text}: {turns['effect'] - turns['cause']}")


async def takes(text, awaitable):
    start = turn()
    await awaitable
    say_turn(f"{text}: {turn() - start}")


async def main():
    lock, permits = asyncio.Lock(), asyncio.Semaphore(0)
    event, queue, full = asyncio.Event(), asyncio.Queue(), asyncio.Queue(1)
    await takes("a free lock", lock.acquire())
    await follows("lock", lock.acquire, lock.release)
    await follows("semaphore", permits.acquire, permits.release)
    await follows("event", event.wait, event.set)
    await takes("a set event", event.wait())
    await follows("queue, get", queue.get, lambda: queue.put_nowait(1))
    full.put_nowait(1)
    await follows("queue, put", lambda: full.put(2), full.get_nowait)
    await follows("join", queue.join, queue.task_done)
    condition = asyncio.Condition()

    async def waits():
        async with condition:
            await condition.wait()

    async def calls():
        async with condition:
            condition.notify()

    await follows("condition", waits, lambda: asyncio.ensure_future(calls()))


run_turns(main())
