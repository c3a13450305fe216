"""An echo over asyncio's streams: a server, and one client."""

import asyncio

from virtual_loop import run_turns, say_turn


async def connection(reader, writer):
    asyncio.current_task().set_name("connection-1")
    data = await reader.read(100)
    say_turn(f"received {data.decode()}")
    writer.write(data)
    await writer.drain()
    say_turn("closes")
    writer.close()


async def client(port):
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    say_turn("sends hello")
    writer.write(b"hello")
    await writer.drain()
    data = await reader.read(100)
    say_turn(f"received {data.decode()}")
    rest = await reader.read(100)
    say_turn(f"then {len(rest)} bytes: the end")
    writer.close()
    await writer.wait_closed()


async def main():
    server = await asyncio.start_server(connection, "127.0.0.1", 0)
    await client(server.sockets[0].getsockname()[1])
    server.close()
    await server.wait_closed()
    say_turn("the server is closed")


run_turns(main())
