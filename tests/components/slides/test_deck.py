"""Slides as a file: of a briefing, of each view, with nothing on them that is meant for a screen."""

import io
import re
from itertools import chain

import pytest
from pptx import Presentation

from components.figures.charts import charted
from components.slides import deck, page_slides
from components.slides import slide as slides
from components.store import store
from data.exporting.slide_parts import Chart, Grid
from data.filters.filter import Filter
from data.presenting import toml_files
from data.presenting.briefing import VIEWS, Slide
from models import Access

pytestmark = [pytest.mark.usefixtures("shown"), pytest.mark.slow]
NORTH_EAST, LIBRARY = Filter(region=("TLC",)), Filter(q="library")
GRIDS, WORDS = {"definitions", "gap map"}, {"text", "finding", "limits"}
FOR_A_SCREEN = re.compile(r"\b(?i:choose an?|click|hover|the table|the file has|new tab)\b|Press [A-Z]\b")


def opened(made: bytes):  # type: ignore[no-untyped-def]
    return Presentation(io.BytesIO(made))


def written(page) -> str:  # type: ignore[no-untyped-def]
    on_slide = [shape.text_frame.text for shape in page.shapes if shape.has_text_frame]
    return "\n".join([*on_slide, page.notes_slide.notes_text_frame.text])


@pytest.mark.parametrize("view", VIEWS)
def test_every_view_becomes_charts_a_grid_or_text_and_says_nothing_to_a_screen(view):
    page = deck.page(Slide("a", "So", view, text="More" if view == "text" else ""))
    kinds = {type(part) for part in page.parts}
    assert kinds == (set() if view in WORDS else {Grid} if view in GRIDS else {Chart})
    assert page.text or page.parts
    assert not FOR_A_SCREEN.search(f"{page.message} {page.text} {page.source}")
    assert str(store.current()) in page.source
    for chart in page.parts:
        names = chart.categories if isinstance(chart, Chart) else chart.columns
        assert all(name and "<" not in name and "&amp;" not in name for name in names)


def test_a_grid_holds_the_cells_that_the_screen_draws():
    figure = slides.prepared(Slide("a", "So", "gap map")).exhibit.figure
    (grid,) = charted.parts(figure)
    drawn = [text for trace in figure["data"] for text in trace["text"]]
    assert sorted(cell.text for _, cells in grid.rows for cell in cells) == sorted(drawn)
    assert {(cell.colour, cell.ink) for _, cells in grid.rows for cell in cells} == {
        pair for trace in figure["data"]
        for pair in zip(trace["marker"]["color"], trace["textfont"]["color"], strict=True)
    }  # fmt: skip


@pytest.mark.parametrize(("code", "region"), [("what-the-evidence-says", ""), ("region", "TLC")])
def test_a_briefing_is_a_file_of_its_title_its_slides_and_its_questions(code, region):
    briefing = toml_files.read((toml_files.FOLDER / f"{code}.toml").read_text(encoding="utf-8"), code)
    file = opened(deck.of_briefing(briefing, region))
    said = [slides.prepared(slide).said.message for slide in briefing.about(region).slides]
    asked = [slide.question and slide.question.text for slide in briefing.slides]
    expected = [briefing.title, *filter(None, chain.from_iterable(zip(said, asked, strict=True)))]
    assert [page.shapes.title.text_frame.text for page in file.slides] == expected
    assert not any(FOR_A_SCREEN.search(written(page).replace("Choose all that apply.", "")) for page in file.slides)
    assert ("North East" in written(file.slides[0])) == bool(region)


@pytest.mark.parametrize("script", [*page_slides.ON_PAGE, "agreement"])
def test_a_page_is_a_file_of_its_answer_each_of_its_views_and_what_to_know(script):
    shown = page_slides.of_page(script, NORTH_EAST)
    assert [slide.view for slide in shown][-1] == "limits"
    assert {slide.view for slide in shown} == {*page_slides.ON_PAGE.get(script, ()), "limits"}
    file = opened(deck.of_page("Page", "The answer", ["How much.", "How sure."], shown, Access.PUBLIC))
    assert len(file.slides) == 1 + len(shown)
    assert written(file.slides[0]).startswith("The answer\nHow much.\n\nHow sure.\nMade on ")
    assert "in the North East" in written(file.slides[1])


@pytest.mark.parametrize(
    ("view", "wanted", "said"),
    [
        ("map", NORTH_EAST, "Named most often: the North East (23), the North West (22) and Scotland (20)"),
        ("regions", NORTH_EAST, "More studies report strengthening than impeding in 7 of 12 UK regions and "
         "nations; fewer in 4"),
        ("strands", NORTH_EAST, "In the North East: the largest strand is community: 12 of 23 findings"),
        ("methods", LIBRARY, "Search “library”: the most frequent method is commentary: 20 of 46 sources"),
        ("place themes", Filter(), "Everywhere, told most: Role of the state (145 findings, 123 studies), Funding and "
         "financial sustainability (131 findings, 113 studies) and Community leadership and ownership (126 findings, "
         "104 studies)"),
        ("finding", LIBRARY, "Search “library”: 53 findings from 46 sources, reporting 39 separate studies"),
        ("gap map", NORTH_EAST, "In the North East: of 960 pairings of a narrow theme with a narrow lever, "
         "903 hold no finding"),
        ("limits", NORTH_EAST, "What to know before using these findings"),
    ],
)  # fmt: skip
def test_each_slide_of_a_page_has_a_message_of_its_own_with_its_scope(view, wanted, said):
    assert deck.headline(page_slides.of_view("a", view, wanted)) == said


@pytest.mark.parametrize("view", ["finding", "limits"])
def test_no_type_on_a_slide_of_findings_or_limits_is_under_12_points(view):
    for wanted in (Filter(), NORTH_EAST, LIBRARY):
        shown = [page_slides.of_view("a", view, wanted)]
        page = opened(deck.of_page("Page", "The answer", (), shown, Access.PUBLIC)).slides[1]
        frames = [shape.text_frame for shape in page.shapes if shape.has_text_frame]
        sizes = [paragraph.font.size.pt for frame in frames for paragraph in frame.paragraphs]
        assert min(sizes) >= 12
        assert not any("the rest stands in the notes" in frame.text for frame in frames)


def test_what_to_know_is_a_list():
    text = deck.page(page_slides.of_view("a", "limits", Filter())).text
    assert all(line.startswith("• ") for line in text.split("\n"))
