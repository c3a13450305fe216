"""Nobody keeps a task, and nobody keeps what it waits for."""

import asyncio
import gc

from virtual_loop import run, say


async def forgotten():
    say("waits")
    await asyncio.get_running_loop().create_future()


async def main():
    loop = asyncio.get_running_loop()
    loop.set_exception_handler(lambda _, context: say(context["message"]))
    asyncio.create_task(forgotten(), name="forgotten")
    await asyncio.sleep(1)
    say(f"tasks: {len(asyncio.all_tasks())}")
    gc.collect()
    say(f"tasks: {len(asyncio.all_tasks())}")


run(main())
