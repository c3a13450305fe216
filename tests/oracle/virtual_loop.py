"""CPython's own event loop on a virtual clock: where it would wait, time jumps.

Only the clock and the wait are replaced. Which task runs when is decided by asyncio.
"""

import asyncio
import selectors


class Clock:
    """Seconds since the program started."""

    now = 0.0


class JumpingSelector(selectors.SelectSelector):
    """Reports what is ready; with nothing ready, the time asked for has passed."""

    def select(self, timeout=None):
        ready = super().select(0)
        if not ready and timeout:
            Clock.now += timeout
        return ready


class VirtualLoop(asyncio.SelectorEventLoop):
    def __init__(self):
        super().__init__(JumpingSelector())

    def time(self):
        return Clock.now


def work(seconds):
    """A computation, a blocking call: time passes and nothing else runs."""
    Clock.now += seconds


def say(text):
    """A line with its time in milliseconds and the task that said it."""
    print(round(Clock.now * 1000), asyncio.current_task().get_name(), text)


def run(main):
    """Runs the coroutine `main` as the task "main" on a new loop."""
    loop = VirtualLoop()
    loop.run_until_complete(loop.create_task(main, name="main"))
    loop.close()
