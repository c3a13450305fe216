import asyncio

from virtual_loop import run, say


async def asleep(duration):
    await asyncio.sleep(duration / 2)
    await asyncio.sleep(duration / 2)


async def sleepy(count):
    for step in range(1, count + 1):
        say(f"step {step}")
        await asleep(0.1)


async def main():
    tasks = [asyncio.create_task(sleepy(5), name=f"sleepy-{n}") for n in range(1, 6)]
    say(f"{len(await asyncio.gather(*tasks))} ended")


run(main())
