"""The last is done first. In which order are the results?"""

import asyncio

from virtual_loop import run, say


async def job(seconds):
    await asyncio.sleep(seconds)
    say(f"done after {seconds} s")
    return seconds


async def main():
    tasks = [asyncio.create_task(job(n), name=f"job-{n}") for n in (3, 2, 1)]
    say(await asyncio.gather(*tasks))


run(main())
