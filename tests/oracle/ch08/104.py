"""A message passes two mailboxes. Which acknowledgement says that it has arrived?"""

import asyncio

from virtual_loop import run_turns, say_turn


async def last(box, out):
    while True:
        what = await box.get()
        if isinstance(what, asyncio.Future):
            what.set_result(None)
        else:
            await asyncio.sleep(0)
            out.append(what)


async def first(box, then, through):
    while True:
        what = await box.get()
        if isinstance(what, asyncio.Future) and not through:
            what.set_result(None)
        else:
            then.put_nowait(what)


async def talk(hops):
    out = ["begin"]
    near, far = asyncio.Queue(), asyncio.Queue()
    tasks = [
        asyncio.create_task(last(far, out), name="last"),
        asyncio.create_task(first(near, far, hops == 2), name="first"),
    ]
    for n in range(1, 6):
        near.put_nowait(str(n))
    if hops:
        answer = asyncio.get_running_loop().create_future()
        near.put_nowait(answer)
        await answer
    out.append("end")
    say_turn(f"acknowledged after {hops} hops: {' '.join(out)}")
    for task in tasks:
        task.cancel()


async def main():
    for hops in range(3):
        await talk(hops)


run_turns(main())
