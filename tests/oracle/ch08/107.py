"""To ask a queue again and again, and to wait for it."""

import asyncio

from virtual_loop import millis, run_turns, say_turn


async def remover(queue):
    await asyncio.sleep(1)
    queue.get_nowait()


async def server(questions, answers):
    await answers.put(1 + await questions.get())


async def main():
    queue = asyncio.Queue()
    queue.put_nowait(0)
    task = asyncio.create_task(remover(queue), name="remover")
    while not queue.empty():
        await asyncio.sleep(0.3)
        say_turn(f"asks: {queue.qsize()}")
    await task
    questions, answers = asyncio.Queue(), asyncio.Queue()
    task = asyncio.create_task(server(questions, answers), name="server")
    start = millis()
    await questions.put(0)
    say_turn(f"answer {await answers.get()} after {millis() - start}")
    await task


run_turns(main())
