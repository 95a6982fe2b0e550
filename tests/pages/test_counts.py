"""The same counts wherever a filter is asked: on every page of the menu, in its workbook, and by the command line."""

import io
import re
from collections.abc import Callable
from urllib.parse import parse_qsl

import pytest
from openpyxl import load_workbook
from streamlit.testing.v1 import AppTest

from components.frame import downloads
from components.frame.shell import PLACES
from data.__main__ import main
from tests.pages.test_pages import answer, said

FILTERS = ("region=TLC", "theme=T1&lever=L6.1&role=applied", "strand=community&year=2015-2022&q=library")
COUNTING = ("overview", "regions", "themes", "levers", "gaps", "findings", "sources")
"""The pages that speak of the filter's findings, and so count them."""


def told(numbers: dict[str, int]) -> re.Pattern[str]:
    """Return the words in which a page tells these counts."""
    nouns = {"findings": "findings?", "sources": "sources?", "studies": "separate stud(y|ies)"}
    parts = [f"{numbers[key]:,} {noun}" for key, noun in nouns.items()]
    return re.compile(rf"{parts[0]} from {parts[1]}, reporting {parts[2]}\.")


@pytest.fixture
def count(loaded, monkeypatch, capsys) -> Callable[[str], dict[str, int]]:
    """Return a function that tells what `python -m data count --filter QUERY` prints: findings, sources and studies."""

    def counted(query: str) -> dict[str, int]:
        monkeypatch.setenv("DATABASE_URL", str(loaded.url))
        capsys.readouterr()  # what was printed before is not this command's
        assert main(["count", "--filter", query]) == 0
        pairs = (line.split(": ") for line in capsys.readouterr().out.splitlines())
        return {key: int(number) for key, number in pairs}

    return counted


def asked(app: AppTest) -> dict[str, str]:
    """Return what the page's address asks for."""
    return {key: "".join(value) for key, value in app.query_params.items()}


def test_a_walk_through_the_whole_menu_keeps_the_filter_and_its_counts(open_page, count):
    words = told(count(FILTERS[0]))
    app = open_page("overview", {"region": "TLC"})
    for script in [*(place.script for place in PLACES[1:]), "findings"]:
        app.query_params.clear()  # as a browser's menu leads to a page's bare address
        app = app.switch_page(f"pages/{script}.py").run()
        assert not app.exception
        assert script not in COUNTING or words.search(said(app)), script
        (place,) = [place for place in PLACES if place.script == script]
        assert asked(app) == ({"region": "TLC"} if place.filtered else {}), script


@pytest.mark.parametrize("query", FILTERS)
def test_the_screen_and_its_workbook_count_what_the_command_line_counts(open_page, count, query):
    numbers = count(query)
    app = open_page("findings", dict(parse_qsl(query)))
    assert told(numbers).search(said(app))
    assert re.search(rf"(^|: ){numbers['findings']:,} findings?, ", answer(app))
    offer = app.session_state[downloads.OFFERED][downloads.EXCEL]
    book = load_workbook(io.BytesIO(offer.contents(offer.page)), read_only=True)
    column = [row[0] for row in book["Findings"].iter_rows(max_col=1, values_only=True)]
    refs = [ref for ref in column[column.index("finding_id") + 1 :] if ref]
    assert len(refs) == len(set(refs)) == numbers["findings"]
