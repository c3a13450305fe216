import inspect


def selfish():
    try:
        next(generator)
    except ValueError:
        print("refused: already running")
    yield 1


generator = selfish()
value = next(generator)
state = inspect.getgeneratorstate(generator).removeprefix("GEN_").capitalize()
print(f"{value}, and it is {state}")
