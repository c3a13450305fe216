"""How many turns an await takes, and how many lie between a cause and its effect."""

import asyncio
import contextlib
import socket

from virtual_loop import run_turns, say_turn


def turn():
    return asyncio.get_running_loop().turn


def new():
    return asyncio.get_running_loop().create_future()


async def nothing():
    pass


async def takes(text, awaitable):
    start = turn()
    await awaitable
    say_turn(f"{text}: {turn() - start}")


async def follows(text, effect, cause, *arguments):
    """Turns from `cause`, in a callback, to the task that has awaited `effect()`."""
    turns = {}

    def called():
        turns["cause"] = turn()
        cause(*arguments)

    async def waiter():
        with contextlib.suppress(ValueError, asyncio.CancelledError):
            await effect()
        turns["effect"] = turn()

    task = asyncio.create_task(waiter(), name="waiter")
    for _ in range(5):
        await asyncio.sleep(0)
    asyncio.get_running_loop().call_soon(called)
    await task
    say_turn(f"{text}: {turns['effect'] - turns['cause']}")


async def of_a_future(text, wrap, cause, *arguments):
    future = new()
    await follows(text, lambda: wrap(future), getattr(future, cause), *arguments)


async def chain(length, future):
    await (chain(length - 1, future) if length else future)


def cancel_waiter():
    for task in asyncio.all_tasks():
        if task.get_name() == "waiter":
            task.cancel()


async def main():
    loop = asyncio.get_running_loop()
    done = new()
    done.set_result(None)
    say_turn("-- iterations consumed by an await")
    await takes("await coroutine()", nothing())
    await takes("await done future", done)
    await takes("sleep(0)", asyncio.sleep(0))
    await takes("create_task(nothing())", asyncio.create_task(nothing()))
    say_turn("-- iterations from the cause to the resumption of the waiting task")
    plain = "await future / set_result", lambda future: future, "set_result", None
    await of_a_future(*plain)
    fails = "await future / set_exception (caught)", lambda future: future
    await of_a_future(*fails, "set_exception", ValueError())
    task = "await task that awaits the future", lambda it: asyncio.create_task(chain(0, it))
    await of_a_future(*task, "set_result", None)
    deep = "chain of 5 coroutines over a future", lambda future: chain(5, future)
    await of_a_future(*deep, "set_result", None)
    await follows("task.cancel() while it awaits a future", new, cancel_waiter)
    ours, theirs = socket.socketpair()
    ours.setblocking(False)
    with ours, theirs:
        receive = "sock_recv / peer sends (next select + 1)", lambda: loop.sock_recv(ours, 1)
        await follows(*receive, theirs.send, b"x")
    sleep = "sleep(1): one iteration for the timer, one for the task"
    await takes(sleep, asyncio.sleep(1))


run_turns(main())
