import asyncio

from virtual_loop import run, say


async def asleep(duration):
    await asyncio.sleep(duration / 2)
    await asyncio.sleep(duration / 2)


async def sleepy(count):
    for step in range(1, count + 1):
        say(f"step {step}")
        await asleep(0.1)
    return count


async def failing():
    await asyncio.sleep(0.05)
    raise ValueError("boom")


async def main():
    tasks = [
        asyncio.create_task(sleepy(1), name="good-1"),
        asyncio.create_task(failing(), name="bad"),
        asyncio.create_task(sleepy(2), name="good-2"),
    ]
    for result in await asyncio.gather(*tasks, return_exceptions=True):
        is_error = isinstance(result, Exception)
        say(f"failed: {result}" if is_error else f"returned {result}")


run(main())
