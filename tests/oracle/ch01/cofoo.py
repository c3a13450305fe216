def subfoo(bar):
    qux = 3
    return qux * bar


def cofoo(bar):
    received = yield bar
    return received


def tell(generator, value):
    try:
        print("yields", generator.send(value))
    except StopIteration as end:
        print("returns", end.value)


print("subfoo", subfoo(2), subfoo(2))
one, two = cofoo(10), cofoo(20)
tell(one, None)
tell(two, None)
tell(two, "second")
tell(one, "first")
