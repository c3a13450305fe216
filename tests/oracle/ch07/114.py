"""How many turns a combinator takes, and how many lie between a cause and its effect."""

import asyncio

from virtual_loop import run_turns, say_turn


def turn():
    return asyncio.get_running_loop().turn


async def nothing():
    pass


def task():
    return asyncio.create_task(nothing())


async def takes(text, start):
    begin = turn()
    await start()
    say_turn(f"{text}: {turn() - begin}")


async def group(*coroutines):
    async with asyncio.TaskGroup() as tasks:
        for coroutine in coroutines:
            tasks.create_task(coroutine)


async def limited():
    async with asyncio.timeout(5):
        await nothing()


async def completed():
    for result in asyncio.as_completed([task()]):
        await result


async def done_task():
    done = task()
    await done
    return done


async def follows(text, effect):
    """Turns from the end of a task, which a callback causes, to the one who waits."""
    gate, turns = asyncio.get_running_loop().create_future(), {}

    def open_gate():
        turns["cause"] = turn()
        gate.set_result(None)

    async def waiter():
        async def through():
            await gate

        await effect(through)
        turns["effect"] = turn()

    waits = asyncio.create_task(waiter(), name="waiter")
    for _ in range(8):
        await asyncio.sleep(0)
    asyncio.get_running_loop().call_soon(open_gate)
    await waits
    say_turn(f"{text}: {turns['effect'] - turns['cause']}")


def spawned(wrap):
    return lambda through: wrap(asyncio.create_task(through()))


async def two_levels(task):
    async def inner():
        await asyncio.gather(task)

    await asyncio.gather(inner())


async def main():
    say_turn("-- turns that it takes")
    await takes("gather of none", asyncio.gather)
    await takes("gather of one", lambda: asyncio.gather(nothing()))
    await takes("gather of three", lambda: asyncio.gather(*(nothing() for _ in "abc")))
    await takes("wait", lambda: asyncio.wait([task()]))
    await takes("wait_for", lambda: asyncio.wait_for(nothing(), 5))
    await takes("timeout", limited)
    done = await done_task()
    await takes("shield of a task that has ended", lambda: asyncio.shield(done))
    await takes("as_completed of one", completed)
    await takes("group of none", group)
    await takes("group of one", lambda: group(nothing()))
    say_turn("-- turns from what a task waits for to who waits for the task")
    await follows("gather", spawned(asyncio.gather))
    await follows("wait", spawned(lambda it: asyncio.wait([it])))
    await follows("wait_for", lambda through: asyncio.wait_for(through(), 5))
    await follows("group", lambda through: group(through()))
    await follows("gather of a task that gathers", spawned(two_levels))


run_turns(main())
