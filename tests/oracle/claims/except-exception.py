"""Does `except Exception` catch a cancellation?"""

import asyncio

from virtual_loop import run, say


async def careless():
    try:
        await asyncio.sleep(10)
    except Exception as error:
        say(f"caught {error!r}")


async def main():
    task = asyncio.create_task(careless(), name="careless")
    await asyncio.sleep(1)
    task.cancel()
    await asyncio.wait([task])
    say(f"cancelled: {task.cancelled()}")


run(main())
