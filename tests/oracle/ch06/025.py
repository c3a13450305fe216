"""A future's three states. Its callbacks run in the next turn, never at once."""

import asyncio

from virtual_loop import run_turns, say_turn


def new():
    return asyncio.get_running_loop().create_future()


async def is_set():
    future = new()
    say_turn(f"{future._state} {future.done()} {future.cancelled()}")
    future.add_done_callback(lambda future: say_turn(f"callback: done {future.done()}"))
    future.set_result("value")
    now = f"{future._state} {future.done()} {future.result()}"
    say_turn(f"{now} -- the callback has not run yet")
    await asyncio.sleep(0)
    say_turn("--")
    try:
        future.set_result("again")
    except asyncio.InvalidStateError as error:
        say_turn(type(error).__name__)
    future.add_done_callback(lambda _: say_turn("late callback"))
    say_turn("added to a done future: still not called synchronously")
    await asyncio.sleep(0)


async def is_cancelled():
    future = new()
    asked = future.cancel()
    say_turn(f"cancel {asked} {future._state} {future.cancelled()} {future.done()}")
    try:
        await future
    except asyncio.CancelledError:
        say_turn("awaiting a cancelled future raises CancelledError")


async def has_failed():
    future = new()
    future.set_exception(ValueError("boom"))
    say_turn(f"{future._state} {future.exception()!r}")
    try:
        await future
    except ValueError as error:
        say_turn(f"ValueError {error}")


async def main():
    await is_set()
    await is_cancelled()
    await has_failed()


run_turns(main())
