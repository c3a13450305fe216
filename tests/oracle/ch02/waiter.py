import asyncio

from virtual_loop import run, say


async def guest(minutes):
    say("reads the menu")
    await asyncio.sleep(60 * minutes)
    say("orders")


async def main():
    guests = [("Ada", 5), ("Ben", 10), ("Cyd", 1)]
    await asyncio.gather(*(asyncio.create_task(guest(n), name=name) for name, n in guests))
    say("every order taken")


run(main())
