"""wait hands tasks back. Of nothing, it refuses."""

import asyncio

from virtual_loop import run_turns, say_turn


async def work():
    return "done"


async def main():
    task = asyncio.create_task(work())
    done, pending = await asyncio.wait({task})
    say_turn(f"{len(done)} done, {len(pending)} pending, work: {task in done}")


run_turns(main())
