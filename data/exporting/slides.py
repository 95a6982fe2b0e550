"""A meeting's slides as a PowerPoint file: native charts that can be edited, speaker's notes, source lines."""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import BinaryIO

from openpyxl import Workbook
from pptx import Presentation
from pptx.chart.data import CategoryChartData
from pptx.dml.color import RGBColor
from pptx.enum.chart import XL_CHART_TYPE, XL_LEGEND_POSITION
from pptx.util import Emu, Inches, Length, Pt

from data.exporting.cells import UNWRITABLE, escaped

TEXT, MUTED = RGBColor(0x1B, 0x1B, 0x1F), RGBColor(0x55, 0x5B, 0x63)
WIDE, HIGH = Inches(13.333), Inches(7.5)
MARGIN = Inches(0.6)
FONT = "Calibri"
TITLE_ONLY = 5
"""The layout of the default template that has a title and nothing else."""
LONG, LONGER = 80, 150
"""Characters from which a message is set smaller."""
MOST_BODY = 1_500
"""Characters of running text that a slide holds; the rest stands in its notes."""


@dataclass(frozen=True)
class Series:
    """One series of a chart: its name, a value a category, and its colour as #RRGGBB."""

    name: str
    values: tuple[float, ...]
    colour: str


@dataclass(frozen=True)
class Chart:
    """A chart of stacked bars: categories from the top, or upright from the left, and its series."""

    title: str
    categories: tuple[str, ...]
    series: tuple[Series, ...]
    upright: bool = False


@dataclass(frozen=True)
class Page:
    """One slide of the file: a message, charts beside each other or running text, a source line, notes."""

    message: str
    charts: tuple[Chart, ...]
    text: str
    source: str
    notes: str


def write(pages: Sequence[Page], title: str, out: BinaryIO) -> None:
    """Write the pages as a .pptx of 16 by 9."""
    deck = Presentation()
    deck.slide_width, deck.slide_height = WIDE, HIGH
    deck.core_properties.title, deck.core_properties.language = _clean(title), "en-GB"
    for page in pages:
        _page(deck, page)
    deck.save(out)


def _page(deck, page: Page) -> None:  # type: ignore[no-untyped-def]
    slide = deck.slides.add_slide(deck.slide_layouts[TITLE_ONLY])
    heading = slide.shapes.title
    heading.left, heading.top, heading.width, heading.height = MARGIN, Inches(0.4), WIDE - 2 * MARGIN, Inches(1.2)
    _say(heading.text_frame, page.message, _size(page.message), bold=True)
    top, height = Inches(1.75), Inches(4.7)
    for place, chart in enumerate(page.charts):
        width = Emu((WIDE - 2 * MARGIN) // len(page.charts))
        _chart(slide, chart, Emu(MARGIN + place * width), top, width, height)
    if not page.charts:
        box = slide.shapes.add_textbox(MARGIN, top, WIDE - 2 * MARGIN, height)
        box.text_frame.word_wrap = True
        _say(box.text_frame, _body(page.text), 20)
    foot = slide.shapes.add_textbox(MARGIN, Inches(6.6), WIDE - 2 * MARGIN, Inches(0.7))
    foot.text_frame.word_wrap = True
    _say(foot.text_frame, page.source, 12, colour=MUTED)
    slide.notes_slide.notes_text_frame.text = _clean("\n\n".join(filter(None, (page.notes, page.text))))


def _body(text: str) -> str:
    return text if len(text) <= MOST_BODY else f"{text[:MOST_BODY].rstrip()} … (the rest stands in the notes)"


def _size(message: str) -> int:
    """Return the size in points at which a message stays within three lines."""
    return 20 if len(message) > LONGER else 24 if len(message) > LONG else 28


def _chart(slide, chart: Chart, left: Length, top: Length, width: Length, height: Length) -> None:  # type: ignore[no-untyped-def]
    data = CategoryChartData()
    data.categories = [_clean(name) for name in chart.categories]
    for series in chart.series:
        data.add_series(_clean(series.name), series.values)
    kind = XL_CHART_TYPE.COLUMN_STACKED if chart.upright else XL_CHART_TYPE.BAR_STACKED
    drawn = slide.shapes.add_chart(kind, left, top, width, height, data).chart
    drawn.part.chart_workbook.update_from_xlsx_blob(_numbers(chart))
    drawn.has_title = bool(chart.title)
    if chart.title:
        _say(drawn.chart_title.text_frame, chart.title, 16, bold=True)
    drawn.has_legend = len(chart.series) > 1
    if drawn.has_legend:
        drawn.legend.position, drawn.legend.include_in_layout = XL_LEGEND_POSITION.TOP, False
    drawn.category_axis.reverse_order = not chart.upright  # the first at the top, as on the screen
    drawn.font.size, drawn.font.name = Pt(12), FONT
    plot = drawn.plots[0]
    plot.gap_width, plot.overlap, plot.has_data_labels = 45, 100, True
    plot.data_labels.number_format, plot.data_labels.number_format_is_linked = "0;;", False  # no label on a nought
    for series, held in zip(plot.series, chart.series, strict=True):
        series.format.fill.solid()
        series.format.fill.fore_color.rgb = RGBColor.from_string(held.colour.lstrip("#"))


def _numbers(chart: Chart) -> bytes:
    """Return the workbook that a chart is edited in, its names as text: python-pptx would make =1+1 a formula."""
    file = Workbook()
    sheet = file.active
    sheet.title = "Sheet1"  # as the chart's own references have it
    held = [("", *(series.name for series in chart.series)), *zip(chart.categories, *_values(chart), strict=True)]
    for down, row in enumerate(held, start=1):
        for across, value in enumerate(row, start=1):
            cell = sheet.cell(down, across)
            if isinstance(value, str):
                cell.value, cell.data_type = escaped(_clean(value)) or None, "s"
            else:
                cell.value = value
    out = io.BytesIO()
    file.save(out)
    return out.getvalue()


def _values(chart: Chart) -> list[tuple[float, ...]]:
    return [series.values for series in chart.series]


def _say(frame, text: str, size: int, bold: bool = False, colour: RGBColor = TEXT) -> None:  # type: ignore[no-untyped-def]
    frame.text = _clean(text)
    frame.word_wrap = True
    for paragraph in frame.paragraphs:
        paragraph.font.size, paragraph.font.bold = Pt(size), bold
        paragraph.font.name, paragraph.font.color.rgb = FONT, colour


def _clean(text: str) -> str:
    return UNWRITABLE.sub("\ufffd", text)
