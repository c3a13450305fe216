import asyncio

from virtual_loop import run, say, work


async def asleep(duration):
    await asyncio.sleep(duration / 2)
    await asyncio.sleep(duration / 2)


async def sleepy(count):
    for step in range(1, count + 1):
        say(f"step {step}")
        await asleep(0.1)


async def stubborn():
    for number in range(1, 11):
        work(0.1)
        say(f"round {number}")


async def main():
    tasks = [
        asyncio.create_task(sleepy(2), name="sleepy"),
        asyncio.create_task(stubborn(), name="stubborn"),
    ]
    await asyncio.gather(*tasks)


run(main())
