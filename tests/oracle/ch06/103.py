"""Whatever can be awaited, as a future."""

import asyncio

from virtual_loop import run_turns, say_turn


async def coroutine():
    return "coroutine"


class Awaitable:
    def __await__(self):
        yield
        return "awaitable"


async def main():
    task = asyncio.ensure_future(coroutine())
    say_turn(f"{type(task).__name__} {await task}")
    future = asyncio.get_running_loop().create_future()
    is_same = asyncio.ensure_future(future) is future
    say_turn(f"a future is returned as it is: {is_same}")
    task = asyncio.create_task(coroutine())
    is_same = asyncio.ensure_future(task) is task
    say_turn(f"a task too: {is_same} {await task}")
    wrapped = asyncio.ensure_future(Awaitable())
    is_task = isinstance(wrapped, asyncio.Task)
    say_turn(f"an awaitable is wrapped in a task: {is_task} {await wrapped}")


run_turns(main())
