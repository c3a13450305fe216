"""The first result, more of them in two seconds, then all others."""

import asyncio

from virtual_loop import millis, run_turns, say_turn

TAKES = (3.1, 0.7, 4.4, 1.9, 2.2, 4.9, 1.2, 3.6, 2.5, 4.0)


async def job(number, seconds):
    say_turn(f"> {number}")
    await asyncio.sleep(seconds)
    say_turn(f"< {number}")
    return number


async def phase(text, tasks, **options):
    say_turn(text)
    done, pending = await asyncio.wait(tasks, **options)
    results = " ".join(map(str, sorted(task.result() for task in done)))
    say_turn(f"{results}; {len(pending)} go on {millis()}")
    return pending


async def main():
    tasks = [asyncio.create_task(job(*it)) for it in enumerate(TAKES, 1)]
    rest = await phase("the first", tasks, return_when=asyncio.FIRST_COMPLETED)
    rest = await phase("more in two seconds", rest, timeout=2)
    await phase("all others", rest)


run_turns(main())
