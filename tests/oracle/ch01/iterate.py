import itertools


def one_two():
    yield 1
    yield 2


generator = one_two()
for value in itertools.islice(generator, 1):
    print("first", value)
for value in generator:
    print(f"then {value}: the second loop went on where the first had stopped")
