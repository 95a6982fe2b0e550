"""Sheets and tables get names that a spreadsheet takes, whatever they are asked to be called."""

import io

import openpyxl
import pytest

from data.exporting.sheets import Book, SheetColumn


def names(*wanted: str) -> tuple[list[str], list[str]]:
    """Return the names that sheets and their tables get."""
    book = Book()
    for name in wanted:
        book.table(name, "Title", "About.", [SheetColumn("a", "A")], 1, "").fill([["1"]])
    out = io.BytesIO()
    book.save(out)
    opened = openpyxl.load_workbook(out)
    return opened.sheetnames, [table for sheet in opened for table in sheet.tables]


def test_two_sheets_of_one_name_are_told_apart() -> None:
    assert names("Gap map", "gap map", "Gap map") == (
        ["Gap map", "gap map (2)", "Gap map (3)"],
        ["gap_map", "gap_map_2", "gap_map_3"],
    )


@pytest.mark.parametrize(
    ("wanted", "sheet", "table"),
    [
        ("Themes: by [region]/level?", "Themes by region level", "themes_by_region_level"),
        ("A name longer than thirty-one letters", "A name longer than thirty-one l", "a_name_longer_than_thirty_one_l"),
        ("'quoted'", "quoted", "quoted"),
        ("History", "History (2)", "history_2"),
        ("T1", "T1", "table_t1"),
        ("R", "R", "table_r"),
        ("R1C1", "R1C1", "table_r1c1"),
        ("2019 to 2024", "2019 to 2024", "table_2019_to_2024"),
        ("😀" * 20, "😀" * 15, "table"),
        ("\0\n", "Table", "table"),
    ],
)  # fmt: skip
def test_a_name_that_a_spreadsheet_refuses_is_made_one_it_takes(wanted: str, sheet: str, table: str) -> None:
    assert names(wanted) == ([sheet], [table])


def test_names_cut_short_are_still_told_apart() -> None:
    sheets, _ = names("Pairs of themes most often in one finding, A", "Pairs of themes most often in one finding, B")
    assert sheets == ["Pairs of themes most often in o", "Pairs of themes most often (2)"]
    assert all(len(name) <= 31 for name in sheets)


def test_headers_are_one_line_each_none_empty_and_no_two_alike() -> None:
    book = Book()
    columns = [SheetColumn(name, "") for name in ("Name", "name", "", "two\nlines", "=1+1", "_x0041_", "bell\x07")]
    book.table("Sheet", "Title", "About.", columns, 1, "").fill([["a"] * 7])
    out = io.BytesIO()
    book.save(out)
    sheet = openpyxl.load_workbook(out)["Sheet"]
    assert [cell.value for cell in sheet[4]] == [
        "Name", "name (2)", "column 3", "two lines", "=1+1", "_x005F_x0041_", "bell\ufffd",
    ]  # fmt: skip
    assert [cell.data_type for cell in sheet[4]] == ["s"] * 7
    # openpyxl gives back the escaped underscore of a table's column, though not that of a cell.
    assert sheet.tables["sheet"].column_names == [cell.value.replace("_x005F_", "_") for cell in sheet[4]]


def printed(*said: str) -> list[tuple[str | None, ...]]:
    """Return left, middle and right of the foot, and the head, of each of two sheets that are signed."""
    book = Book()
    for name in ("One", "Two"):
        book.table(name, "Title", "About.", [SheetColumn("a", "A")], 1, "").fill([["1"]])
    book.sign(*said)
    out = io.BytesIO()
    book.save(out)
    return [
        (*(part.text for part in (sheet.oddFooter.left, sheet.oddFooter.center, sheet.oddFooter.right)),
         sheet.oddHeader.left.text)
        for sheet in openpyxl.load_workbook(out)
    ]  # fmt: skip


def test_a_printed_page_of_every_sheet_says_which_page_of_how_many_and_of_which_evidence() -> None:
    signed = ("Name && more", "&A, page &P of &N", "Data version 1", "Coded by hand.")
    assert printed("Name & more", "Data version 1", "Coded by hand.") == [signed, signed]
    assert printed("Name", "Data version 1", "") == [("Name", "&A, page &P of &N", "Data version 1", None)] * 2


@pytest.mark.parametrize("said", ["x" * 400, "&" * 400, "a & b " * 80])
def test_a_foot_is_no_longer_than_excel_takes_and_holds_no_half_code(said: str) -> None:
    (left, middle, right, head), _ = printed(said, said, said)
    assert left and right and head
    assert len(f"&L&7 {left}&C&7 {middle}&R&7 {right}") <= 255 >= len(f"&L&7 {head}")
    for part in (left, right, head):
        assert part.endswith("…")
        assert part.count("&") % 2 == 0
