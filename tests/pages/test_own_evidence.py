"""One finding of one's own, loaded alone: no word on screen or in a file is about the evidence that is shipped.

Its coder bears the letters of one of the shipped evidence, as the first coder of any team may.
"""

import io

import openpyxl
import pytest
from pptx import Presentation

from components.frame.shell import PLACES
from components.slides import deck, slide
from components.store import store
from data.exporting import slides, workbook
from data.filters.filter import Filter
from data.importing.loads import loading
from data.presenting.briefing import VIEWS, Slide
from tests.data.importing.small_strand import write_strand
from tests.pages.test_pages import said

pytestmark = pytest.mark.slow

SOURCE = {"source_id": "S1", "strand": "community", "title": "A library and its readers"}
FINDING = {
    "finding_id": "E1", "source_id": "S1", "finding": "The library brought its readers together", "regions": "TLC",
    "themes": "T1.2", "levers": "L6.1", "lever_roles": "applied", "direction": "strengthened",
    "confidence": "moderate", "coder": "C1",
}  # fmt: skip
SHIPPED = (
    "language model",
    "C1 to C7",
    "purposive",
    "field notes",
    "funders",
    "mostly opinion",
    "accents",
    "only fair on policy levers",
    "seldom the whole",
    "data/shipped/strands/README.md",
    "data/shipped/codings",
)
"""Words of what is true of the shipped evidence alone."""


def about_the_shipped(words: str) -> list[str]:
    return [word for word in SHIPPED if word.lower() in words.lower()]


@pytest.fixture
def own(engine, tmp_path, monkeypatch):
    loading.load(engine, [write_strand(tmp_path / "own", [FINDING], [SOURCE])])
    monkeypatch.setenv("DATABASE_URL", str(engine.url))
    store.forget()
    return engine


@pytest.mark.parametrize("script", [place.script for place in PLACES])
def test_no_page_speaks_of_the_shipped_evidence(open_page, own, monkeypatch, script):
    monkeypatch.setenv("DATABASE_URL", str(own.url))
    app = open_page(script)
    assert not app.exception
    assert about_the_shipped(said(app)) == []


def test_the_workbook_does_not(own):
    out = io.BytesIO()
    assert workbook.write(own, Filter(), out) == 1
    cells = [str(value) for sheet in openpyxl.load_workbook(out) for row in sheet.values for value in row if value]
    assert about_the_shipped("\n".join(cells)) == []
    assert "Under which terms the evidence stands is not stated with it: ask those who coded it." in cells


@pytest.mark.parametrize("view", VIEWS)
def test_no_slide_does_on_a_wall_a_phone_or_in_powerpoint(own, view):
    with store.beside_the_page():
        one = Slide("a", "{findings:finding}", view)
        page = deck.page(one)
        written = slide.as_html(one)
    out = io.BytesIO()
    slides.write([page], "Own", out)
    file = Presentation(out)
    texts = [shape.text_frame.text for shape in file.slides[0].shapes if shape.has_text_frame]
    texts.append(file.slides[0].notes_slide.notes_text_frame.text)
    assert about_the_shipped(written) == []
    assert about_the_shipped("\n".join(texts)) == []


def test_the_words_looked_for_are_said_of_the_shipped_evidence(open_page):
    assert set(about_the_shipped(said(open_page("method")))) == set(SHIPPED) - {"data/shipped/strands/README.md"}
