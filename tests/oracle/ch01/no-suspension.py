async def inner():
    return 1


async def outer():
    return await inner()


try:
    outer().send(None)
    print("outer suspended")
except StopIteration as end:
    print("outer returned", end.value, "without a suspension")
