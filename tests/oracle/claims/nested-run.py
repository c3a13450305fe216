"""A loop inside of a loop."""

import asyncio

from virtual_loop import run, say


async def inner():
    return 1


async def main():
    coroutine = inner()
    try:
        asyncio.run(coroutine)
    except RuntimeError as error:
        say(error)
    coroutine.close()


run(main())
