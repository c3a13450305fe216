def one_two():
    yield 1
    yield 2


generator = one_two()
ended = False
while True:
    try:
        print(next(generator))
    except StopIteration:
        print("nothing left to resume" if ended else "at its end")
        if ended:
            break
        ended = True
