"""Which files are read and how, and what is said of those that cannot be."""

import hashlib
import shutil
from pathlib import Path

import openpyxl
import pytest

from data.importing.readers import limits
from data.importing.strand_files import Files, Table, read
from tests.data.importing.small_strand import (
    FINDING_COLUMNS,
    FINDINGS,
    SOURCE_COLUMNS,
    SOURCES,
    write_csv,
    write_strand,
    write_workbook,
)

ROWS_OF_FINDINGS = [
    (number, [str(row.get(column, "")) for column in FINDING_COLUMNS]) for number, row in enumerate(FINDINGS, start=2)
]
ROWS_OF_SOURCES = [
    (number, [str(row.get(column, "")) for column in SOURCE_COLUMNS]) for number, row in enumerate(SOURCES, start=2)
]


def faults(files: Files, *folders: Path) -> list[str]:
    """Return the faults as lines, each folder's path left out of them."""
    lines = [str(fault) for fault in files.faults]
    for folder in folders:
        lines = [line.replace(f"{folder}/", "") for line in lines]
    return lines


class TestWhereFilesLie:
    def test_a_folder_holds_a_pair(self, tmp_path: Path) -> None:
        folder = write_strand(tmp_path / "strand")
        files = read([folder])
        assert files.faults == []
        assert files.sources == [Table(f"{folder}/sources.csv", "", SOURCE_COLUMNS, ROWS_OF_SOURCES)]
        assert files.findings == [Table(f"{folder}/findings.csv", "", FINDING_COLUMNS, ROWS_OF_FINDINGS)]

    def test_a_workbook_holds_both_sheets(self, tmp_path: Path) -> None:
        book = write_workbook(tmp_path / "strand.xlsx")
        files = read([book])
        assert files.faults == []
        assert files.sources == [Table(str(book), "Sources", SOURCE_COLUMNS, ROWS_OF_SOURCES)]
        assert files.findings == [Table(str(book), "Findings", FINDING_COLUMNS, ROWS_OF_FINDINGS)]

    def test_a_file_is_known_by_its_columns_whatever_its_name(self, tmp_path: Path) -> None:
        files = read(
            [
                write_csv(tmp_path / "findings of 2019.csv", SOURCE_COLUMNS, SOURCES),
                write_csv(tmp_path / "coded.CSV", FINDING_COLUMNS, FINDINGS),
            ]
        )
        assert files.faults == []
        assert [table.rows for table in (*files.sources, *files.findings)] == [ROWS_OF_SOURCES, ROWS_OF_FINDINGS]

    def test_spaces_and_letters_of_any_script_may_stand_in_a_path(self, tmp_path: Path) -> None:
        files = read([write_strand(tmp_path / "évidence of the strand ①")])
        assert (files.faults, len(files.sources), len(files.findings)) == ([], 1, 1)

    def test_several_strands_are_read_together(self, tmp_path: Path) -> None:
        paths = [write_strand(tmp_path / "one"), write_workbook(tmp_path / "two.xlsx")]
        assert [table.file for table in read(paths).findings] == [
            f"{tmp_path}/one/findings.csv",
            f"{tmp_path}/two.xlsx",
        ]

    def test_a_relative_path_is_read_from_the_folder_one_is_in(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        write_strand(tmp_path / "strand")
        monkeypatch.chdir(tmp_path)
        files = read([Path("strand")])
        assert (files.faults, files.findings[0].file) == ([], "strand/findings.csv")

    def test_a_shipped_file_is_named_from_the_projects_folder_wherever_one_is(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        shipped = Path("data/shipped/strands/community").resolve()
        monkeypatch.chdir(tmp_path)
        assert [entry["name"] for entry in read([shipped]).hashes] == [
            "data/shipped/strands/community/sources.csv",
            "data/shipped/strands/community/findings.csv",
        ]

    def test_each_file_is_named_with_its_sha256(self, tmp_path: Path) -> None:
        folder, book = write_strand(tmp_path / "one"), write_workbook(tmp_path / "two.xlsx")
        paths = [folder / "sources.csv", folder / "findings.csv", book]
        assert read([folder, book]).hashes == [
            {"name": str(path), "sha256": hashlib.sha256(path.read_bytes()).hexdigest()} for path in paths
        ]


class TestWhatIsMissing:
    def test_a_path_that_is_not_there(self, tmp_path: Path) -> None:
        assert faults(read([tmp_path / "nowhere", tmp_path / "none.xlsx", tmp_path / "none.csv"]), tmp_path) == [
            "nowhere: missing file or folder",
            "none.xlsx: missing file or folder",
            "none.csv: missing file or folder",
        ]

    def test_a_folder_without_one_of_its_files(self, tmp_path: Path) -> None:
        folder = write_strand(tmp_path)
        (folder / "findings.csv").unlink()
        assert faults(read([folder]), tmp_path) == ["findings.csv: missing file"]

    def test_a_folder_that_holds_neither(self, tmp_path: Path) -> None:
        assert faults(read([tmp_path]), tmp_path) == ["sources.csv: missing file", "findings.csv: missing file"]

    def test_a_column(self, tmp_path: Path) -> None:
        columns = ["direktion" if column == "direction" else column for column in FINDING_COLUMNS if column != "coder"]
        write_csv(tmp_path / "findings.csv", columns, FINDINGS)
        assert faults(read([tmp_path / "findings.csv"]), tmp_path) == [
            'findings.csv: row 1: missing column direction; did you mean "direktion"?',
            "findings.csv: row 1: missing column coder",
        ]

    def test_a_column_that_stands_twice(self, tmp_path: Path) -> None:
        write_csv(tmp_path / "findings.csv", [*FINDING_COLUMNS, "themes"], FINDINGS)
        assert faults(read([tmp_path / "findings.csv"]), tmp_path) == [
            "findings.csv: row 1: column themes stands more than once"
        ]

    def test_a_sheet(self, tmp_path: Path) -> None:
        path = write_workbook(tmp_path / "strand.xlsx")
        book = openpyxl.load_workbook(path)
        book["Findings"].title = "findings (2)"
        book["Sources"].title = "sheet one"
        book.save(path)
        assert faults(read([path]), tmp_path) == [
            "strand.xlsx: missing sheet Sources",
            'strand.xlsx: missing sheet Findings; did you mean "findings (2)"?',
        ]

    def test_every_cell(self, tmp_path: Path) -> None:
        (tmp_path / "sources.csv").write_bytes(b"")
        (tmp_path / "findings.csv").write_bytes(b"\n\n,,\n")
        assert faults(read([tmp_path]), tmp_path) == [
            "sources.csv: is empty; it should start with a row that names 13 columns",
            "findings.csv: is empty; it should start with a row that names 17 columns",
        ]

    def test_every_row_but_the_header_which_is_no_fault(self, tmp_path: Path) -> None:
        files = read([write_strand(tmp_path, (), ())])
        assert (files.faults, files.sources[0].rows, files.findings[0].rows) == ([], [], [])


class TestAnotherKindOfFile:
    def test_is_refused_with_what_would_be_right(self, tmp_path: Path) -> None:
        (tmp_path / "strand.ods").write_bytes(b"PK")
        assert faults(read([tmp_path / "strand.ods"]), tmp_path) == [
            "strand.ods: give a folder with sources.csv and findings.csv, a .csv or an .xlsx"
        ]

    def test_a_csv_file_of_something_else_lacks_every_column(self, tmp_path: Path) -> None:
        (tmp_path / "prices.csv").write_text("day,sum\n1,2\n")
        assert faults(read([tmp_path / "prices.csv"]), tmp_path) == [
            f"prices.csv: row 1: missing column {column}" for column in FINDING_COLUMNS
        ]

    def test_a_folder_that_is_named_as_a_file_is_read_as_a_folder(self, tmp_path: Path) -> None:
        assert read([write_strand(tmp_path / "strand.csv")]).faults == []

    def test_a_name_too_long_for_any_disk(self, tmp_path: Path) -> None:
        long = "x" * 300 + ".csv"
        assert faults(read([tmp_path / long]), tmp_path) == [f"{long}: cannot be read: File name too long"]

    def test_a_link_to_itself(self, tmp_path: Path) -> None:
        (tmp_path / "findings.csv").symlink_to(tmp_path / "findings.csv")
        shutil.copy("data/shipped/strands/community/sources.csv", tmp_path)
        assert faults(read([tmp_path]), tmp_path) == ["findings.csv: cannot be read: Too many levels of symbolic links"]


def test_how_far_it_is_is_told_from_the_start_with_each_files_name(tmp_path: Path) -> None:
    told: list[tuple[float, str]] = []
    paths = [write_strand(tmp_path / "strand"), write_workbook(tmp_path / "strand.xlsx")]
    read(paths, lambda share, doing: told.append((round(share, 2), doing)))
    assert told[:3] == [(0.0, "sources.csv: reading"), (0.15, "findings.csv: reading"), (0.5, "strand.xlsx: reading")]
    shares = [share for share, _ in told]
    assert shares == sorted(shares)


def test_how_far_a_large_file_is_is_told_by_its_characters(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "TOLD_EVERY", 0)
    told: list[float] = []
    findings = [{**FINDINGS[0], "finding_id": f"E{number}"} for number in range(4_000)]
    path = write_csv(tmp_path / "findings.csv", FINDING_COLUMNS, findings)
    read([path], lambda share, _: told.append(round(share, 2)))
    assert told == [0.0, 0.25, 0.5, 0.75, 1.0]
