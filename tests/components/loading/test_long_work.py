"""Work in the background: what it comes to, how it says how far it is, how it is stopped, and how it fails in words."""

import threading

import pytest

from components.loading.long_work import Work, _start, in_words
from data.collection.access import NotAllowed
from data.collection.database import DatabaseFault
from data.progress import Cancelled

SECONDS = 20


def ended(task) -> Work:
    work = Work("it", "Working")
    _start(work, task)
    assert work.ended.wait(SECONDS)
    return work


def test_work_keeps_what_the_task_came_to_and_how_far_it_was():
    def task(work: Work) -> str:
        work.report(0.5, "Halfway")
        return "done"

    work = ended(task)
    assert (work.value, work.fault, work.share, work.doing) == ("done", None, 0.5, "Halfway")


def test_work_is_stopped_at_its_next_word_of_progress():
    under_way, stopped = threading.Event(), threading.Event()

    def task(work: Work) -> str:
        under_way.set()
        stopped.wait(SECONDS)
        work.report(0.1, "Going on")
        return "done"

    work = Work("it", "Working")
    _start(work, task)
    assert under_way.wait(SECONDS)
    work.stop.set()
    stopped.set()
    assert work.ended.wait(SECONDS)
    assert isinstance(work.fault, Cancelled)
    assert work.value is None


@pytest.mark.parametrize(
    ("raised", "told"),
    [
        (NotAllowed("only editors may load evidence"), "Only editors may load evidence."),
        (DatabaseFault("x.sqlite may not be written to"), "X.sqlite may not be written to."),
        (
            OSError(28, "No room left"),
            "The system refused it: No room left; nothing was changed.",
        ),
        (MemoryError(), "This machine has too little memory for it; nothing was changed. Split the file."),
    ],
)
def test_a_refusal_is_told_as_a_sentence(raised, told):
    def task(_: Work) -> None:
        raise raised

    assert in_words(ended(task).fault) == told


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_a_task_that_breaks_ends_all_the_same_and_says_so():
    work = ended(lambda _: 1 / 0)
    assert in_words(work.fault) == ("It ended before it was done, and nothing was changed; the server's log says why.")
