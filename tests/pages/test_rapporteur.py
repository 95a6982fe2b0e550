"""The rapporteur's page: a half-written note outlives its session, and two on one note lose nothing of either."""

import pytest
from streamlit.testing.v1 import AppTest

from components.store import kept_drafts, store, visitor
from data.collection import database
from data.collection.access import Standing, Visitor
from data.meeting import notes, rooms
from data.meeting.notes import Noted
from data.presenting import toml_files
from tests.pages.conftest import ROOT, wait_until_prepared
from tests.pages.test_pages import said

ADA = Visitor("Ada", Standing.EDITOR)
CODE = "what-the-evidence-says"
BRIEFING = toml_files.read((toml_files.FOLDER / f"{CODE}.toml").read_text(encoding="utf-8"), CODE)
SLIDE = BRIEFING.slides[0].ref


@pytest.fixture
def desk(writable, monkeypatch):
    """Return a function that opens the notes of a meeting in one browser, and the number of the meeting."""
    monkeypatch.setenv("DATABASE_URL", str(writable.url))
    monkeypatch.setattr(visitor, "current", lambda: ADA)
    store.forget()
    meeting = rooms.start(writable, BRIEFING, "", ADA)

    def opened(browser: str = "one") -> AppTest:
        app = AppTest.from_file(str(ROOT / "dashboard.py"), default_timeout=60)
        app.session_state[kept_drafts.BROWSER] = browser
        app = app.run().switch_page("pages/rapporteur.py")
        app.query_params["meeting"] = str(meeting.id)
        return app.run()

    yield opened, meeting.id
    wait_until_prepared()


def field(app, label: str, kind: str = "text_area"):
    return next(one for one in app.get(kind) if one.label == label)


def press(app, label: str):
    return next(one for one in app.button if one.label == label).click().run()


def kept(engine, meeting: int) -> list[str]:
    return [row.said for row in database.ask(engine, notes.notes, meeting)]


def test_a_half_written_note_is_there_again_in_a_new_session_and_in_no_other_browser(desk, writable):
    opened, meeting = desk
    app = opened()
    field(app, "What was said").set_value("The hall was").run()
    field(app, "Policy levers", "multiselect").set_value(["L1.2"]).run()
    field(app, "Role of: Revenue and core funding", "button_group").set_value("lacking").run()
    assert field(opened("two"), "What was said").value == ""
    anew = opened()
    assert field(anew, "What was said").value == "The hall was"
    assert "Here is what you had typed by " in said(anew)
    anew = press(anew, "Keep the note")
    (note,) = database.ask(writable, notes.notes, meeting)
    assert (note.said, note.levers) == ("The hall was", {"L1.2": "lacking"})
    assert field(opened(), "What was said").value == ""
    assert not anew.exception


def test_who_does_not_want_what_was_typed_begins_without_it(desk):
    opened, _ = desk
    field(opened(), "What was said").set_value("The hall was").run()
    app = press(opened(), "Begin without it")
    assert field(app, "What was said").value == ""
    assert field(opened(), "What was said").value == ""


def test_a_refused_save_keeps_what_was_typed(desk, writable):
    opened, meeting = desk
    app = opened()
    field(app, "What was said").set_value("a\x01b")
    app = press(app, "Keep the note")
    assert "There are characters in it that are no text; leave them out." in said(app)
    assert (field(app, "What was said").value, kept(writable, meeting)) == ("a\x01b", [])


@pytest.mark.parametrize(
    ("choice", "left"),
    [
        ("Mine in its place", ["Mine."]),
        ("Leave it as it is now", ["Theirs."]),
        ("Keep both: mine as a new note", ["Theirs.", "Mine."]),
    ],
)
def test_the_later_save_of_an_older_copy_is_refused_and_both_texts_are_offered(desk, writable, choice, left):
    opened, meeting = desk
    number = notes.note(writable, meeting, ADA, Noted(SLIDE, "First."))
    app = press(opened(), "Change")
    notes.note(writable, meeting, Visitor("Ben", Standing.EDITOR), Noted(SLIDE, "Theirs."), number)
    field(app, "What was said").set_value("Mine.")
    app = press(app, "Keep the changes")
    assert "Ben has changed this note since you opened it." in said(app)
    assert "It says now:" in said(app)
    assert (field(app, "What was said").value, kept(writable, meeting)) == ("Mine.", ["Theirs."])
    app = press(app, choice)
    if choice.startswith("Keep both"):
        app = press(app, "Keep the note")
    assert kept(writable, meeting) == left
    assert not app.exception


def test_a_change_outlives_its_session_and_still_writes_over_nothing_of_another(desk, writable):
    opened, meeting = desk
    number = notes.note(writable, meeting, ADA, Noted(SLIDE, "First."))
    field(press(opened(), "Change"), "What was said").set_value("Mine.").run()
    notes.note(writable, meeting, Visitor("Ben", Standing.EDITOR), Noted(SLIDE, "Theirs."), number)
    app = opened()
    assert field(app, "What was said").value == "Mine."
    app = press(app, "Keep the changes")
    assert "Ben has changed this note since you opened it." in said(app)
    assert kept(writable, meeting) == ["Theirs."]


def test_what_was_typed_of_a_note_that_another_took_away_becomes_a_new_one(desk, writable):
    opened, meeting = desk
    number = notes.note(writable, meeting, ADA, Noted(SLIDE, "First."))
    app = press(opened(), "Change")
    notes.remove(writable, meeting, ADA, number)
    field(app, "What was said").set_value("Mine.")
    app = press(app, "Keep the changes")
    assert "Another has taken this note away since you opened it." in said(app)
    app = press(press(app, "Keep mine as a new note"), "Keep the note")
    assert kept(writable, meeting) == ["Mine."]


def test_a_note_is_not_removed_that_another_has_changed_since_it_was_listed(desk, writable):
    opened, meeting = desk
    number = notes.note(writable, meeting, ADA, Noted(SLIDE, "First."))
    app = opened()
    notes.note(writable, meeting, Visitor("Ben", Standing.EDITOR), Noted(SLIDE, "Theirs."), number)
    app = press(app, "Remove this note")
    assert "Ben has changed this note since you opened it." in said(app)
    assert kept(writable, meeting) == ["Theirs."]
    press(app, "Remove this note")
    assert kept(writable, meeting) == []


def test_a_half_written_note_stays_while_another_page_is_looked_at(desk):
    opened, meeting = desk
    app = opened()
    field(app, "What was said").set_value("The hall was").run()
    app = app.switch_page("pages/themes.py").run().switch_page("pages/rapporteur.py")
    app.query_params["meeting"] = str(meeting)
    assert field(app.run(), "What was said").value == "The hall was"
