"""One of three fails. What do the other two do?"""

import asyncio

from virtual_loop import run, say


async def job(seconds, fails=False):
    await asyncio.sleep(seconds)
    if fails:
        raise ValueError("boom")
    say("done")


async def main():
    jobs = [job(1), job(2, fails=True), job(3)]
    tasks = [asyncio.create_task(it, name=f"job-{n}") for n, it in enumerate(jobs, 1)]
    try:
        await asyncio.gather(*tasks)
    except ValueError as error:
        say(f"gather: {error}")
    await asyncio.sleep(2)
    say("ends")


run(main())
