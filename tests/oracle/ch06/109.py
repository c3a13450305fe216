"""From a socket that is readable to the task that waits for what it says."""

import asyncio
import socket

from virtual_loop import millis, run_turns, say_turn


async def receive(sock, count):
    """Like `loop.sock_recv` of what isn't there yet, with its steps said."""
    loop = asyncio.get_running_loop()
    future = loop.create_future()

    def readable():
        say_turn(f"select said readable; future done: {future.done()}")
        future.set_result(sock.recv(count))
        say_turn(f"set_result called; future done: {future.done()}")

    loop.add_reader(sock, readable)
    future.add_done_callback(lambda _: loop.remove_reader(sock))
    return await future


async def reader(sock):
    say_turn("recv would block: awaiting a new future")
    data = await receive(sock, 6)
    say_turn(f"coroutine resumed with {data} {millis()}")
    data = await asyncio.get_running_loop().sock_recv(sock, 100)
    say_turn(f"second recv: data is there, no suspension: {data}")


async def main():
    ours, theirs = socket.socketpair()
    ours.setblocking(False)
    with ours, theirs:
        task = asyncio.create_task(reader(ours))
        await asyncio.sleep(1)
        theirs.send(b"hello world!")
        say_turn(f"sent {millis()}")
        await task


run_turns(main())
