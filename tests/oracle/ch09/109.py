"""From a socket that is readable to the task that reads its stream."""

import asyncio
import socket

from virtual_loop import millis, run_turns, say_turn


async def reader(stream):
    say_turn("read would block")
    data = await stream.read(6)
    say_turn(f"resumed with {data.decode()} {millis()}")
    data = await stream.readexactly(5)
    say_turn(f"what is in the buffer takes no turn: {data.decode()}")
    try:
        await stream.readexactly(3)
    except asyncio.IncompleteReadError as error:
        say_turn(f"incomplete: {error.partial.decode()}")


async def main():
    ours, theirs = socket.socketpair()
    stream, writer = await asyncio.open_connection(sock=ours)
    task = asyncio.create_task(reader(stream))
    await asyncio.sleep(1)
    theirs.send(b"hello,world")
    say_turn(f"sent {millis()}")
    await asyncio.sleep(1)
    theirs.send(b"!!")
    theirs.close()
    await task
    writer.close()


run_turns(main())
