"""Output and exit code come at times of their own: to look is not to wait."""

import asyncio

from virtual_loop import run_turns, say_turn


async def set_later(future, seconds, value):
    await asyncio.sleep(seconds)
    future.set_result(value)


async def main(seconds):
    loop = asyncio.get_running_loop()
    output, code = loop.create_future(), loop.create_future()
    tasks = [
        asyncio.create_task(set_later(output, 1, "hello"), name="output"),
        asyncio.create_task(set_later(code, seconds, 0), name="code"),
    ]
    say_turn(f"output {await output}")
    say_turn(f"looks: {code.result() if code.done() else 'not yet'}")
    say_turn(f"waits: {await code}")
    await asyncio.gather(*tasks)


run_turns(main(0.5))
run_turns(main(1.5))
