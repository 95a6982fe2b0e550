"""What is remembered for one level of access is never found at another."""

from collections.abc import Iterator

import pytest
from sqlalchemy import Engine, event
from streamlit.testing.v1 import AppTest

from components.frame import downloads
from components.store import store, visitor
from data.collection.access import Standing, Visitor
from data.filters.filter import Filter
from models import Access
from tests.components.frame.test_downloads import ROOT, refs_in
from tests.data.reckoning import ROWS

HIDDEN = {row.ref for row in ROWS if row.strand == "roundtable"}


@pytest.fixture
def withheld_roundtables(writable: Engine, monkeypatch) -> Iterator[Engine]:
    """Return the shipped collection, its roundtable strand open to participants alone, as the one on show."""
    with writable.begin() as connection:
        connection.exec_driver_sql("UPDATE source SET access = 'roundtable' WHERE strand = 'roundtable'")
    monkeypatch.setenv("DATABASE_URL", str(writable.url))
    store.forget()
    yield writable
    store.forget()


def opened(monkeypatch, standing: Standing, **query: str) -> AppTest:
    """Return the first page as someone of a standing sees it."""
    monkeypatch.setattr(visitor, "current", lambda: Visitor("someone", standing))
    app = AppTest.from_file(str(ROOT / "dashboard.py"), default_timeout=60)
    for key, value in query.items():
        app.query_params[key] = value
    return app.run()


def words(app: AppTest) -> str:
    """Return all that a page says in its own words."""
    return " ".join(str(part.body) for part in app.get("html"))


def test_an_editor_and_then_a_viewer_are_each_told_of_what_they_may_see(withheld_roundtables, monkeypatch):
    editor, viewer, participant = (
        words(opened(monkeypatch, standing)) for standing in (Standing.EDITOR, Standing.VIEWER, Standing.PARTICIPANT)
    )
    assert f"{len(ROWS)} findings" in editor
    assert f"{len(ROWS) - len(HIDDEN)} findings" in viewer
    assert f"{len(HIDDEN)} findings of the whole collection are withheld here" in viewer
    assert f"{len(ROWS)} findings" in participant
    assert "withheld" not in editor + participant


def test_the_link_of_a_withheld_finding_says_what_that_of_no_finding_says(withheld_roundtables, monkeypatch):
    ref = sorted(HIDDEN)[0]
    assert "Nothing found" not in str(opened(monkeypatch, Standing.EDITOR, finding=ref))
    withheld, absent = (words(opened(monkeypatch, Standing.VIEWER, finding=asked)) for asked in (ref, "ROU-E999"))
    assert (
        f"No finding with the ref {ref} is shown here. It may have been withdrawn, it may be open to fewer people"
        in withheld
    )
    assert withheld.replace(ref, "ROU-E999") == absent


@pytest.mark.parametrize("level", Access)
def test_a_file_made_beside_the_page_holds_what_the_page_may_show(withheld_roundtables, level):
    contents = downloads.make(Filter(strand=("roundtable",)), "Findings", "", tuple, access=level)
    assert refs_in(contents) - {"[z]"} == (HIDDEN if level != Access.PUBLIC else set())


def test_each_remembered_question_of_one_run_is_asked_once(withheld_roundtables):
    asked = []
    event.listen(store.engine(), "before_cursor_execute", lambda *told: asked.append(told[2]))
    with store.beside_the_page(Access.TEAM):
        for _ in range(3):
            store.counts(Filter(strand=("roundtable",)))
        for_team = len(asked)
    with store.beside_the_page(Access.PUBLIC):
        assert store.counts(Filter(strand=("roundtable",))).findings == 0
    assert len(asked) > for_team
