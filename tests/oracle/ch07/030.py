"""Until when wait waits. It cancels nobody."""

import asyncio

from virtual_loop import millis, run_turns, say_turn


async def job(seconds, error=None):
    await asyncio.sleep(seconds)
    if error:
        raise error


def jobs():
    two = job(2, ValueError())
    named = ("one", job(1)), ("two", two), ("three", job(3))
    return [asyncio.create_task(coroutine, name=name) for name, coroutine in named]


def names(tasks):
    return " ".join(sorted(task.get_name() for task in tasks)) or "nobody"


async def main():
    for text, options in (
        ("first completed", {"return_when": asyncio.FIRST_COMPLETED}),
        ("first error", {"return_when": asyncio.FIRST_EXCEPTION}),
        ("all completed", {}),
        ("1500 ms", {"timeout": 1.5}),
    ):
        start = millis()
        done, pending = await asyncio.wait(jobs(), **options)
        took = millis() - start
        say_turn(f"{text}: {took}, done: {names(done)}, pending: {names(pending)}")
        if pending:
            await asyncio.wait(pending)
        for task in done | pending:
            task.exception()


run_turns(main())
