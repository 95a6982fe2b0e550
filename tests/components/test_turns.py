"""Pages take turns: one is made at a time, and whatever ends a page gives its turn back."""

import threading

import pytest

from components import turns


def in_a_thread(work) -> threading.Thread:
    thread = threading.Thread(target=work, daemon=True)
    thread.start()
    return thread


def test_a_second_page_waits_until_the_first_is_made():
    order, waiting = [], threading.Event()

    def second():
        waiting.set()
        with turns.taken():
            order.append("second")

    with turns.taken():
        thread = in_a_thread(second)
        waiting.wait()
        thread.join(timeout=0.05)
        order.append("first")
    thread.join()
    assert order == ["first", "second"]


@pytest.mark.parametrize("ending", [KeyError, SystemExit])
def test_whatever_ends_a_page_gives_its_turn_back(ending):
    with pytest.raises(ending), turns.taken():
        raise ending
    with turns.taken():
        pass
