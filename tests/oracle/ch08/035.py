"""What a queue answers, and in which order three kinds of queue give."""

import asyncio

from virtual_loop import run_turns, say_turn


async def main():
    queue = asyncio.Queue(2)
    say_turn(f"room {queue.maxsize}, items {queue.qsize()}, full {queue.full()}")
    await queue.put("a")
    queue.put_nowait("b")
    say_turn(f"items {queue.qsize()}, full {queue.full()}, empty {queue.empty()}")
    try:
        queue.put_nowait("c")
    except asyncio.QueueFull:
        say_turn("no room for c")
    say_turn(f"{await queue.get()} {queue.get_nowait()}")
    try:
        queue.get_nowait()
    except asyncio.QueueEmpty:
        say_turn("nothing to get")
    queue.task_done()
    queue.task_done()
    await queue.join()
    say_turn("joined")
    for kind in asyncio.Queue, asyncio.PriorityQueue, asyncio.LifoQueue:
        queue = kind()
        for item in 3, 1, 2:
            queue.put_nowait(item)
        say_turn([queue.get_nowait() for _ in range(3)])
    try:
        queue.task_done()
        for _ in range(3):
            queue.task_done()
    except ValueError as error:
        say_turn(f"{error}")


run_turns(main())
