"""A task without an end, cancelled when the loop has stopped."""

import asyncio

from virtual_loop import TurnLoop, say_turn


async def forever():
    while True:
        say_turn("echo")
        await asyncio.sleep(1)


async def main():
    asyncio.create_task(forever())
    say_turn("Do some actions 1")
    for number in (2, 3):
        await asyncio.sleep(1)
        say_turn(f"Do some actions {number}")


async def end(task):
    await asyncio.wait([task])


loop = TurnLoop()
loop.run_until_complete(main())
for task in asyncio.all_tasks(loop):
    task.cancel()
    loop.run_until_complete(end(task))
    say_turn(f"cancelled {task.cancelled()}")
loop.close()
