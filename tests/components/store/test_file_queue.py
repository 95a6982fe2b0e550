"""Files are made a few at a time, in the order in which they were asked for, and whoever waits knows their place."""

import threading

from components.store.file_queue import FileQueue

PATIENCE = 10


def test_one_is_made_at_a_time_in_order_and_each_is_told_its_place() -> None:
    queue, made, told, busy = FileQueue(), [], {}, threading.Lock()
    gates = [threading.Event() for _ in range(4)]

    def make(number: int) -> None:
        with queue.turn(told.setdefault(number, []).append):
            assert busy.acquire(blocking=False)
            assert gates[number].wait(PATIENCE)
            made.append(number)
            busy.release()

    threads = [threading.Thread(target=make, args=(number,)) for number in range(4)]
    for number, thread in enumerate(threads):
        thread.start()
        while queue.ahead() <= number:  # until it stands in the line
            assert thread.is_alive()
    for gate, thread in zip(gates, threads, strict=True):
        gate.set()
        thread.join(PATIENCE)
    assert made == [0, 1, 2, 3]
    assert [places[:1] for places in told.values()] == [[], [1], [2], [3]]
    assert all(places == sorted(set(places), reverse=True) for places in told.values())
    assert queue.ahead() == 0


def test_a_file_that_fails_gives_its_place_to_the_next() -> None:
    queue = FileQueue()
    for _ in range(2):
        try:
            with queue.turn():
                raise OSError
        except OSError:
            assert queue.ahead() == 0
