"""Two producers, four consumers, each with a rhythm of its own."""

import asyncio

from virtual_loop import millis, run_turns, say_turn

PRODUCE = [3, 1, 5.5], [2, 7.2]
CONSUME = 4.1, 6, 9, 11


async def produce(queue, rhythm):
    for pause in rhythm:
        say_turn(f"sleeps {round(pause * 1000)}")
        await asyncio.sleep(pause)
        await queue.put(millis())
        say_turn("has put one")


async def consume(queue, pause):
    while True:
        await asyncio.sleep(pause)
        put = await queue.get()
        say_turn(f"gets what was put {millis() - put} ms before")
        queue.task_done()


async def main():
    queue = asyncio.Queue()
    producers = [asyncio.create_task(produce(queue, it), name=f"p{n}") for n, it in enumerate(PRODUCE)]
    consumers = [asyncio.create_task(consume(queue, it), name=f"c{n}") for n, it in enumerate(CONSUME)]
    await asyncio.gather(*producers)
    say_turn("all is put")
    await queue.join()
    say_turn("all is done")
    for task in consumers:
        task.cancel()


run_turns(main())
