"""A task that is left over: destroyed with its loop, or cancelled by `asyncio.run`."""

import asyncio
import gc

from virtual_loop import TurnLoop, millis, run_turns, say_turn

# Said when all is over: a task may be destroyed at any time.
destroyed = []


async def unwatched():
    say_turn("async_foo started")
    try:
        await asyncio.sleep(1)
    except GeneratorExit as exit:
        destroyed.append(f"async_foo destroyed: {type(exit).__name__} thrown into it")
        raise
    except asyncio.CancelledError:
        say_turn(f"async_foo cancelled {millis()}")
        raise


async def main():
    asyncio.create_task(unwatched())
    say_turn("Do some actions 1")
    await asyncio.sleep(0.1)
    say_turn("Do some actions 2")


def handler(loop, context):
    destroyed.append(f"HANDLER {context['message']}")


loop = TurnLoop()
loop.set_exception_handler(handler)
loop.run_until_complete(main())
loop.close()
gc.collect()
for line in sorted(destroyed):
    say_turn(line)
say_turn("-- asyncio.run")
run_turns(main())
