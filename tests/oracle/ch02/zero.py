import asyncio

from virtual_loop import run, say


async def polite(count):
    for number in range(1, count + 1):
        say(number)
        await asyncio.sleep(0)
    say("end")


async def main():
    tasks = [asyncio.create_task(polite(n), name=name) for name, n in [("a", 3), ("b", 1), ("c", 2)]]
    await asyncio.gather(*tasks)


run(main())
