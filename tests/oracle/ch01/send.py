import inspect


def listener():
    sent = yield 1
    print(sent)
    yield 2
    yield 3


def tell(resume):
    try:
        print(resume())
    except StopIteration:
        print("nothing left to resume, and it is", state())
    except Exception as error:
        print(f"{error}, and it is", state())


def state():
    return inspect.getgeneratorstate(it).removeprefix("GEN_").capitalize()


it = listener()
tell(lambda: next(it))
tell(lambda: it.send("abc"))
tell(lambda: it.throw(ValueError("boom")))
tell(lambda: next(it))
