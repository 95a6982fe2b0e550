"""Cells as people's programs write them: encodings, line ends, quotation marks, dates, and files that are broken."""

import datetime as dt
import io
import zipfile
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.importing.readers.grids import Unreadable, Workbook, csv_grid
from data.importing.strand_files import read
from tests.data.importing.small_strand import (
    FINDING_COLUMNS,
    FINDINGS,
    SOURCES,
    changed,
    write_csv,
    write_strand,
    write_workbook,
)


def read_lines(path: Path) -> list[str]:
    """Return the faults of a file as lines that name it by its last part only."""
    return [str(fault).replace(f"{path.parent}/", "") for fault in read([path]).faults]


class TestACsvFile:
    @pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
    @pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
    def test_reads_the_same_with_or_without_a_mark_and_with_any_line_end(
        self, encoding: str, line_end: str, tmp_path: Path
    ) -> None:
        path = write_csv(tmp_path / "findings.csv", FINDING_COLUMNS, FINDINGS)
        plain = read([path]).findings[0].rows
        path.write_bytes(path.read_bytes().decode().replace("\r\n", line_end).encode(encoding))
        assert (read_lines(path), read([path]).findings[0].rows) == ([], plain)

    def test_keeps_commas_semicolons_quotation_marks_and_lines_inside_a_cell(self) -> None:
        contents = b'a,b\r\n"one, ""two""; three","first\nsecond\r\nthird"\r\nlast,row\r\n'
        rows = [(1, ["a", "b"]), (2, ['one, "two"; three', "first\nsecond\r\nthird"]), (3, ["last", "row"])]
        assert csv_grid(contents) == (rows, None)

    def test_counts_an_empty_line_as_a_row_and_trims_cells(self) -> None:
        assert csv_grid(b"a,b\n\n  x\t, y \n") == ([(1, ["a", "b"]), (2, []), (3, ["x", "y"])], None)

    @pytest.mark.parametrize("shorthand", ["[x]", "[z]", "[c]"])
    def test_reads_the_shorthand_of_released_spreadsheets_as_empty(self, shorthand: str) -> None:
        assert csv_grid(f"{shorthand},see {shorthand}".encode()) == ([(1, ["", f"see {shorthand}"])], None)

    def test_of_another_encoding_is_refused_by_row_and_column_and_nothing_else_is_lost_sight_of(
        self, tmp_path: Path
    ) -> None:
        worse = {"E1": {"place": "Café"}, "E2": {"population": "£"}, "E3": {"direction": "up"}}
        folder = write_strand(tmp_path / "strand")
        path = write_csv(folder / "findings.csv", FINDING_COLUMNS, changed(FINDINGS, worse), "cp1252")
        assert read_lines(path) == [
            "findings.csv: row 2 column place: byte 0xE9 is not UTF-8; save the file as CSV UTF-8",
            "findings.csv: row 3 column population: byte 0xA3 is not UTF-8; save the file as CSV UTF-8",
        ]
        assert len(read([path]).findings[0].rows) == 3

    def test_with_a_mark_and_a_wrong_byte_names_that_byte(self, tmp_path: Path) -> None:
        path = write_csv(tmp_path / "findings.csv", FINDING_COLUMNS, changed(FINDINGS, {"E1": {"place": "Café"}}))
        path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace("é".encode(), b"\xe9"))
        assert read_lines(path) == [
            "findings.csv: row 2 column place: byte 0xE9 is not UTF-8; save the file as CSV UTF-8"
        ]

    @pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
    def test_of_utf16_is_refused_plainly(self, encoding: str, tmp_path: Path) -> None:
        path = write_csv(tmp_path / "findings.csv", FINDING_COLUMNS, FINDINGS, encoding)
        assert read_lines(path) == ["findings.csv: is UTF-16, not UTF-8; save the file as CSV UTF-8"]

    def test_that_is_a_picture_is_refused_in_one_line(self, tmp_path: Path) -> None:
        (tmp_path / "findings.csv").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)))
        assert read_lines(tmp_path / "findings.csv") == [
            "findings.csv: row 1: byte 0x89 is not UTF-8; save the file as CSV UTF-8"
        ]

    @pytest.mark.parametrize(("mark", "name"), [(";", "semicolons"), ("\t", "tabs"), ("|", "upright lines")])
    def test_parted_by_another_mark_is_told_so(self, mark: str, name: str, tmp_path: Path) -> None:
        (tmp_path / "findings.csv").write_text(mark.join(FINDING_COLUMNS) + "\n" + mark.join("x" * 17))
        assert read_lines(tmp_path / "findings.csv") == [
            f"findings.csv: row 1: its cells are parted by {name}; save it parted by commas"
        ]

    def test_with_a_row_of_fewer_or_more_cells_than_its_header_names_each(self, tmp_path: Path) -> None:
        path = write_csv(tmp_path / "findings.csv", FINDING_COLUMNS, FINDINGS)
        lines = path.read_text().splitlines()
        path.write_text("\n".join([lines[0], lines[1] + ",", lines[2], lines[3].removesuffix(","), ",,"]))
        assert read_lines(path) == [
            "findings.csv: row 2: has 18 cells where the header has 17",
            "findings.csv: row 4: has 16 cells where the header has 17",
        ]
        assert [number for number, _ in read([path]).findings[0].rows] == [3]

    def test_with_a_quotation_mark_that_never_closes_loses_no_row_in_silence(self, tmp_path: Path) -> None:
        # Read leniently, the last cell of row 3 would take in all that follows, and 17 cells would be there.
        path = write_csv(tmp_path / "findings.csv", FINDING_COLUMNS, FINDINGS)
        lines = path.read_text().splitlines()
        path.write_text("\n".join([lines[0], lines[1], f'{lines[2]}"C1', lines[3], lines[3]]))
        assert read_lines(path) == [
            "findings.csv: row 3: is not CSV from here on (unexpected end of data); "
            "see that every quotation mark has its pair"
        ]
        assert [number for number, _ in read([path]).findings[0].rows] == [2]

    def test_with_text_after_a_closing_quotation_mark_is_refused_there(self) -> None:
        grid, ended = csv_grid(b'a,b\n"one" two,three\nfour,five\n')
        assert (grid, str(ended), ended and ended.row) == (
            [(1, ["a", "b"])],
            "is not CSV from here on (',' expected after '\"'); see that every quotation mark has its pair",
            2,
        )

    @given(st.binary(max_size=400))
    def test_of_any_bytes_is_read_or_refused_and_nothing_raises(self, contents: bytes) -> None:
        grid, ended = csv_grid(contents)
        assert [number for number, _ in grid] == list(range(1, len(grid) + 1))
        assert ended is None or str(ended)


def sheet_of(cells: list[object]) -> bytes:
    """Return a workbook whose one sheet, Findings, holds these cells in its first row."""
    book = openpyxl.Workbook()
    book.worksheets[0].title = "Findings"
    book.worksheets[0].append(cells)
    return saved(book)


def saved(book: openpyxl.Workbook) -> bytes:
    """Return a workbook as the bytes of its file."""
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def with_part(contents: bytes, name: str, part: bytes | None) -> bytes:
    """Return a workbook's bytes with one part of the archive replaced, or left out."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(contents)) as before, zipfile.ZipFile(file, "w") as after:
        for entry in before.namelist():
            if entry != name:
                after.writestr(entry, before.read(entry))
            elif part is not None:
                after.writestr(entry, part)
    return file.getvalue()


class TestAWorkbook:
    def test_reads_numbers_and_dates_as_a_csv_file_would_hold_them(self) -> None:
        cells = [
            2019, 54.97, -1.5, 0, 1e-7, True, "2019", "  54.970 ", "[z]",
            dt.date(2026, 11, 23), dt.datetime(2026, 11, 23), dt.datetime(2026, 11, 23, 14, 30), "line one\nline two",
        ]  # fmt: skip
        texts = [
            "2019", "54.97", "-1.5", "0", "1e-07", "True", "2019", "54.970", "",
            "2026-11-23", "2026-11-23", "2026-11-23 14:30:00", "line one\nline two",
        ]  # fmt: skip
        assert Workbook(sheet_of(cells)).grid("Findings") == [(1, texts)]

    def test_may_hold_years_as_numbers_coordinates_as_text_and_days_as_dates(self, tmp_path: Path) -> None:
        typed = {"E1": {"latitude": 55.13, "longitude": "-1.51", "coded_on": dt.date(2026, 11, 23), "period": 2018}}
        path = write_workbook(
            tmp_path / "strand.xlsx", changed(FINDINGS, typed), changed(SOURCES, {"S1": {"year": 2019}})
        )
        as_text = read([write_strand(tmp_path / "strand")])
        typed_files = read([path])
        assert typed_files.findings[0].rows == as_text.findings[0].rows
        assert typed_files.sources[0].rows == as_text.sources[0].rows

    def test_may_have_a_title_and_notes_above_its_header(self, tmp_path: Path) -> None:
        above = [
            ["Findings: what the sources report"],
            [],
            ["Text in ‘finding’ is in the coders' own words", "finding"],
        ]
        path = write_workbook(tmp_path / "strand.xlsx", above=above)
        assert read_lines(path) == []
        assert [number for number, _ in read([path]).findings[0].rows] == [5, 6, 7]

    def test_counts_rows_and_columns_as_excel_shows_them_wherever_its_table_begins(self, tmp_path: Path) -> None:
        path = write_workbook(tmp_path / "strand.xlsx", changed(FINDINGS, {"E2": {"direction": "up"}}))
        book = openpyxl.load_workbook(path)
        book["Findings"].insert_cols(1, 2)
        book["Findings"].insert_rows(1, 4)
        book["Findings"].insert_rows(7)
        book.save(path)
        rows = read([path]).findings[0].rows
        assert [(number, cells[0], cells[10]) for number, cells in rows] == [
            (6, "E1", "strengthened"),
            (8, "E2", "up"),
            (9, "E3", "context"),
        ]

    def test_with_its_columns_missing_says_so_of_each_sheet(self, tmp_path: Path) -> None:
        book = openpyxl.Workbook()
        book.worksheets[0].title = "Sources"
        book.create_sheet("Findings").append(["only a note"])
        book.save(tmp_path / "strand.xlsx")
        assert read_lines(tmp_path / "strand.xlsx") == [
            "strand.xlsx: sheet Sources: is empty; it should start with a row that names 13 columns",
            *(f"strand.xlsx: sheet Findings row 1: missing column {column}" for column in FINDING_COLUMNS),
        ]

    @pytest.mark.parametrize(
        ("contents", "reason"),
        [
            (b"", "is not a workbook that can be read (it is no ZIP archive); save it as .xlsx again"),
            (b"a,b\n1,2\n", "is not a workbook that can be read (it is no ZIP archive); save it as .xlsx again"),
            (
                sheet_of(["x"])[:3000],
                "is not an archive that can be opened (File is not a zip file); it may be cut short",
            ),
            (
                bytes.fromhex("D0CF11E0A1B11AE1") + bytes(2000),
                "is protected by a password or of an old Excel; save it as .xlsx without a password",
            ),
        ],
        ids=["empty", "text", "cut short", "encrypted"],
    )
    def test_that_is_none_is_refused_plainly(self, contents: bytes, reason: str, tmp_path: Path) -> None:
        (tmp_path / "strand.xlsx").write_bytes(contents)
        assert read_lines(tmp_path / "strand.xlsx") == [f"strand.xlsx: {reason}"]

    @pytest.mark.parametrize("part", [b"<worksheet><sheetData><row", None], ids=["cut short", "absent"])
    def test_with_a_broken_sheet_names_the_sheet(self, part: bytes | None, tmp_path: Path) -> None:
        path = write_workbook(tmp_path / "strand.xlsx")
        path.write_bytes(with_part(path.read_bytes(), "xl/worksheets/sheet2.xml", part))
        (line,) = read_lines(path)
        assert line.startswith("strand.xlsx: has a broken sheet Findings (")
        assert line.endswith("); save it as .xlsx again")

    def test_with_a_cell_in_its_last_corner_is_refused_before_it_takes_all_memory(self, tmp_path: Path) -> None:
        path = write_workbook(tmp_path / "strand.xlsx")
        book = openpyxl.load_workbook(path)
        book["Findings"]["XFD1048576"] = "a slip of the hand"
        book.save(path)
        assert read_lines(path) == [
            "strand.xlsx: has a sheet that reaches to cell XFD1048576; clear what stands far from its table"
        ]

    def test_with_a_cell_in_its_last_row_is_read(self, tmp_path: Path) -> None:
        path = write_workbook(tmp_path / "strand.xlsx", FINDINGS[:1])
        book = openpyxl.load_workbook(path)
        book["Sources"]["A5000"] = "S9"
        book.save(path)
        assert [number for number, _ in read([path]).sources[0].rows] == [2, 3, 5000]

    @settings(max_examples=60)
    @given(changes=st.lists(st.tuples(st.floats(0, 1, exclude_max=True), st.integers(0, 255)), min_size=1, max_size=5))
    def test_with_any_bytes_changed_is_read_or_refused_and_nothing_else_raises(
        self, changes: list[tuple[float, int]]
    ) -> None:
        contents = bytearray(SOUND)
        for place, byte in changes:
            contents[int(place * len(contents))] = byte
        try:
            grid = Workbook(bytes(contents)).grid("Findings")
        except Unreadable as refusal:
            assert str(refusal)
        else:
            assert all(isinstance(cell, str) for _, row in grid for cell in row)


SOUND = sheet_of(["some", "cells", 1.5, dt.date(2026, 11, 23)])
