"""What was typed of a slide: there again in a new session, never in another's way, and never lost by a refused save."""

from dataclasses import replace

import pytest
from streamlit.testing.v1 import AppTest

from components.store import kept_drafts, store, visitor
from data.collection import drafts
from data.collection.access import Standing, Visitor
from data.presenting import editing, editions, toml_files
from data.presenting.briefing import Slide
from tests.pages.conftest import ROOT, wait_until_prepared
from tests.pages.test_briefings import click, slides
from tests.pages.test_pages import said

pytestmark = pytest.mark.slow

CODE = "what-the-evidence-says"
BEN = Visitor("Ben", Standing.EDITOR)


@pytest.fixture
def desk(writable, monkeypatch):
    """Return a function that opens the editor of a briefing in one browser, as after a restart of the server."""
    monkeypatch.setenv("DATABASE_URL", str(writable.url))
    monkeypatch.setattr(visitor, "current", lambda: Visitor("Ada", Standing.EDITOR))

    def opened(browser: str = "one") -> AppTest:
        store.forget()
        app = AppTest.from_file(str(ROOT / "dashboard.py"), default_timeout=60)
        app.session_state[kept_drafts.BROWSER] = browser
        app = app.run().switch_page("pages/briefings.py")
        app.query_params["briefing"] = CODE
        return app.run()

    yield opened
    wait_until_prepared()


def field(app, label: str, kind: str = "text_area"):
    return next(one for one in app.get(kind) if one.label == label)


def by_ben(engine, change) -> None:
    """Have another editor change the briefing."""
    kept = next(kept for kept in editions.every(engine) if kept.code == CODE)
    editions.save(engine, change(toml_files.read(kept.content, CODE)), "changed it", BEN, kept.edition)


def test_what_was_typed_of_a_slide_is_there_again_in_a_new_session_and_in_no_other_browser(desk, writable):
    before = slides(writable)
    app = desk()
    app = app.button(key=f"briefing_choose_{before[2].ref}").click().run()
    field(app, "Message").set_value("Libraries are").run()
    field(app, "View", "selectbox").set_value("themes").run()
    field(app, "Question to the room", "selectbox").set_value("agree").run()
    other = desk("two")
    assert (field(other, "Message").value, "Here is what you had typed" in said(other)) == (before[0].message, False)
    app = desk()
    assert "Here is what you had typed by " in said(app)
    assert field(app, "Message").value == "Libraries are"
    assert field(app, "View", "selectbox").value == "themes"
    field(app, "Words of the question", "text_input").set_value("Is it so?")
    app = click(app, "Save this slide")
    now = slides(writable)[2]
    assert (now.message, now.view, now.question.kind, now.question.text) == (
        "Libraries are", "themes", "agree", "Is it so?",
    )  # fmt: skip
    assert slides(writable)[:2] == before[:2]
    assert "Here is what you had typed" not in said(desk())
    assert not app.exception


def test_what_was_typed_stays_while_another_slide_is_looked_at(desk, writable):
    one, two, *_ = slides(writable)
    app = desk()
    field(app, "Message").set_value("Libraries are").run()
    app = app.button(key=f"briefing_choose_{two.ref}").click().run()
    assert field(app, "Message").value == two.message
    app = app.button(key=f"briefing_choose_{one.ref}").click().run()
    assert field(app, "Message").value == "Libraries are"
    app = click(app, "Begin without it")
    assert field(app, "Message").value == one.message
    assert "Here is what you had typed" not in said(desk())


def test_a_slide_at_fault_stays_in_its_form_and_is_there_again(desk, writable):
    app = desk()
    field(app, "Message").set_value("{findngs}")
    app = click(app, "Save this slide")
    assert "Nothing was changed:" in said(app)
    assert field(app, "Message").value == "{findngs}"
    assert field(desk(), "Message").value == "{findngs}"


@pytest.mark.parametrize(
    ("choice", "first", "last"),
    [("Mine in its place", "Mine", None), ("Leave it as it is now", "Theirs", None),
     ("Keep both: mine as a last slide", "Theirs", "Mine")],
)  # fmt: skip
@pytest.mark.parametrize("in_a_new_session", [False, True])
def test_of_two_editors_on_one_slide_neither_writes_over_the_other(
    desk, writable, choice, first, last, in_a_new_session
):
    before = slides(writable)
    app = desk()
    field(app, "Message").set_value("Mine").run()
    by_ben(writable, lambda held: editing.put(held, replace(before[0], message="Theirs")))
    app = desk() if in_a_new_session else click(app, "Save this slide")
    if not in_a_new_session:
        assert "This briefing was changed by Ben" in said(app)
    assert "This slide was changed after you had begun" in said(app)
    assert (field(app, "Message").value, slides(writable)[0].message) == ("Mine", "Theirs")
    app = click(app, choice)
    now = slides(writable)
    assert (now[0].message, now[1:][: len(before) - 1]) == (first, before[1:])
    assert [slide.message for slide in now[len(before) :]] == ([last] if last else [])
    assert field(app, "Message").value == (last or first)
    assert "This slide was changed after you had begun" not in said(app)
    assert not app.exception


def test_a_form_in_which_nothing_was_typed_begins_anew_with_what_another_made_of_its_slide(desk, writable):
    before = slides(writable)
    app = desk()
    by_ben(writable, lambda held: editing.put(held, replace(before[0], message="Theirs")))
    app = app.run()
    assert field(app, "Message").value == "Theirs"
    assert "This slide was changed after you had begun" not in said(app)


def test_what_was_typed_of_a_slide_that_another_took_out_becomes_a_last_one(desk, writable):
    before = slides(writable)
    field(desk(), "Message").set_value("Mine").run()
    by_ben(writable, lambda held: editing.without(held, before[0].ref))
    app = desk()
    assert "You had begun to change a slide that was taken out since: Mine" in said(app)
    app = click(app, "Put it back as a last slide")
    now = slides(writable)
    assert (now[:-1], now[-1].message, now[-1].view) == (before[1:], "Mine", before[0].view)
    assert "taken out since" not in said(app)


def test_a_refused_title_is_told_as_it_was_typed(desk, writable):
    app = desk()
    by_ben(writable, lambda held: replace(held, title="Theirs"))
    app = field(app, "Title", "text_input").set_value("Mine").run()
    assert "This briefing was changed by Ben" in said(app)
    assert "you typed the title: Mine" in said(app)
    assert field(app, "Title", "text_input").value == "Theirs"


def test_a_draft_with_values_that_no_field_takes_begins_with_the_slide_s_own(desk, writable):
    slide: Slide = slides(writable)[0]
    content = {"message": "Mine", "view": "holograms", "from": 3, "notes": None}
    drafts.keep(writable, Visitor("Ada", Standing.EDITOR), "one", f"slide:{CODE}/{slide.ref}", content)
    app = desk()
    assert (field(app, "Message").value, field(app, "View", "selectbox").value) == ("Mine", slide.view)
    assert not app.exception
