"""Three that try until they have a number above their threshold."""

import asyncio

from virtual_loop import millis, run_turns, say_turn

NUMBERS = [[4, 4, 1, 10], [7, 3, 9], [4, 8]]


async def draw(index, threshold):
    say_turn(f"draw {index}")
    for number in NUMBERS[index]:
        if number > threshold:
            say_turn(f"draw {index}: {number}")
            return number
        say_turn(f"draw {index}: {number} is too low")
        await asyncio.sleep(index + 1)


async def main():
    return await asyncio.gather(*(draw(index, 9 - index) for index in range(3)))


numbers = run_turns(main())
say_turn(f"{numbers[0]} {numbers[1]} {numbers[2]} {millis()}")
