"""The first sheet is for reading: the answer, what to know first, and seven columns at the width of a page."""

import io

import openpyxl
from openpyxl.utils import range_boundaries

from data.exporting import to_read, workbook
from data.filters.filter import Filter

HUBS = "region=TLC,TLD&theme=T1.1"
CONFIDENCES = ["high", "moderate", "low", "very low"]
PRINTED_AT_MOST = 175
"""Characters of Calibri 11 that the width of A4 lying holds, printed at five sixths of its size."""


def above(sheet) -> list[str]:  # type: ignore[no-untyped-def]
    """Return the lines before the table."""
    (table,) = sheet.tables.values()
    return [sheet.cell(row, 1).value for row in range(1, range_boundaries(table.ref)[1])]


def test_it_opens_with_the_filter_the_answer_how_much_and_what_to_know(open_workbook) -> None:
    title, answer, much, *others = above(open_workbook(HUBS)["To read"])
    assert title == "Community buildings and hubs, in the North East or North West"
    assert answer == (
        "Community buildings and hubs, in the North East or the North West: where policy levers were applied, 5 of 5 "
        "studies report strengthening; where withdrawn or lacking, the one study reports impeding."
    )
    assert much.startswith("8 findings from 8 sources, reporting 8 separate studies.")
    assert any("language models" in line and "no person has yet reviewed them" in line for line in others)
    assert any("This is not GRADE-CERQual" in line for line in others)
    assert "The sheet Cover says what else to know before using this file." in others


def test_the_answer_is_the_one_that_the_page_opens_with(loaded) -> None:
    out = io.BytesIO()
    workbook.write(loaded, Filter(theme=("T1.1",)), out, page="Themes", answer="Hubs are named most often.")
    assert above(openpyxl.load_workbook(out)["To read"])[1] == "Hubs are named most often."


def test_it_has_seven_columns_in_words_and_the_surest_finding_first(open_workbook, rows, csv_findings) -> None:
    shown = rows(open_workbook(HUBS)["To read"])
    assert list(shown[0]) == [
        "What the source reports", "Direction", "Policy levers", "Where", "Confidence", "Source", "Ref",
    ]  # fmt: skip
    places = [CONFIDENCES.index(row["Confidence"]) for row in shown]
    assert places == sorted(places)
    filed = {row["finding_id"]: row for row in csv_findings}
    assert {row["Ref"]: row["What the source reports"] for row in shown} == {
        ref: row["finding"]
        for ref, row in filed.items()
        if {"TLC", "TLD"} & set(row["regions"].split(";")) and "T1.1" in row["themes"].split(";")
    }
    told = {row["Ref"]: row for row in shown}["COM-E017"]
    assert [told[name] for name in ("Policy levers", "Where", "Source")] == [
        "Capital grants (applied)",
        "South Shields; North East",
        "Shields Gazette 2017: Community hub is thriving on old South Shields pit site",
    ]


def test_it_is_printed_at_the_width_of_the_page_in_letters_that_can_be_read(open_workbook) -> None:
    sheet = open_workbook()["To read"]
    assert (sheet.page_setup.orientation, sheet.page_setup.fitToHeight, sheet.page_setup.paperSize) == (
        "landscape", 0, 9,
    )  # fmt: skip
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert sum(column.width for column in sheet.column_dimensions.values()) <= PRINTED_AT_MOST
    assert all(cell.alignment.wrap_text for row in sheet for cell in row if cell.value)
    header = len(above(sheet)) + 1
    assert sheet.print_title_rows == f"${header}:${header}"
    heights = [sheet.row_dimensions[row].height for row in range(1, sheet.max_row + 1)]
    assert all(height and height <= 409 for height in heights)


def test_more_findings_than_are_read_are_told_to_stand_elsewhere(open_workbook, rows) -> None:
    sheet = open_workbook()["To read"]
    assert len(rows(sheet)) == to_read.MOST < len(rows(open_workbook()["Findings"])) == 543
    assert (
        "The 500 findings to read first of 543, those of the highest confidence first; all stand on the sheet Findings."
        in above(sheet)
    )


def test_a_search_has_its_best_matches_first(open_workbook) -> None:
    assert any("best matches first" in line for line in above(open_workbook("q=library")["To read"]))


def test_a_view_without_findings_says_so(open_workbook, rows) -> None:
    sheet = open_workbook("finding=none-such")["To read"]
    assert above(sheet)[1] == "No finding is in this view."
    assert set(rows(sheet)[0].values()) == {"[z]"}


def test_a_text_too_long_for_a_page_is_said_to_stand_whole_elsewhere(strand_of, rows) -> None:
    out = io.BytesIO()
    workbook.write(strand_of({"finding": "word " * 1_000}), Filter(), out)
    (row,) = rows(openpyxl.load_workbook(out)["To read"])
    assert row["What the source reports"].endswith("word … (whole on the sheet Findings)")
