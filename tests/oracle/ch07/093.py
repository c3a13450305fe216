"""A group is cancelled; then the group of groups."""

import asyncio

from virtual_loop import millis, run_turns, say_turn


async def job(tag):
    try:
        await asyncio.sleep(2)
    except asyncio.CancelledError:
        say_turn(f"cancelled {tag}")
        raise
    return tag


def named(tag):
    return asyncio.create_task(job(tag), name=tag)


def groups():
    tags = [[f"{n}.1", f"{n}.2"] for n in (1, 2)]
    return [asyncio.gather(*map(named, group)) for group in tags]


async def main():
    one, two = groups()
    both = asyncio.gather(one, two, return_exceptions=True)
    await asyncio.sleep(1)
    two.cancel()
    for result in await both:
        said = result if isinstance(result, list) else ["CancelledError"]
        say_turn(" ".join(said))
    say_turn(f"{millis()}")
    both = asyncio.gather(*groups())
    await asyncio.sleep(1)
    both.cancel()
    try:
        await both
    except asyncio.CancelledError:
        say_turn(f"all cancelled {millis()}")


run_turns(main())
