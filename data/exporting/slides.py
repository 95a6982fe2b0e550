"""Slides as a PowerPoint file: native charts and tables, text that fits its place, speaker's notes, source lines."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, BinaryIO

from pptx import Presentation
from pptx.enum.text import MSO_ANCHOR
from pptx.util import Pt

from data import palette
from data.exporting.fitting import MOST_LINES, Fitted, fitted
from data.exporting.request import ORGANISATION
from data.exporting.slide_charts import FONT, clean, colour, draw_charts, draw_grid
from data.exporting.slide_parts import Chart, Grid, Part

WIDE, HIGH = 960.0, 540.0
"""Points of a slide of 16 by 9."""
MARGIN, TOP, BOTTOM, BETWEEN = 43.0, 26.0, 518.0, 12.0
TITLE_ONLY = 5
"""The layout of the default template that has a title and nothing else."""
OPENING_SIZES, TITLE_SIZES = (44, 40, 36, 32, 28, 24, 20), (30, 28, 26, 24, 22, 20, 18)
TEXT_SIZES, BESIDE_SIZES = (24, 20, 18, 16, 15, 14, 13, 12), (14, 12)
FOOT_SIZES = (12, 11, 10)
"""Of a source line; beneath text alone it is never smaller than the first, so that nothing there is."""
MOST_OPENING, MOST_FOOT = 3, 5
"""Lines that the message of an opening and a source line may take."""
MOST_TITLE = 110.0
"""Points of height that a message has above a figure or text: three lines of the largest type, more of smaller."""
MOST_BESIDE = 60.0
"""Points of height that text has above a figure; longer text stands in the notes."""
FULL = HIGH


@dataclass(frozen=True)
class Page:
    """One slide of the file: a message, the parts of a figure beside each other or text, a source line, notes."""

    message: str
    parts: tuple[Part, ...]
    text: str
    source: str
    notes: str
    opening: bool = False
    """Whether it opens the file: its message stands large, lower on the slide."""


def write(pages: Sequence[Page], title: str, out: BinaryIO) -> None:
    """Write the pages as a .pptx of 16 by 9."""
    deck = Presentation()
    deck.slide_width, deck.slide_height = Pt(WIDE), Pt(HIGH)
    properties = deck.core_properties
    properties.title, properties.author, properties.language = clean(title), ORGANISATION, "en-GB"
    for page in pages:
        _page(deck, page)
    deck.save(out)


def _page(deck: Any, page: Page) -> None:
    slide = deck.slides.add_slide(deck.slide_layouts[TITLE_ONLY])
    room = WIDE - 2 * MARGIN
    sizes, top = (OPENING_SIZES, TOP + HIGH / 6) if page.opening else (TITLE_SIZES, TOP)
    high, most = (FULL, MOST_OPENING) if page.opening else (MOST_TITLE, MOST_LINES)
    title = fitted(page.message, room, high, sizes, bold=True, most_lines=most)
    feet = FOOT_SIZES if page.parts else FOOT_SIZES[:1]
    source = fitted(page.source, room, FULL, feet, most_lines=MOST_FOOT)
    foot = BOTTOM - source.height if page.source else BOTTOM
    _say(slide.shapes.title, title, (MARGIN, top, room, title.height + 2), bold=True)
    top += title.height + BETWEEN + 4
    beside, whole = bool(page.parts), Fitted("", 0, 0, False)
    if page.text:
        height = MOST_BESIDE if beside else foot - BETWEEN - top
        whole = fitted(page.text, room, height, BESIDE_SIZES if beside else TEXT_SIZES)
        if not (beside and whole.cut):
            _say(slide.shapes.add_textbox(0, 0, 0, 0), whole, (MARGIN, top, room, whole.height))
            top += whole.height + BETWEEN
    _parts(slide, page.parts, (MARGIN, top, room, foot - BETWEEN - top))
    if page.source:
        _say(slide.shapes.add_textbox(0, 0, 0, 0), source, (MARGIN, foot, room, source.height), ink=palette.MUTED)
    _notes(slide, page, ((title, page.message), (whole, page.text), (source, page.source)))


def _parts(slide: Any, parts: Sequence[Part], box: tuple[float, float, float, float]) -> None:
    charts = [part for part in parts if isinstance(part, Chart)]
    if charts:
        draw_charts(slide, charts, box)
    for part in parts:
        if isinstance(part, Grid):
            draw_grid(slide, part, box)


def _notes(slide: Any, page: Page, said: Sequence[tuple[Fitted, str]]) -> None:
    """Write the notes: the page's own, what was cut on it, whole, and the numbers of its charts."""
    cut = [whole for shown, whole in said if shown.cut]
    numbers = [part.in_words() for part in page.parts if isinstance(part, Chart)]
    slide.notes_slide.notes_text_frame.text = clean("\n\n".join(filter(None, (page.notes, *cut, *numbers))))


def _say(
    shape: Any, said: Fitted, box: tuple[float, float, float, float], bold: bool = False, ink: str = palette.TEXT
) -> None:
    shape.left, shape.top, shape.width, shape.height = map(Pt, box)
    frame = shape.text_frame
    frame.text, frame.word_wrap, frame.vertical_anchor = clean(said.text), True, MSO_ANCHOR.TOP
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
    for paragraph in frame.paragraphs:
        font = paragraph.font
        font.size, font.bold, font.name, font.color.rgb = Pt(said.size), bold, FONT, colour(ink)
        paragraph.line_spacing, paragraph.alignment = 1.0, 1
