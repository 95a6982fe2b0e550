"""Pages take turns: one is made at a time, a long question lends the turn, and whatever ends a page gives it back."""

import sqlite3
import threading
from contextlib import closing

import pytest
from sqlalchemy import Engine

from components.store import turns
from data.collection import database


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


def test_while_a_page_waits_for_work_another_is_made():
    made = threading.Event()

    def other():
        with turns.taken():
            made.set()

    with turns.taken(), turns.lent():
        in_a_thread(other)
        assert made.wait(timeout=5)


def test_after_the_wait_the_turn_is_held_again():
    def other():
        with turns.taken():
            pass

    with turns.taken():
        with turns.lent():
            pass
        thread = in_a_thread(other)
        thread.join(timeout=0.05)
        waits = thread.is_alive()
    thread.join()
    assert waits


@pytest.mark.parametrize("ending", [KeyError, SystemExit])
def test_whatever_ends_a_page_gives_its_turn_back(ending):
    with pytest.raises(ending), turns.taken():
        raise ending
    with turns.taken():
        pass


def test_a_file_made_beside_the_pages_holds_no_turn_to_lend():
    with turns.lent(), turns.taken():
        pass


def test_a_part_of_a_page_that_is_being_made_has_the_turn_already_and_leaves_it_to_its_page():
    order = []

    def other():
        with turns.taken():
            order.append("other page")

    with turns.taken():
        with turns.taken():
            order.append("part")
        thread = in_a_thread(other)
        thread.join(timeout=0.05)
        order.append("page")
    thread.join()
    assert order == ["part", "page", "other page"]


def test_a_page_that_writes_lends_its_turn_while_it_waits_for_others_who_write(writable: Engine):
    made, written = threading.Event(), threading.Event()

    def write():
        with turns.taken(), database.ask_and_write(writable):
            written.set()

    with closing(sqlite3.connect(writable.url.database, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        writer = in_a_thread(write)

        def page():
            with turns.taken():
                made.set()

        in_a_thread(page)
        assert made.wait(timeout=5)
        assert not written.is_set()
        other.execute("ROLLBACK")
        writer.join(timeout=10)
    assert written.is_set()


def test_what_is_lent_is_not_lent_twice():
    def other():
        with turns.taken():
            pass

    with turns.taken():
        with turns.lent(), turns.lent(), turns.taken():
            pass
        thread = in_a_thread(other)
        thread.join(timeout=0.05)
        assert thread.is_alive()
    thread.join()
