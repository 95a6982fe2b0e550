"""What a viewer opens is as if what is withheld had never been loaded: pages, their workbooks and their slides."""

import re
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from sqlalchemy import Engine
from streamlit.testing.v1 import AppTest

from components.frame import downloads
from components.frame.shell import PLACES
from components.slides import deck
from components.store import visitor
from data.collection.access import Standing, Visitor
from data.presenting.briefing import Briefing, Question, Slide
from data.presenting.question_kinds import ONE
from tests.pages.conftest import ROOT, wait_until_prepared
from tests.two_collections import SAID, Two, in_meetings, in_slides, in_workbook, plain

pytestmark = pytest.mark.slow

SCRIPTS = [place.script for place in PLACES if place.standing is Standing.VIEWER]
NARROW = {"q": "hall quince", "year": "1950-2022", "theme": "T1,Q8", "region": "TLC,TLC-Q,ESP"}
"""A filter of which a part names what is withheld."""
TIME = re.compile(r"\d+:\d\d min")
PRESENTER = Visitor("local user", Standing.EDITOR)
BRIEFING = Briefing("two", "Two", (
    Slide("votes", "{says.sides}", "levers", question=Question(ONE.name, "Which?", options_from="lever")),
    Slide("themes", "Told most: {says.themes}", "themes"),
))  # fmt: skip


@pytest.fixture(scope="module")
def two(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Two]:
    with in_meetings(tmp_path_factory.mktemp("two"), BRIEFING, PRESENTER, "votes") as (found, _):
        yield found


@pytest.fixture(autouse=True)
def viewer(monkeypatch: pytest.MonkeyPatch) -> None:
    """Know nobody: whoever opens a page is a viewer."""
    monkeypatch.setattr(visitor, "WAYS", ())


@pytest.fixture(scope="module")
def apps(two: Two) -> dict[Engine, AppTest]:
    """Return the dashboard, not run yet, for each of the two: a page turned costs half of one that is opened."""
    return {engine: AppTest.from_file(str(ROOT / "dashboard.py"), default_timeout=60) for engine in two}


@contextmanager
def on(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("DATABASE_URL", str(engine.url))
    yield
    wait_until_prepared()


def drawn(app: AppTest) -> list[str]:
    """Return every element of a page with all that it holds, but for the one sentence."""
    parts = [str(part.proto) for area in (app.main, app.sidebar) for part in area if hasattr(part, "proto")]
    return [plain(part) for part in parts if not SAID.search(part)]


def says_how_many(app: AppTest) -> bool:
    return any(SAID.search(str(part.proto)) for part in app.main if hasattr(part, "proto"))


def files(app: AppTest) -> tuple[list[str], list[str]]:
    """Return what stands in the workbook and in the slides of the page that is on screen."""
    offers = app.session_state[downloads.OFFERED]
    book, slides = offers[downloads.EXCEL], offers[deck.POWERPOINT]
    return in_workbook(book.contents(book.page)), in_slides(slides.contents(slides.page))


@pytest.mark.parametrize("script", SCRIPTS)
def test_a_page_and_its_files_are_as_if_what_is_withheld_had_never_been_loaded(two, apps, script, monkeypatch):
    shown, told = [], []
    for engine in two:
        with on(engine, monkeypatch):
            app = apps[engine].run() if script == SCRIPTS[0] else apps[engine].switch_page(f"pages/{script}.py").run()
            assert not app.exception
            told.append(says_how_many(app))
            shown.append((drawn(app), *files(app)))
    assert told == [True, False]
    assert shown[0] == shown[1]


def asked_for(engine: Engine, script: str, query: dict[str, str]) -> AppTest:
    """Return a page that is opened at an address."""
    app = AppTest.from_file(str(ROOT / "dashboard.py"), default_timeout=60)
    app.run().switch_page(f"pages/{script}.py")
    for key, value in query.items():
        app.query_params[key] = value
    return app.run()


def test_a_filter_that_names_what_is_withheld_is_told_the_same_as_of_what_never_was(two, monkeypatch):
    shown = []
    for engine in two:
        with on(engine, monkeypatch):
            app = asked_for(engine, "findings", NARROW)
            assert not app.exception
            shown.append((drawn(app), *files(app)))
    assert shown[0] == shown[1]


@pytest.mark.parametrize("script", ["speaker", "present"])
def test_a_page_of_the_room_shows_an_editor_what_the_room_is_shown(two, script, monkeypatch):
    monkeypatch.setattr(visitor, "WAYS", (lambda: PRESENTER,))
    shown = []
    for engine in two:
        with on(engine, monkeypatch):
            app = asked_for(engine, script, {"meeting": "1", "lead": "window"})
            assert not app.exception
            shown.append([TIME.sub("", part) for part in drawn(app)])
    assert any("Applied" in part or "applied" in part for part in shown[0])
    assert shown[0] == shown[1]


def test_a_rapporteur_chooses_among_slides_as_the_room_is_told_them(two, monkeypatch):
    monkeypatch.setattr(visitor, "WAYS", (lambda: PRESENTER,))
    shown = []
    for engine in two:
        with on(engine, monkeypatch):
            app = asked_for(engine, "rapporteur", {"meeting": "1"})
            shown.append(next(box.options for box in app.selectbox if box.label == "Slide"))
    assert shown[0] == shown[1]
    assert len(shown[0]) == len(BRIEFING.slides)
