"""Workbooks as people keep them: titles above tables, merged and hidden cells, formulas, errors, odd characters."""

import io
import zipfile
from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from data.importing.readers.format_choice import read_any
from data.importing.readers.raw import RawFile
from tests.data.importing.small_strand import write_workbook

REAL = Path(__file__).parents[3] / "files" / "readers"


def saved(book: openpyxl.Workbook) -> bytes:
    """Return a workbook as the bytes of its file."""
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def read(*rows: list[object], change=lambda sheet: None, name: str = "book.xlsx") -> RawFile:  # type: ignore[no-untyped-def]
    """Read a workbook of one sheet with these rows, changed as a test wants it."""
    book = openpyxl.Workbook()
    sheet: Worksheet = book.worksheets[0]
    for row in rows:
        sheet.append(row)
    change(sheet)
    return read_any(name, saved(book))


def said(file: RawFile) -> list[str]:
    """Return the faults as lines without what all share."""
    return [str(fault).removeprefix("book.xlsx: ").removeprefix("sheet Sheet ") for fault in file.faults]


class TestAHeader:
    def test_is_found_below_a_title_and_notes(self) -> None:
        file = read(
            ["Workshops of 2026"], [], ["Only those with consent"], ["place", "finding"], ["Blyth", "It reopened"]
        )
        assert (file.tables[0].columns, file.tables[0].rows) == (("place", "finding"), [(5, ("Blyth", "It reopened"))])

    def test_of_two_rows_names_columns_from_both(self) -> None:
        file = read(
            ["Where", None, "When"], ["place", "region", "year"], ["Blyth", "TLC", 2019],
            change=lambda sheet: sheet.merge_cells("A1:B1"),
        )  # fmt: skip
        assert file.tables[0].columns == ("Where / place", "Where / region", "When / year")
        assert file.tables[0].rows == [(3, ("Blyth", "TLC", "2019"))]
        assert said(file)[0] == (
            'row 2: has a second header row above its own; the columns are named from both, such as "Where / place"'
        )

    def test_that_repeats_a_name_gets_numbers_and_says_so(self) -> None:
        file = read(["theme", "theme", "theme (2)"], ["a", "b", "c"])
        assert file.tables[0].columns == ("theme", "theme (3)", "theme (2)") or len(set(file.tables[0].columns)) == 3
        assert len(said(file)) == 1

    def test_without_a_name_above_values_is_called_by_its_letter(self) -> None:
        file = read(["place", None, "year", None], ["Blyth", "x", 2019, None])
        assert file.tables[0].columns == ("place", "column B", "year")
        assert said(file) == [
            "row 1 column column B: its column B has no name but holds values; it is called 'column B'"
        ]

    def test_of_our_own_columns_says_what_its_rows_are(self, tmp_path: Path) -> None:
        file = read_any("strand.xlsx", write_workbook(tmp_path / "strand.xlsx"))
        assert [(table.sheet, table.holds) for table in file.tables] == [
            ("Sources", "sources"),
            ("Findings", "findings"),
        ]


class TestRows:
    def test_keep_their_numbers_across_blank_ones(self) -> None:
        assert [number for number, _ in read(["a", "b"], [], ["1", "x"], [None, None], ["2", "y"]).tables[0].rows] == [
            3,
            5,
        ]

    def test_of_an_empty_sheet_are_none_and_it_is_told(self) -> None:
        file = read()
        assert (file.tables, said(file)) == (
            [], ["sheet Sheet: is empty; it should start with a row that names its columns"])  # fmt: skip

    def test_take_16384_columns(self) -> None:
        file = read([f"c{number}" for number in range(16_384)], list(range(16_384)))
        assert (len(file.tables[0].columns), file.tables[0].rows[0][1][-1], said(file)) == (16_384, "16383", [])


class TestCells:
    def test_that_are_merged_are_told_with_their_places(self) -> None:
        file = read(["a", "b"], ["x", None], ["y", "z"], change=lambda sheet: sheet.merge_cells("A2:B2"))
        assert said(file) == [
            "row 2: 1 group of merged cells (A2:B2): the value stands in the first cell of each, the others are "
            "read as "
            "empty; unmerge them and fill each cell"
        ]

    def test_that_are_hidden_are_read_and_told(self) -> None:
        def hide(sheet: Worksheet) -> None:
            sheet.row_dimensions[2].hidden = True
            sheet.column_dimensions["B"].hidden = True

        file = read(["a", "b"], ["1", "x"], ["2", "y"], change=hide)
        assert file.tables[0].rows == [(2, ("1", "x")), (3, ("2", "y"))]
        assert said(file) == [
            "row 2: 1 row hidden or filtered out (2): read like any other",
            "sheet Sheet: hidden columns (B): read like any other",
        ]

    def test_of_a_formula_without_a_value_and_of_an_error_are_each_named(self) -> None:
        def spoil(sheet: Worksheet) -> None:
            sheet["B3"].value, sheet["B3"].data_type = "#REF!", "e"

        file = read(["a", "b"], ["1", "=A2+1"], ["2", None], change=spoil)
        assert said(file) == [
            "row 2: B2 is a formula without a value; open the workbook in Excel, let it calculate, and save it",
            "row 3: B3 holds the error #REF! and is read as empty; mend the formula, or write the value",
        ]

    @pytest.mark.parametrize("word", ["N/A", "n/a", "-", "–", "tbc", "TBC", "unknown"])
    def test_that_say_there_is_no_number_are_empty_and_told(self, word: str) -> None:
        file = read(["ref", "year"], ["a", 2019], ["b", word])
        assert file.tables[0].rows[1] == (3, ("b", ""))
        (fault,) = file.faults
        assert (fault.row, fault.column, fault.value, fault.warning) == (3, "year", word, True)

    def test_that_say_so_among_words_stay(self) -> None:
        file = read(["ref", "population"], ["a", "parents"], ["b", "-"])
        assert (file.tables[0].rows[1], said(file)) == ((3, ("b", "-")), [])

    def test_of_control_characters_are_replaced_and_told(self) -> None:
        file = read(["a", "b"], ["x_x0001_y", "z"])
        assert file.tables[0].rows == [(2, ("x\ufffdy", "z"))]
        assert said(file) == [
            "row 2 column a: 1 character that no cell can hold (control characters or half characters) became '\ufffd'"
        ]


class TestAWorkbook:
    def test_with_macros_is_read_without_looking_at_them(self) -> None:
        file = io.BytesIO()
        book = openpyxl.Workbook()
        book.worksheets[0].append(["a", "b"])
        book.worksheets[0].append(["1", "x"])
        with zipfile.ZipFile(io.BytesIO(saved(book))) as before, zipfile.ZipFile(file, "w") as after:
            for entry in before.namelist():
                after.writestr(entry, before.read(entry))
            after.writestr("xl/vbaProject.bin", b"Sub Auto_Open()")
        found = read_any("book.xlsm", file.getvalue())
        assert found.tables[0].rows == [(2, ("1", "x"))]
        assert said(found) == ["book.xlsm: holds macros; its cells are read, the macros were not looked at or run"]

    def test_tells_hidden_sheets_and_those_that_are_charts(self) -> None:
        book = openpyxl.Workbook()
        book.worksheets[0].append(["a", "b"])
        book.create_sheet("Notes").sheet_state = "hidden"
        book["Notes"].append(["c", "d"])
        book.create_chartsheet("Figure")
        assert said(read_any("book.xlsx", saved(book))) == [
            "sheet Notes: is a hidden sheet; it is read like any other",
            "sheet Figure: is a chart, dialogue or macro sheet and holds no table; it was left out",
        ]

    @pytest.mark.parametrize(
        ("name", "reason"),
        [
            ("password.xlsx", "is protected by a password; save it as .xlsx without one"),
            ("libreoffice.xls", "is a workbook of an old Excel (.xls); save it as .xlsx"),
            ("libreoffice.ods", "is an OpenDocument spreadsheet, which cannot be read here; save it as .xlsx or CSV"),
        ],
    )
    def test_of_another_kind_is_refused_with_what_would_be_right(self, name: str, reason: str) -> None:
        assert [fault.reason for fault in read_any(name, REAL / name).faults] == [reason]

    def test_cut_short_or_no_archive_at_all_is_refused(self) -> None:
        whole = (REAL / "openpyxl.xlsx").read_bytes()
        assert [fault.reason for fault in read_any("a.xlsx", whole[:2000]).faults] == [
            "is not an archive that can be opened (File is not a zip file); it may be cut short"
        ]
        assert [fault.reason for fault in read_any("a.xlsx", b"ref,place\n").faults] == [
            "is named .xlsx but is no such file (it is no ZIP archive); save it again"
        ]

    @pytest.mark.parametrize("address", ["XFD1048576", "A1048577", "ZZZ9"])
    def test_that_reaches_into_the_far_corner_is_refused_before_it_takes_all_memory(self, address: str) -> None:
        whole, file = saved_with_cells(), io.BytesIO()
        with zipfile.ZipFile(io.BytesIO(whole)) as before, zipfile.ZipFile(file, "w") as after:
            for entry in before.namelist():
                part = before.read(entry)
                if entry == "xl/worksheets/sheet1.xml":
                    # The sheet's own word of its extent is left as it was.
                    part = part.replace(b'<c r="B2"', f"<c  r = '{address}'".encode())
                after.writestr(entry, part)
        (fault,) = read_any("a.xlsx", file.getvalue()).faults
        assert fault.reason.startswith("has a sheet that reaches to c")


def saved_with_cells() -> bytes:
    """Return a workbook of four cells."""
    book = openpyxl.Workbook()
    book.worksheets[0].append(["a", "b"])
    book.worksheets[0].append(["1", "x"])
    return saved(book)
