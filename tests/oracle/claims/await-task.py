"""`await coroutine` beside `await create_task(coroutine)`: turns, and context."""

import asyncio
import contextvars

from virtual_loop import run_turns, say_turn

USER = contextvars.ContextVar("user", default="nobody")


async def log_in(name):
    USER.set(name)
    return name


async def main():
    say_turn(f"awaits a coroutine: {await log_in('Ada')}, and is {USER.get()}")
    USER.set("nobody")
    say_turn(f"awaits a task: {await asyncio.create_task(log_in('Ben'))}, and is {USER.get()}")


run_turns(main())
