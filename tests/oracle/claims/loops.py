"""Two threads of one process, and a loop in each."""

import asyncio
import threading

from virtual_loop import run, say

LOOPS = []


async def main():
    LOOPS.append(asyncio.get_running_loop())
    await asyncio.sleep(1)
    say(f"in {threading.current_thread().name}")


for name in ("thread-1", "thread-2"):
    thread = threading.Thread(target=lambda: run(main()), name=name)
    thread.start()
    thread.join()
print("the same loop:", LOOPS[0] is LOOPS[1])
