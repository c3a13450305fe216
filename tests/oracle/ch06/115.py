"""The order in one turn: what was ready, then descriptors, then timers."""

import asyncio
import socket

from virtual_loop import run_turns, say_turn


async def main():
    loop = asyncio.get_running_loop()
    ours, theirs = socket.socketpair()
    theirs.send(b"x")

    def once(name, remove):
        say_turn(name)
        remove(ours)

    with ours, theirs:
        loop.call_later(0, say_turn, "timer registered first")
        loop.add_writer(ours, once, "writer", loop.remove_writer)
        loop.add_reader(ours, once, "reader", loop.remove_reader)
        loop.call_soon(say_turn, "soon registered last")
        say_turn("-- iteration")
        await asyncio.sleep(0)
        say_turn("main")
        await asyncio.sleep(0)
        say_turn("-- next iteration")


run_turns(main())
