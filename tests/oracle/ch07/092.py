"""Groups in a group."""

import asyncio

from virtual_loop import millis, run_turns, say_turn

GROUPS = [[2.1, 1.3, 2.9], [1.1, 2.6], [1.7, 1.9]]


async def job(tag, seconds):
    say_turn(f"> {tag}")
    await asyncio.sleep(seconds)
    say_turn(f"< {tag}")
    return tag


def group(number, all_seconds):
    jobs = [job(f"{number}.{n}", it) for n, it in enumerate(all_seconds, 1)]
    return asyncio.gather(*jobs)


async def main():
    groups = [group(number, all_seconds) for number, all_seconds in enumerate(GROUPS, 1)]
    for results in await asyncio.gather(*groups):
        say_turn(" ".join(results))
    say_turn(f"{millis()}")


run_turns(main())
