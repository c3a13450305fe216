"""How many turns a stream's awaits take, and how many lie between a cause and its effect."""

import asyncio
import socket

from virtual_loop import run_turns, say_turn


def turn():
    return asyncio.get_running_loop().turn


async def takes(text, awaitable):
    start = turn()
    await awaitable
    say_turn(f"{text}: {turn() - start}")


async def follows(text, effect, cause, *arguments):
    """Turns from `cause`, in a callback, to the task that has awaited `effect`."""
    turns = {}

    def called():
        turns["cause"] = turn()
        cause(*arguments)

    async def waiter():
        await effect
        turns["effect"] = turn()

    task = asyncio.create_task(waiter(), name="waiter")
    for _ in range(5):
        await asyncio.sleep(0)
    asyncio.get_running_loop().call_soon(called)
    await task
    say_turn(f"{text}: {turns['effect'] - turns['cause']}")


async def main():
    stream = asyncio.StreamReader()
    stream.feed_data(b"one\ntwo\n")
    await takes("a line that is there", stream.readline())
    await takes("so many bytes that are there", stream.readexactly(4))
    await follows("read / the reader is fed", stream.read(1), stream.feed_data, b"x")
    ours, theirs = socket.socketpair()
    stream, writer = await asyncio.open_connection(sock=ours)
    await follows("read / the peer sends", stream.read(1), theirs.send, b"x")
    writer.write(b"x")
    await takes("drain below the mark", writer.drain())
    end = stream.read(1), theirs.shutdown, socket.SHUT_WR
    await follows("read / the peer ends", *end)
    writer.close()
    theirs.close()


run_turns(main())
