def inner():
    try:
        while True:
            yield "waiting"
    except ValueError as error:
        print("inner caught", error)
        return str(error)
    except GeneratorExit:
        print("inner cleans up")
        raise


def outer():
    try:
        given = yield from inner()
        print("inner gave", given)
    except BaseException:
        print("outer cleans up")
        raise


generator = outer()
print(next(generator))
try:
    generator.throw(ValueError("boom"))
except StopIteration:
    print("outer at its end")

generator = outer()
print(next(generator))
generator.close()
print("closed: true")
