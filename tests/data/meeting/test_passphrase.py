"""The presenter's passphrase: readable, told once, kept as a hash, typed as people type, and not guessed at speed."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import Engine
from sqlmodel import select

from data.collection import database
from data.meeting import attempts, passphrase
from data.meeting.meeting_fault import MeetingFault
from models import Attempt

WRONG = "That is not the passphrase. It was printed where make roundtable was started."
TOO_MANY = "There were too many wrong tries. Wait 10 minutes, then try again."
WORDS = "acorn bakery cabin daisy"


@pytest.fixture
def served(writable: Engine, monkeypatch: pytest.MonkeyPatch) -> Engine:
    """Return an engine on a server that was started with the passphrase."""
    monkeypatch.setenv(passphrase.SETTING, passphrase.hashed(WORDS))
    return writable


def test_the_words_are_256_different_short_ones():
    assert len(set(passphrase.WORDS)) == len(passphrase.WORDS) == 256
    assert all(word.isascii() and word.islower() and 4 <= len(word) <= 9 for word in passphrase.WORDS)


def test_a_passphrase_is_four_of_them_and_another_each_time():
    made = {passphrase.made() for _ in range(20)}
    assert len(made) == 20
    assert all(len(words.split()) == 4 and set(words.split()) <= set(passphrase.WORDS) for words in made)


@pytest.mark.parametrize(
    "typed", [WORDS, "Acorn Bakery Cabin Daisy", "  acorn-bakery-cabin-daisy ", "ACORN, bakery,\tcabin; daisy."]
)
def test_it_is_taken_however_it_is_typed(served: Engine, typed: str):
    passphrase.enter(served, typed, "192.168.0.7")


@pytest.mark.parametrize("typed", ["", "acorn", "acorn bakery cabin", "daisy cabin bakery acorn", WORDS * 50, "🙂"])
def test_nothing_else_is_and_each_try_is_kept(served: Engine, typed: str):
    with pytest.raises(MeetingFault) as refused:
        passphrase.enter(served, typed, "192.168.0.66")
    assert str(refused.value) == WRONG
    with database.asking(served) as session:
        assert [(row.what, row.source) for row in session.exec(select(Attempt)).all()] == [
            ("passphrase", "192.168.0.66")
        ]


def test_after_twenty_tries_an_address_waits_and_the_presenter_does_not(served: Engine):
    for _ in range(attempts.MOST_FROM_ONE):
        with pytest.raises(MeetingFault):
            passphrase.enter(served, "wrong", "192.168.0.66")
    with pytest.raises(MeetingFault) as refused:
        passphrase.enter(served, WORDS, "192.168.0.66")
    assert str(refused.value) == TOO_MANY
    passphrase.enter(served, WORDS, "this machine")


def test_tries_at_the_same_time_are_all_counted(served: Engine, monkeypatch: pytest.MonkeyPatch):
    """Of forty at once twenty are compared; the others are told to wait, the right one among them."""
    compared: list[str] = []
    right = passphrase._is
    monkeypatch.setattr(passphrase, "_is", lambda typed, kept: compared.append(typed) or right(typed, kept))

    def enter(_: int) -> str:
        try:
            passphrase.enter(served, "wrong", "192.168.0.66")
        except MeetingFault as fault:
            return str(fault)
        return ""

    with ThreadPoolExecutor(8) as threads:
        said = list(threads.map(enter, range(40)))
    assert (len(compared), said.count(WRONG), said.count(TOO_MANY)) == (20, 20, 20)


def test_a_server_that_was_started_without_one_lets_nobody_in(writable: Engine, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.delenv(passphrase.SETTING, raising=False)
    for typed in ("", WORDS):
        with pytest.raises(MeetingFault, match="started without a presenter's passphrase"):
            passphrase.enter(writable, typed, "192.168.0.7")


def test_what_is_kept_holds_no_word_of_it_and_differs_each_time():
    kept = [passphrase.hashed(WORDS) for _ in range(2)]
    assert kept[0] != kept[1]
    assert not any(word in text for word in WORDS.split() for text in kept)
