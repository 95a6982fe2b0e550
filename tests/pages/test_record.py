"""A rapporteur's notes and a meeting's record: from a note to a finding and back, for editors alone."""

from collections.abc import Callable

import pytest
from sqlmodel import select
from streamlit.testing.v1 import AppTest

from components.store import visitor
from data.collection import database
from data.collection.access import Standing, Visitor
from data.meeting import rooms
from models import Finding, Note
from tests.data.meeting.conftest import BRIEFING, PRESENTER
from tests.pages.test_load import editing, press, settled  # noqa: F401
from tests.pages.test_pages import said

SAID = "The hall was let go, Mrs Oakapple said: =1+1 <b>"


@pytest.fixture
def meeting(editing: str) -> str:  # noqa: F811
    """Return the number of a meeting under way on the test's own copy of the evidence."""
    return str(rooms.start(database.open_engine(editing), BRIEFING, "", PRESENTER).id)


@pytest.fixture
def opened(open_page: Callable[..., AppTest], editing: str, monkeypatch) -> Callable[..., AppTest]:  # noqa: F811
    def at(script: str, query: dict[str, str]) -> AppTest:
        monkeypatch.setenv("DATABASE_URL", editing)
        app = open_page().switch_page(f"pages/{script}.py")
        for key, value in query.items():
            app.query_params[key] = value
        return app.run()

    return at


def rows(address: str, model) -> list:  # type: ignore[no-untyped-def]
    with database.asking(database.open_engine(address)) as session:
        return list(session.exec(select(model)).all())


def findings(address: str) -> list[tuple[str, str, str]]:
    return [(row.finding, row.access, row.direction) for row in rows(address, Finding) if row.ref.startswith("RT-")]


def field(app: AppTest, kind: str, label: str):  # type: ignore[no-untyped-def]
    return next(element for element in getattr(app.main, kind) if element.label == label)


def test_a_note_becomes_a_finding_and_is_taken_back(opened, meeting, editing):  # noqa: F811
    app = opened("rapporteur", {"meeting": meeting})
    field(app, "text_area", "What was said").input(SAID)
    field(app, "multiselect", "Policy levers").select("L1.2").run()
    app = press(app, "Keep the note")
    assert "Give each lever a role among applied, withdrawn, lacking, proposed." in " ".join(said(app).split())
    next(one for one in app.main.button_group if one.label.startswith("Role of")).set_value("lacking")
    app = press(app, "Keep the note")
    assert [(row.slide, row.said, row.levers) for row in rows(editing, Note)] == [
        ("opening", SAID, {"L1.2": "lacking"}),
    ]  # fmt: skip
    assert field(app, "text_area", "What was said").value == ""
    app = settled(opened("record", {"meeting": meeting}))
    assert "Perhaps names: Oakapple" in " ".join(said(app).split())
    assert field(app, "button", "See what would change").disabled
    field(app, "text_area", "Finding").input("The hall was let go.")
    field(app, "selectbox", "Direction").select("impeded")
    app = settled(field(app, "checkbox", "I have read each for names").check().run())
    app = press(app, "See what would change")
    assert "Sources: 1 added; findings: 1 added." in " ".join(said(app).split())
    # What is changed in the instant before it is confirmed does not come in, nor does it once it is changed back.
    for text, press_too in (("The hall was let go, at once.", True), ("The hall was let go.", False)):
        field(app, "text_area", "Finding").input(text)
        app = press(app, "Bring them in") if press_too else settled(app.run())
        assert findings(editing) == []
    app = press(app, "Bring them in")
    assert findings(editing) == [("The hall was let go.", "team", "impeded")]
    assert "Done, as load 2" in " ".join(said(app).split())
    app = press(app, "Undo this load")
    app = press(app, "Yes, undo it")
    assert findings(editing) == []
    assert "Load 2 is undone, as load 3" in " ".join(said(app).split())


@pytest.mark.parametrize("script", ["rapporteur", "record"])
def test_only_editors_are_let_in_and_a_meeting_that_is_none_is_said_to_be(opened, meeting, monkeypatch, script):
    assert "There is no such meeting" in [title.value for title in opened(script, {"meeting": "99"}).title]
    monkeypatch.setattr(visitor, "current", lambda: Visitor("Guest", Standing.PARTICIPANT))
    app = opened(script, {"meeting": meeting})
    assert "Only editors may" in " ".join(said(app).split())
    assert not (app.main.text_area or app.main.download_button)
