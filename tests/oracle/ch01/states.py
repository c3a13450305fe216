import inspect


def body():
    print("inside:", state(generator))
    try:
        sent = yield 1
        print("sent", sent)
        yield 2
    except ValueError as error:
        print("caught", error)
        yield 3
    finally:
        print("clean-up")


def state(of):
    return inspect.getgeneratorstate(of).removeprefix("GEN_")


def tell(resume):
    try:
        print(f"{resume()}, {state(generator)}")
    except StopIteration:
        # Python says that a body ended and that it had ended before in the same words.
        what = "nothing left to resume" if closed else "at its end"
        print(f"{what}, {state(generator)}")
    except TypeError:
        print(f"can't receive a value before its first yield, {state(generator)}")
    except ValueError as error:
        print(f"{error}, {state(generator)}")


closed = False
generator = body()
print(state(generator))
tell(lambda: next(generator))
tell(lambda: generator.send("v"))
generator.close()
generator.close()
print("closed twice: true")
closed = True
tell(lambda: next(generator))

closed = False
generator = body()
tell(lambda: next(generator))
tell(lambda: generator.throw(ValueError("boom")))
tell(lambda: next(generator))

generator = body()
tell(lambda: generator.send("x"))
tell(lambda: generator.throw(ValueError("boom")))
