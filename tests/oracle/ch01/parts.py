import asyncio


async def function(name):
    print("before", name)
    await asyncio.sleep(0)
    print("after", name)


async def main():
    await asyncio.gather(function("first"), function("second"))


asyncio.run(main())
