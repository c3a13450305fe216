"""A thousand calls: all at once, and a hundred at a time."""

import asyncio

from virtual_loop import millis, run_turns, say_turn


class Meter:
    now = peak = total = 0


async def call(meter):
    meter.now += 1
    meter.total += 1
    meter.peak = max(meter.peak, meter.now)
    await asyncio.sleep(1)
    meter.now -= 1


async def main():
    meter, start = Meter(), millis()
    await asyncio.gather(*(call(meter) for _ in range(1000)))
    say_turn(f"unbounded: {meter.total}, peak {meter.peak}, {millis() - start} ms")
    meter, start, places = Meter(), millis(), asyncio.Semaphore(100)

    async def bounded():
        async with places:
            await call(meter)

    await asyncio.gather(*(bounded() for _ in range(1000)))
    say_turn(f"bounded: {meter.total}, peak {meter.peak}, {millis() - start} ms")


run_turns(main())
