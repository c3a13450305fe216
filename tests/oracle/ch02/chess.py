import asyncio

from virtual_loop import run, say, work


async def game():
    for _ in range(30):
        work(5)
        await asyncio.sleep(55)
    say("over")


async def main():
    await asyncio.gather(*(asyncio.create_task(game(), name=f"game-{n}") for n in range(1, 25)))
    say("all games over")


run(main())
