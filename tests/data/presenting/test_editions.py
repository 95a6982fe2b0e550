"""Briefings in the database: nothing is written over unseen, and every change can be undone."""

from dataclasses import replace
from pathlib import Path

import pytest
from sqlmodel import Session

from data.collection.access import NotAllowed, Standing, Visitor
from data.faults import Refused
from data.presenting import editing, editions, toml_files
from data.presenting.briefing import Briefing, Slide

EDITOR, VIEWER = Visitor("an editor", Standing.EDITOR), Visitor("", Standing.VIEWER)
FIRST = Briefing("mine", "Mine", (Slide("a", "One", "text"), Slide("b", "Two", "text")))


def now(engine, code: str = "mine") -> Briefing | None:
    with Session(engine) as session:
        kept = editions.found(session, code)
    return toml_files.read(kept.content, code) if kept else None


def test_a_briefing_is_kept_and_found(engine):
    editions.save(engine, FIRST, "made", EDITOR, None)
    assert now(engine) == FIRST
    assert [(kept.code, kept.what, kept.by, kept.shipped) for kept in editions.every(engine)] == [
        ("mine", "made", "an editor", False)
    ]


def test_changes_are_undone_one_after_the_other_to_the_first(engine):
    second = editing.moved(FIRST, "b", -1)
    third = editing.without(second, "a")
    edition = editions.save(engine, FIRST, "made", EDITOR, None)
    edition = editions.save(engine, second, "moved slide 2 up", EDITOR, edition)
    edition = editions.save(engine, third, "took out slide 2", EDITOR, edition)
    edition = editions.delete(engine, "mine", EDITOR, edition)
    assert now(engine) is None
    undone = []
    for expected in (third, second, FIRST):
        with Session(engine) as session:
            newest = editions.editions(session, "mine")[0].id
        undone.append(editions.undo(engine, "mine", EDITOR, newest))
        assert now(engine) == expected
    assert undone == ["deleted", "took out slide 2", "moved slide 2 up"]
    with Session(engine) as session:
        newest = editions.editions(session, "mine")[0].id
    with pytest.raises(Refused, match="no earlier state"):
        editions.undo(engine, "mine", EDITOR, newest)


def test_what_another_has_changed_meanwhile_is_not_written_over(engine):
    edition = editions.save(engine, FIRST, "made", EDITOR, None)
    theirs = replace(FIRST, title="Theirs")
    editions.save(engine, theirs, "changed the title", Visitor("another", Standing.EDITOR), edition)
    with pytest.raises(editions.Stale, match=r"changed by another at \d\d:\d\d (GMT|BST) \(changed the title\)"):
        editions.save(engine, replace(FIRST, title="Mine"), "changed the title", EDITOR, edition)
    assert now(engine) == theirs


def test_two_briefings_do_not_share_a_name(engine):
    editions.save(engine, FIRST, "made", EDITOR, None)
    with pytest.raises(Refused, match="there is a briefing of this name already"):
        editions.save(engine, replace(FIRST, title="Other"), "made", EDITOR, None)


def test_a_briefing_at_fault_is_refused_whole(engine):
    with pytest.raises(Refused, match="slide 1, view"):
        editions.save(engine, Briefing("mine", "Mine", (Slide("a", "One", "no view"),)), "made", EDITOR, None)
    assert not Path(engine.url.database).exists()


@pytest.mark.parametrize(
    "change",
    [
        lambda engine: editions.save(engine, FIRST, "made", VIEWER, None),
        lambda engine: editions.delete(engine, "mine", VIEWER, 1),
        lambda engine: editions.undo(engine, "mine", VIEWER, 1),
    ],
)
def test_only_editors_change_briefings(engine, change):
    editions.save(engine, FIRST, "made", EDITOR, None)
    with pytest.raises(NotAllowed, match="only editors may change briefings"):
        change(engine)
    assert now(engine) == FIRST


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "mine.toml"
    path.write_text(toml_files.write(FIRST), encoding="utf-8")
    return path


def test_a_shipped_file_is_brought_in_once_and_brought_up_when_it_changes(engine, file):
    assert editions.bring_in(engine, [file]) == ["briefing mine: brought in"]
    assert editions.bring_in(engine, [file]) == ["briefing mine: there already"]
    file.write_text(toml_files.write(replace(FIRST, title="Newer")), encoding="utf-8")
    assert editions.bring_in(engine, [file]) == ["briefing mine: brought up to its file"]
    assert now(engine) == replace(FIRST, title="Newer")


def test_an_edit_on_screen_outlives_its_file(engine, file):
    editions.bring_in(engine, [file])
    edited = replace(FIRST, title="Edited")
    edition = editions.save(engine, edited, "changed the title", EDITOR, editions.every(engine)[0].edition)
    assert editions.bring_in(engine, [file]) == ["briefing mine: edited on screen, so it stays as it is"]
    file.write_text(toml_files.write(replace(FIRST, title="Newer")), encoding="utf-8")
    assert editions.bring_in(engine, [file]) == [
        "briefing mine: its file has changed, but it was edited on screen, so it stays as it is"
    ]
    assert now(engine) == edited
    editions.delete(engine, "mine", EDITOR, edition)
    assert editions.bring_in(engine, [file]) == [
        "briefing mine: its file has changed, but it was deleted on screen, so it stays as it is"
    ]
    assert now(engine) is None


def test_one_file_at_fault_keeps_all_of_them_out(engine, file, tmp_path):
    (tmp_path / "other.toml").write_text("title = 3")
    with pytest.raises(Refused, match=r"other.toml: title"):
        editions.bring_in(engine, sorted(tmp_path.glob("*.toml")))
    assert not Path(engine.url.database).exists()
