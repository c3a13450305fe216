import inspect


def clinging():
    while True:
        try:
            yield "still here"
        except GeneratorExit:
            if leaving:
                raise


leaving = False
generator = clinging()
print(next(generator))
try:
    generator.close()
except RuntimeError:
    print("yielded instead of ending when it was closed")
print("and it is", inspect.getgeneratorstate(generator).removeprefix("GEN_").capitalize())
leaving = True
