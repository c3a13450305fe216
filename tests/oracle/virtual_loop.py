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


class TurnLoop(VirtualLoop):
    """Counts its turns, the first being 1, and numbers its tasks from 1."""

    loops = 0

    def __init__(self):
        super().__init__()
        if TurnLoop.loops:
            print()
        TurnLoop.loops += 1
        self.turn = 0
        self.unnamed = 0

    def _run_once(self):
        self.turn += 1
        super()._run_once()

    def create_task(self, coro, *, name=None, **others):
        if name is None:
            self.unnamed += 1
            name = f"Task-{self.unnamed}"
        return super().create_task(coro, name=name, **others)


def millis():
    """Milliseconds since the program started."""
    return round(Clock.now * 1000)


def say_turn(text):
    """A line with its time, its turn of the loop, and the task that said it.

    What the loop calls itself is a `callback`, what runs outside it is `main`, in no turn.
    Each loop after the first starts with an empty line.
    """
    try:
        turn, task = asyncio.get_running_loop().turn, asyncio.current_task()
        name = task.get_name() if task else "callback"
    except RuntimeError:
        turn, name = "-", "main"
    print(millis(), turn, name, text, sep="\t")


def run_turns(main):
    """`asyncio.run` on a `TurnLoop`: at the end it cancels what is left."""
    with asyncio.Runner(loop_factory=TurnLoop) as runner:
        return runner.run(main)
