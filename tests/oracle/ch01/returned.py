def returns():
    yield 1
    return "abc"


generator = returns()
while True:
    try:
        print("yielded", next(generator))
    except StopIteration as end:
        print("returned", end.value)
        break
