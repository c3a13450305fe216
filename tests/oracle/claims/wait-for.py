"""A limit of one second, and a task whose clean-up takes three."""

import asyncio

from virtual_loop import run, say


async def job():
    try:
        await asyncio.sleep(10)
    finally:
        say("cleans up")
        await asyncio.sleep(3)


async def main():
    task = asyncio.create_task(job(), name="job")
    try:
        await asyncio.wait_for(task, 1)
    except asyncio.TimeoutError:
        say("timeout")


run(main())
