"""Drafts: kept by who and what, found by nobody else, bounded in size and age."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlmodel import Session, select

from data.collection import drafts
from data.collection.access import NotAllowed, Standing, Visitor
from models import Draft

ADA, BEN = Visitor("ada@example.org", Standing.EDITOR), Visitor("ben@example.org", Standing.EDITOR)


def subjects(engine) -> set[str]:
    with Session(engine) as session:
        return {row.subject for row in session.exec(select(Draft))}


def age(engine, days: int) -> None:
    """Make every draft this many days old."""
    with Session(engine) as session:
        for row in session.exec(select(Draft)):
            row.at = datetime.now(UTC) - timedelta(days=days)
        session.commit()


def test_a_draft_is_found_again_by_its_owner_in_the_same_browser_alone(writable):
    files = [("a.csv", b"x" * 10), ("a.csv", b"\x00\xff")]
    assert drafts.keep(writable, ADA, "one", "note:1", {"said": "Half a sen", "themes": ["T1"]}, files)
    found = drafts.found(writable, ADA, "one", "note:1")
    assert (found.content, list(found.files)) == ({"said": "Half a sen", "themes": ["T1"]}, files)
    for visitor, browser, subject in (
        (BEN, "one", "note:1"),
        (ADA, "two", "note:1"),
        (ADA, "one", "note:2"),
        (ADA, "one", "note:"),
    ):
        assert drafts.found(writable, visitor, browser, subject) is None


def test_the_newest_words_count_and_files_stay_until_others_are_given(writable):
    drafts.keep(writable, ADA, "one", "load", {"step": 1}, [("a.csv", b"a")])
    drafts.keep(writable, ADA, "one", "load", {"step": 2})
    assert (drafts.found(writable, ADA, "one", "load").content, drafts.found(writable, ADA, "one", "load").files) == (
        {"step": 2}, [("a.csv", b"a")],
    )  # fmt: skip
    drafts.forget(writable, ADA, "one", "load")
    assert drafts.found(writable, ADA, "one", "load") is None


def test_what_is_old_is_not_found_and_goes_with_the_next_that_is_kept(writable):
    drafts.keep(writable, ADA, "one", "note:1", {})
    age(writable, days=15)
    assert drafts.found(writable, ADA, "one", "note:1") is None
    drafts.keep(writable, BEN, "two", "note:2", {})
    assert subjects(writable) == {"note:2"}


def test_an_owner_has_so_many_drafts_and_the_oldest_go(writable):
    for number in range(drafts.MOST):
        drafts.keep(writable, ADA, "one", f"note:{number}", {})
    age(writable, days=1)
    drafts.keep(writable, ADA, "one", "newest", {})
    assert len(subjects(writable)) == drafts.MOST
    assert "newest" in subjects(writable)


def test_what_is_too_large_is_not_kept_and_the_words_are_without_files_that_are(writable, monkeypatch):
    monkeypatch.setattr(drafts, "LARGEST_FILES", 5)
    assert not drafts.keep(writable, ADA, "one", "note:1", {"said": "x" * 600_000})
    assert drafts.keep(writable, ADA, "one", "load", {"step": 1}, [("a.csv", b"123456")])
    assert drafts.found(writable, ADA, "one", "load").files == []
    assert subjects(writable) == {"load"}


def test_none_but_editors_keep_drafts(writable):
    with pytest.raises(NotAllowed):
        drafts.keep(writable, Visitor("guest", Standing.VIEWER), "one", "note:1", {})
