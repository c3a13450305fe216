import asyncio

from virtual_loop import run, say

inbox = []


async def poller():
    while not inbox:
        say("nothing there")
        await asyncio.sleep(0.01)
    say(f"got {inbox.pop()}")


async def sender():
    await asyncio.sleep(0.035)
    inbox.append("hello")
    say("sent hello")


async def main():
    tasks = [
        asyncio.create_task(poller(), name="poller"),
        asyncio.create_task(sender(), name="sender"),
    ]
    await asyncio.gather(*tasks)


run(main())
