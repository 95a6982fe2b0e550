"""Slides as a PowerPoint file: charts and tables that can be edited, text that is text and stays in its place."""

import io
from itertools import pairwise
from typing import Any

import pytest
from openpyxl import load_workbook
from pptx import Presentation
from pptx.dml.color import RGBColor
from pptx.util import Pt

from data.exporting import fitting, slides
from data.exporting.slide_parts import Cell, Chart, Grid, Series
from data.exporting.slides import Page

NAMES = ("Libraries", "Pubs & <bars>")
DARK, WARM, WHITE = "#12436D", "#E57200", "#FFFFFF"
STACKED = Chart("Where applied", NAMES, (Series("strengthened", (3.0, 0.0), DARK, WHITE),
                                         Series("impeded", (1.0, 2.0), WARM)))  # fmt: skip
BESIDE = Chart("Withdrawn", NAMES, (Series("strengthened", (0.0, 0.0), DARK, WHITE),
                                    Series("impeded", (40.0, 1.0), WARM)))  # fmt: skip
ONE = Chart("", ("=1+1",), (Series("Answers", (7.0,), "#12436D"),))
GRID = Grid(("Libraries", "=1+1"), (("Places", (Cell("3 ○", "#12436D", "#FFFFFF"), Cell("0", "#F3F5F7", "#1B1B1F"))),))
HARD = "=HYPERLINK(1) \x00 <b>👩‍👩‍👧</b> & _x0041_"
LONG = "It takes many words to say how much stands under it. " * 60


def reopened(*pages: Page) -> Any:
    out = io.BytesIO()
    slides.write(pages, "Record", out)
    return Presentation(io.BytesIO(out.getvalue()))


def charts(slide: Any) -> list[Any]:
    return [shape.chart for shape in slide.shapes if shape.has_chart]


def texts(slide: Any) -> list[str]:
    return [shape.text_frame.text for shape in slide.shapes if shape.has_text_frame]


def test_charts_are_native_with_the_numbers_names_and_colours_of_the_figure():
    found = [
        charts(one)[0] for one in reopened(Page("a", (STACKED,), "", "", ""), Page("b", (ONE,), "", "", "")).slides
    ]
    assert [[str(name) for name in chart.plots[0].categories] for chart in found] == [
        ["Libraries", "Pubs & <bars>"], ["=1+1"],
    ]  # fmt: skip
    assert [[(one.name, one.values, one.format.fill.fore_color.rgb) for one in chart.plots[0].series]
            for chart in found] == [
        [("strengthened", (3.0, 0.0), RGBColor(0x12, 0x43, 0x6D)), ("impeded", (1.0, 2.0), RGBColor(0xE5, 0x72, 0))],
        [("Answers", (7.0,), RGBColor(0x12, 0x43, 0x6D))],
    ]  # fmt: skip
    assert [chart.has_title and chart.chart_title.text_frame.text for chart in found] == ["Where applied", False]
    assert [chart.has_legend for chart in found] == [True, False]


def test_two_panels_stand_on_one_scale_with_bars_of_one_length_a_study():
    page = reopened(Page("Said", (STACKED, BESIDE), "", "Source", "")).slides[0]
    frames = [shape for shape in page.shapes if shape.has_chart]
    assert {(f.chart.value_axis.minimum_scale, f.chart.value_axis.maximum_scale) for f in frames} == {(0.0, 40.0)}
    placed = [{part.tag.split("}")[1]: part.get("val") for part in frame.chart._chartSpace.chart.plotArea[0][0]}
              for frame in frames]  # fmt: skip
    widths = [float(said["w"]) * frame.width / 12_700 for said, frame in zip(placed, frames, strict=True)]
    assert widths[0] == pytest.approx(widths[1], abs=0.1)
    assert placed[0]["y"] == placed[1]["y"]
    assert placed[0]["layoutTarget"] == placed[1]["layoutTarget"] == "inner"


def test_a_label_has_the_ink_that_is_read_on_its_bar_and_stands_only_where_it_fits():
    first, second = charts(reopened(Page("Said", (STACKED, BESIDE), "", "", "")).slides[0])[1].plots[0].series
    assert [one.data_labels.font.color.rgb for one in (first, second)] == [
        RGBColor(0xFF, 0xFF, 0xFF), RGBColor(0x1B, 0x1B, 0x1F),
    ]  # fmt: skip
    assert second.data_labels.number_format == '[<40]"";#,##0'  # the 1 beside 40 has no room for its number


def test_a_grid_is_a_table_with_its_numbers_colours_and_inks():
    page = reopened(Page("Said", (GRID,), "", "", "")).slides[0]
    table = next(shape.table for shape in page.shapes if shape.has_table)
    assert [[cell.text for cell in row.cells] for row in table.rows] == [
        ["", "Libraries", "=1+1"], ["Places", "3 ○", "0"],
    ]  # fmt: skip
    dark = table.cell(1, 1)
    assert dark.fill.fore_color.rgb == RGBColor(0x12, 0x43, 0x6D)
    assert dark.text_frame.paragraphs[0].font.color.rgb == RGBColor(0xFF, 0xFF, 0xFF)


def test_every_slide_has_a_title_and_every_figure_is_described():
    deck = reopened(Page("Said", (STACKED,), "", "", ""), Page("Grid", (GRID,), "", "", ""))
    assert [slide.shapes.title.text_frame.text for slide in deck.slides] == ["Said", "Grid"]
    told = [s._element.xpath(".//p:cNvPr")[0].get("descr") for page in deck.slides for s in page.shapes
            if s.has_chart or s.has_table]  # fmt: skip
    assert told == [
        "Where applied. Libraries: 3 strengthened, 1 impeded; Pubs & <bars>: 0 strengthened, 2 impeded.",
        "A table of 1 rows by 2 columns: Libraries, =1+1.",
    ]


@pytest.mark.parametrize("parts", [(), (STACKED,), (STACKED, BESIDE), (GRID,)], ids=["none", "one", "two", "grid"])
@pytest.mark.parametrize("text", ["", "Said beside", LONG], ids=["no text", "short", "long"])
@pytest.mark.parametrize("source", ["", "Source", LONG], ids=["no source", "short", "long"])
def test_nothing_on_a_slide_runs_over_what_stands_beneath_it_or_over_the_edge(parts, text, source):
    page = reopened(Page(LONG, parts, text, source, "")).slides[0]
    rows = [shape for shape in page.shapes if shape.height]
    for chart in [shape for shape in rows if shape.has_chart][1:]:
        rows.remove(chart)  # it stands beside the first
    rows.sort(key=lambda shape: shape.top)
    assert rows[-1].top + rows[-1].height <= Pt(slides.HIGH)
    assert all(above.top + above.height <= below.top + Pt(1) for above, below in pairwise(rows))
    for shape in rows:
        if shape.has_text_frame and shape.text_frame.text:
            font = shape.text_frame.paragraphs[0].font
            held = fitting.lines(shape.text_frame.text, font.size.pt, shape.width.pt, bool(font.bold))
            assert held * font.size.pt * fitting.LINE <= shape.height.pt + 1


def test_the_workbook_behind_a_chart_holds_its_numbers_and_no_formula():
    chart = charts(reopened(Page("Said", (ONE,), "", "", "")).slides[0])[0]
    sheet = load_workbook(io.BytesIO(chart.part.chart_workbook.xlsx_part.blob)).active
    assert [[(cell.value, cell.data_type) for cell in row] for row in sheet.iter_rows()] == [
        [(None, "n"), ("Answers", "s")], [("=1+1", "s"), (7, "n")],
    ]  # fmt: skip


def test_a_page_holds_message_text_source_line_and_notes_as_text_whatever_they_look_like():
    shown = reopened(Page(HARD, (), HARD, HARD, HARD)).slides
    as_text = HARD.replace("\x00", "\ufffd")
    assert texts(shown[0]) == [as_text, as_text, as_text]
    assert shown[0].notes_slide.notes_text_frame.text == as_text


def test_long_text_is_cut_on_the_slide_and_whole_in_its_notes():
    page = reopened(Page("Long", (), 3 * LONG, "", "Mine")).slides[0]
    assert texts(page)[1].endswith(fitting.CUT)
    assert page.notes_slide.notes_text_frame.text == f"Mine\n\n{3 * LONG}"
