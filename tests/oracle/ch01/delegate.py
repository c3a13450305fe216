def inner():
    received = yield 2
    print("inner received", received)
    return 3


def outer():
    yield 1
    given = yield from inner()
    print("inner gave", given)
    yield 4


generator = outer()
print(next(generator))
print(next(generator))
print(generator.send("abc"))
