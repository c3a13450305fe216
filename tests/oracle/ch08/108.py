"""A choice between queues, by priority and in turns, with a limit; and tagged results."""

import asyncio

from virtual_loop import run_turns, say_turn


def ready(queues, order):
    for n in order:
        if not queues[n].empty():
            return n, queues[n].get_nowait()
    return None


async def choose(queues, order, timeout=None):
    if got := ready(queues, order):
        return got
    getters = {asyncio.ensure_future(queues[n].get()): n for n in order}
    done, pending = await asyncio.wait(getters, timeout=timeout, return_when="FIRST_COMPLETED")
    for getter in pending:
        getter.cancel()
    return min((getters[getter], getter.result()) for getter in done) if done else None


async def later(queue, seconds, item):
    await asyncio.sleep(seconds)
    await queue.put(item)


async def main():
    queues = asyncio.Queue(), asyncio.Queue()
    for item in "12":
        for n, queue in enumerate(queues):
            queue.put_nowait("ab"[n] + item)
    say_turn([(await choose(queues, (0, 1)))[1] for _ in range(4)])
    say_turn(ready(queues, (0, 1)))
    say_turn(await choose(queues, (0, 1), 1))
    for item in "34":
        for n, queue in enumerate(queues):
            queue.put_nowait("ab"[n] + item)
    got, first = [], 0
    for _ in range(4):
        n, item = await choose(queues, (first, 1 - first))
        got, first = [*got, item], 1 - n
    say_turn(got)
    task = asyncio.create_task(later(queues[1], 1, "late"), name="later")
    say_turn(f"{(await choose(queues, (0, 1)))[1]}")
    await task
    results = asyncio.Queue()
    tasks = [asyncio.create_task(later(results, 3 - n, f"from {n}"), name=f"t{n}") for n in (1, 2)]
    say_turn(f"{await results.get()}, {await results.get()}")
    await asyncio.gather(*tasks)


run_turns(main())
