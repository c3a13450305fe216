"""A shielded task: a timeout for the one who awaits, then a cancel for the task."""

import asyncio

from virtual_loop import run, say


async def job():
    try:
        await asyncio.sleep(10)
    except asyncio.CancelledError:
        say("is cancelled")
        raise


async def main():
    task = asyncio.create_task(job(), name="job")
    try:
        await asyncio.wait_for(asyncio.shield(task), 1)
    except asyncio.TimeoutError:
        say(f"has waited long enough; the job is done: {task.done()}")
    task.cancel()
    await asyncio.wait([task])
    say(f"the job was cancelled: {task.cancelled()}")


run(main())
