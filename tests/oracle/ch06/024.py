"""What a task can be asked: while it runs, when it has returned, failed, been cancelled."""

import asyncio

from virtual_loop import run_turns, say_turn


async def good():
    return await asyncio.sleep(1, 42)


async def bad():
    await asyncio.sleep(1)
    raise KeyError("k")


def ask(task):
    for method in (task.result, task.exception):
        try:
            method()
        except (asyncio.InvalidStateError, asyncio.CancelledError) as error:
            say_turn(f"{method.__name__} raises {type(error).__name__}")


def renamed(task):
    say_turn(f"cb1 {task.get_name()} {task.done()}")


def removed(task):
    say_turn("cb2")


async def returns():
    task = asyncio.create_task(good(), name="first")
    say_turn(f"{task.get_name()} {task.done()} {task.cancelled()}")
    ask(task)
    task.set_name("renamed")
    for callback in (renamed, removed, renamed):
        task.add_done_callback(callback)
    counts = [task.remove_done_callback(removed) for _ in range(2)]
    say_turn(f"removed {counts[0]} {counts[1]}")
    value = await task
    say_turn(f"after await {task.done()} {value} {task.exception()}")


async def fails():
    task = asyncio.create_task(bad())
    try:
        await task
    except KeyError as error:
        say_turn(f"KeyError {error} {task.exception()!r}")


async def is_cancelled():
    task = asyncio.create_task(good())
    await asyncio.sleep(0)
    asked = task.cancel("why")
    say_turn(f"cancel -> {asked} cancelled(): {task.cancelled()} done(): {task.done()}")
    try:
        await task
    except asyncio.CancelledError as error:
        say_turn(f"CancelledError {error.args} {task.cancelled()} {task.done()}")
    say_turn(f"cancel again -> {task.cancel()}")
    ask(task)


async def main():
    await returns()
    await asyncio.sleep(0)
    await fails()
    await is_cancelled()


run_turns(main())
