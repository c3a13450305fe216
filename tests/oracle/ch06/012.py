"""A yield suspends, a return doesn't, and an await does what its awaitable does."""

import asyncio

from virtual_loop import run_turns, say_turn


def numbers():
    yield from range(5)
    return 5


def by_hand():
    def driver():
        result = yield from numbers()
        say_turn(f"returned {result}")

    for number in driver():
        say_turn(f"yielded {number}")


async def two():
    return 2


class Pause:
    def __await__(self):
        yield


async def other():
    say_turn("other runs")


async def main():
    task = asyncio.create_task(other())
    say_turn("before await of a plain coroutine")
    await two()
    say_turn("after it: other has not run")
    await Pause()
    say_turn("after YieldToLoop: other has run")
    await task


by_hand()
try:
    two().send(None)
except StopIteration as end:
    say_turn(f"unyielding: finished by the first send, {end.value}")
run_turns(main())
