"""An await of what never suspends gives nobody else a turn."""

from virtual_loop import millis, run_turns, say_turn, work


async def busy():
    work(0.4)


async def main():
    end = millis() + 3000
    while millis() <= end:
        say_turn("Blocking...")
        await busy()
    say_turn("Done.")


run_turns(main())
say_turn(f"tick {millis()}")
