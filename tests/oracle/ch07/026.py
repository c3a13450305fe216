"""What gather does with errors, with a cancel of itself, and of one of its children."""

import asyncio

from virtual_loop import millis, run_turns, say_turn


async def job(name, seconds, error=None):
    try:
        await asyncio.sleep(seconds)
    except asyncio.CancelledError:
        say_turn(f"{name} cancelled {millis()}")
        raise
    say_turn(f"{name} ends {millis()}")
    if error:
        raise error
    return name


def said(result):
    if isinstance(result, asyncio.CancelledError):
        return "CancelledError"
    return f"ValueError {result}" if isinstance(result, ValueError) else result


async def errors():
    say_turn("-- results in argument order")
    say_turn(" ".join(await asyncio.gather(job("a", 2), job("b", 1))))
    say_turn("-- first error at once, the others go on")
    try:
        await asyncio.gather(job("c", 1, ValueError("c")), job("d", 2))
    except ValueError as error:
        say_turn(f"ValueError {error} {millis()}")
    await asyncio.sleep(3)
    say_turn("-- errors returned")
    both = job("e", 1, ValueError("e")), job("f", 2)
    results = await asyncio.gather(*both, return_exceptions=True)
    say_turn(", ".join(map(said, results)))


async def cancels():
    say_turn("-- gather cancelled, children cancelled")
    group = asyncio.gather(job("g", 1), job("h", 2))
    await asyncio.sleep(0.5)
    say_turn(f"cancel {group.cancel()}")
    try:
        await group
    except asyncio.CancelledError:
        say_turn(f"gather cancelled {millis()}")
    say_turn("-- a child cancelled")
    one, two = [asyncio.create_task(job(name, 1)) for name in "ij"]
    group = asyncio.gather(one, two)
    await asyncio.sleep(0.5)
    one.cancel()
    try:
        await group
    except asyncio.CancelledError:
        say_turn(f"propagated {millis()}; the other is done: {two.done()}")
    await asyncio.sleep(1)
    one = asyncio.create_task(job("k", 1))
    group = asyncio.gather(one, job("l", 1), return_exceptions=True)
    await asyncio.sleep(0.5)
    one.cancel()
    say_turn(", ".join(map(said, await group)))
    say_turn(f"of none: {len(await asyncio.gather())}")


async def main():
    await errors()
    await cancels()


run_turns(main())
