"""A callback that stops the loop; what it scheduled waits for the loop to run again."""

import asyncio

from virtual_loop import TurnLoop, millis, say_turn


def stop(task):
    say_turn(task.result())
    loop.stop()
    loop.call_soon(say_turn, "scheduled after stop: runs when the loop runs again")


loop = TurnLoop()
task = loop.create_task(asyncio.sleep(1, "Future is done!"))
task.add_done_callback(stop)
loop.run_forever()
say_turn(f"stopped {millis()} running {loop.is_running()}")
loop.run_until_complete(asyncio.sleep(0))
loop.close()
