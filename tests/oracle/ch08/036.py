"""Twenty jobs, three workers; the queue is joined, the workers are cancelled."""

import asyncio

from virtual_loop import millis, run_turns, say_turn

JOBS = [220, 390, 900, 320, 970, 650, 160, 590, 730, 440, 901, 350, 960, 240, 870, 180, 420, 850, 750, 770]


async def worker(queue):
    while True:
        job = await queue.get()
        await asyncio.sleep(job / 1000)
        queue.task_done()
        say_turn(f"did {job}")


async def main():
    queue = asyncio.Queue()
    for job in JOBS:
        queue.put_nowait(job)
    workers = [asyncio.create_task(worker(queue), name=f"w{n}") for n in range(3)]
    await queue.join()
    say_turn(f"joined at {millis()} of {sum(JOBS)}")
    for task in workers:
        task.cancel()
    ends = await asyncio.gather(*workers, return_exceptions=True)
    say_turn(f"cancelled {sum(isinstance(end, asyncio.CancelledError) for end in ends)}")


run_turns(main())
