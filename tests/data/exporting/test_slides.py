"""A meeting as a PowerPoint file: charts that can be edited with the numbers of the figure, and text that is text."""

import io
from typing import Any

from openpyxl import load_workbook
from pptx import Presentation
from pptx.dml.color import RGBColor

from data.exporting import slides
from data.exporting.slides import Chart, Page, Series

STACKED = Chart("Where applied", ("Libraries", "Pubs & <bars>"),
                (Series("strengthened", (3.0, 0.0), "#12436D"), Series("impeded", (1.0, 2.0), "#E57200")))  # fmt: skip
ONE = Chart("", ("=1+1",), (Series("Answers", (7.0,), "#12436D"),))
HARD = "=HYPERLINK(1) \x00 <b>👩‍👩‍👧</b> & _x0041_"


def reopened(*pages: Page) -> Any:
    out = io.BytesIO()
    slides.write(pages, "Record", out)
    return Presentation(io.BytesIO(out.getvalue()))


def charts(slide: Any) -> list[Any]:
    return [shape.chart for shape in slide.shapes if shape.has_chart]


def texts(slide: Any) -> list[str]:
    return [shape.text_frame.text for shape in slide.shapes if shape.has_text_frame]


def test_charts_are_native_with_the_numbers_names_and_colours_of_the_figure():
    found = charts(reopened(Page("Said", (STACKED, ONE), "", "Source", "Notes")).slides[0])
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


def test_the_workbook_behind_a_chart_holds_its_numbers_and_no_formula():
    chart = charts(reopened(Page("Said", (ONE,), "", "", "")).slides[0])[0]
    sheet = load_workbook(io.BytesIO(chart.part.chart_workbook.xlsx_part.blob)).active
    assert [[(cell.value, cell.data_type) for cell in row] for row in sheet.iter_rows()] == [
        [(None, "n"), ("Answers", "s")], [("=1+1", "s"), (7, "n")],
    ]  # fmt: skip


def test_a_page_holds_message_text_source_line_and_notes_as_text_whatever_they_look_like():
    shown = reopened(Page(HARD, (), HARD, HARD, HARD), Page("Second", (STACKED,), "Said beside", "", "")).slides
    as_text = HARD.replace("\x00", "\ufffd")
    assert texts(shown[0]) == [as_text, as_text, as_text]
    assert shown[0].notes_slide.notes_text_frame.text == f"{as_text}\n\n{as_text}"
    assert shown[1].notes_slide.notes_text_frame.text == "Said beside"


def test_long_text_is_cut_on_the_slide_and_whole_in_its_notes():
    long = "word " * 2_000
    page = reopened(Page("Long", (), long, "", "")).slides[0]
    assert texts(page)[1] == f"{long[:1_500].rstrip()} … (the rest stands in the notes)"
    assert page.notes_slide.notes_text_frame.text == long
