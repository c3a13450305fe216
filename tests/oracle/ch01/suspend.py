import asyncio


async def client(name, inbox):
    print("got", await inbox.get())


async def main():
    inboxes = [asyncio.Queue(), asyncio.Queue()]
    clients = [asyncio.create_task(client(f"client-{n}", q)) for n, q in enumerate(inboxes, 1)]
    await asyncio.sleep(0)
    for n, inbox in enumerate(inboxes, 1):
        inbox.put_nowait(f"message {n}")
    print("both messages sent")
    await asyncio.gather(*clients)


asyncio.run(main())
