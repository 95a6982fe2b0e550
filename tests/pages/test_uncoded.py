"""Sources that nobody has coded yet: seen on the Sources page and in its file, and in no count."""

import io
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from openpyxl import load_workbook
from streamlit.testing.v1 import AppTest

from components.findings import uncoded_sources
from components.store import store
from data.collection import database
from data.collection.access import Standing, Visitor
from data.exporting import workbook
from data.filters.filter import Filter
from data.importing.loads import loading, undoing
from tests.data.importing.small_strand import SOURCES, write_strand
from tests.pages.test_pages import answer, said


@pytest.fixture
def own(tmp_path, monkeypatch) -> Iterator[Path]:
    """Name a database of the test's own as the dashboard's, and return its file, which is not there yet."""
    path = tmp_path / "own.sqlite"
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{path}")
    store.forget()
    yield path
    store.forget()


def bring_in_sources(folder: Path) -> None:
    """Load two sources that nobody has coded yet."""
    engine = database.open_engine()
    loading.load(engine, [write_strand(folder / "new", findings=(), sources=SOURCES)])
    engine.dispose()


@pytest.fixture
def waiting(open_page, shipped_file, own) -> Callable[..., AppTest]:
    """Return a function that opens a page on the shipped evidence, with two sources that nobody has coded yet."""
    shutil.copy(shipped_file, own)
    bring_in_sources(own.parent)
    return open_page


@pytest.fixture
def alone(open_page, own) -> Callable[..., AppTest]:
    """Return a function that opens a page on a collection of two sources without a finding."""
    bring_in_sources(own.parent)
    return open_page


def test_they_are_listed_beneath_the_sources_that_count(waiting):
    app = waiting("sources")
    assert answer(app).startswith("461 sources report ")
    assert "2 sources without findings yet" in said(app)
    assert app.dataframe[-1].value["Title"].tolist() == ["A library and its readers", "Fewer buses"]


@pytest.mark.parametrize(("query", "there"), [({"strand": "community"}, True), ({"strand": "literature"}, False),
                                              ({"theme": "T1"}, False)])  # fmt: skip
def test_a_filter_holds_them_only_where_a_source_can_answer_it(waiting, query, there):
    assert ("without findings yet" in said(waiting("sources", query))) is there


def test_the_file_of_the_page_lists_them(waiting):
    waiting("sources")
    out = io.BytesIO()
    workbook.write(store.engine(), Filter(), out, tables=uncoded_sources.download_tables(Filter()))
    sheet = load_workbook(out)["Not coded yet"]
    told = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert [row[-1] for row in told[-2:]] == ["S1", "S2"]


def test_a_collection_of_nothing_else_shows_them_and_says_on_other_pages_where_they_are(alone):
    app = alone("sources")
    assert not app.exception
    assert answer(app) == "2 sources without findings yet."
    app = alone("themes")
    assert app.title[0].value == "No finding yet, and 2 sources to be coded"


def test_an_editor_finds_the_way_back_where_nothing_is_left(alone):
    engine = store.engine()
    undoing.undo(engine, 1, Visitor("Ann", Standing.EDITOR))
    app = alone("history")
    assert answer(app).startswith("2 loads, of which 1 undone")
    app = alone("overview")
    assert app.title[0].value == "The collection is empty"
