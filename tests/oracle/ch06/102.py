"""A coroutine that is awaited shares its caller's turn and context; a task has its own."""

import asyncio
import contextvars

from virtual_loop import run_turns, say_turn

variable = contextvars.ContextVar("variable")


async def nothing():
    pass


async def count(end):
    variable.set("set inside")
    return end


async def compare(how, start):
    variable.set("unset")
    other = asyncio.create_task(nothing())
    value = await start(count(10))
    others = f"other tasks let in: {other.done()}"
    say_turn(f"{how} -> {value} | {others} | context leaked: {variable.get()}")
    await asyncio.sleep(0)


async def main():
    await compare("await count(10)", lambda coroutine: coroutine)
    await compare("await create_task(count(10))", asyncio.create_task)


run_turns(main())
