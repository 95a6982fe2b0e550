"""The coding template: as written it holds nothing to load, filled in it loads, and its lists are the codebook's."""

import shutil
import subprocess
from pathlib import Path

import openpyxl
import pytest
from openpyxl.workbook import Workbook

from data.__main__ import main
from data.collection.codebook import Codebook
from data.exporting import template
from data.faults import Refused
from data.importing import mapping as mappings
from data.importing.checking.checks import Checked, check
from data.importing.readers.format_choice import read_any
from data.importing.strand_files import read
from data.schema import FINDING_COLUMNS, SOURCE_COLUMNS
from models import Access, Confidence, Direction, Role, StrandCode

SOURCE = {"source_id": "NE-S1", "strand": "community", "title": "A workshop in Blyth"}
FINDING = {
    "finding_id": "NE-E1", "source_id": "NE-S1", "finding": "A hall opened.", "regions": "TLC", "themes": "T1.1;T2.2",
    "levers": "L2.1", "lever_roles": "applied", "direction": "strengthened", "confidence": "low", "access": "team",
}  # fmt: skip


@pytest.fixture
def path(tmp_path: Path, codebook: Codebook) -> Path:
    out = tmp_path / "template.xlsx"
    template.write(codebook, out)
    return out


def checked(path: Path, codebook: Codebook) -> Checked:
    return check(read([path]), codebook, ())


def filled(path: Path) -> Path:
    """Fill one source and one finding into a template, below its examples, and return it."""
    book = openpyxl.load_workbook(path)
    for name, row, columns in (("Sources", SOURCE, SOURCE_COLUMNS), ("Findings", FINDING, FINDING_COLUMNS)):
        book[name].append([row.get(column) for column in columns])
    book.save(path)
    return path


def vocabulary(book: Workbook, formula: str) -> list[str]:
    """Return what stands in a range such as Codebook!$B$5:$B$8."""
    sheet, _, cells = formula.partition("!")
    return [row[0].value for row in book[sheet][cells.replace("$", "")]]


class TestAsWritten:
    def test_holds_no_finding_and_no_fault(self, path: Path, codebook: Codebook) -> None:
        found = checked(path, codebook)
        assert (found.faults, found.sources, found.findings) == ([], {}, {})

    def test_comes_in_as_empty_by_the_readers_too(self, path: Path, codebook: Codebook) -> None:
        mapped = mappings.bring(read_any("template.xlsx", path), None, codebook)
        assert (mapped.sources, mapped.findings) == (0, 0)
        assert check(mapped.files, codebook, ()).errors == []

    def test_has_its_sheets_with_worked_examples_on_the_first_two(self, path: Path) -> None:
        book = openpyxl.load_workbook(path)
        assert book.sheetnames == ["Sources", "Findings", "Codebook", "How to"]
        assert [book[name].cell(5, 1).value for name in ("Sources", "Findings")] == ["EXAMPLE-S1", "EXAMPLE-E1"]
        assert [tuple(cell.value for cell in book[name][4]) for name in ("Sources", "Findings")] == [
            SOURCE_COLUMNS, FINDING_COLUMNS,
        ]  # fmt: skip

    def test_has_examples_that_would_load(self, path: Path, codebook: Codebook) -> None:
        book = openpyxl.load_workbook(path)
        for name in ("Sources", "Findings"):
            for row in book[name].iter_rows(min_row=5):
                for cell in row:
                    if isinstance(cell.value, str) and cell.value.startswith("EXAMPLE-"):
                        cell.value = cell.value.replace("EXAMPLE-", "X-")
        book.save(path)
        found = checked(path, codebook)
        assert (found.faults, len(found.sources), len(found.findings)) == ([], 1, 2)


def test_filled_in_it_loads_what_was_filled_in(path: Path, codebook: Codebook) -> None:
    found = checked(filled(path), codebook)
    assert found.faults == []
    assert [(source.ref, source.title) for source in found.sources.values()] == [("NE-S1", "A workshop in Blyth")]
    assert [(f.ref, f.themes, f.levers, f.access) for f in found.findings.values()] == [
        ("NE-E1", ("T1.1", "T2.2"), (("L2.1", "applied"),), "team")
    ]


class TestItsLists:
    def test_refer_to_exactly_the_vocabulary_of_their_column(self, path: Path, codebook: Codebook) -> None:
        book = openpyxl.load_workbook(path)
        expected = {
            "strand": list(StrandCode), "direction": list(Direction), "confidence": list(Confidence),
            "lever_roles": list(Role), "access": list(Access), "themes": list(codebook.codes("theme")),
            "levers": list(codebook.codes("lever")), "regions": list(codebook.codes("region")),
        }  # fmt: skip
        for name, listed in (
            ("Sources", {"strand", "access"}),
            ("Findings", {*expected} - {"strand"}),
        ):
            sheet = book[name]
            found = {}
            for validation in sheet.data_validations.dataValidation:
                (cells,) = validation.sqref.ranges
                assert (cells.min_row, cells.max_row, cells.min_col) == (5, 5004, cells.max_col)
                found[sheet.cell(4, cells.min_col).value] = vocabulary(book, validation.formula1)
            assert found == {column: expected[column] for column in listed}

    def test_hold_a_column_of_one_code_and_ask_about_one_of_several(self, path: Path) -> None:
        sheet = openpyxl.load_workbook(path)["Findings"]
        styles = {
            sheet.cell(4, next(iter(each.sqref.ranges)).min_col).value: (each.errorStyle, bool(each.prompt))
            for each in sheet.data_validations.dataValidation
        }
        several, one = ("warning", True), ("stop", True)
        assert styles == {
            "regions": several, "themes": several, "levers": several, "lever_roles": several, "direction": one,
            "confidence": one, "access": one,
        }  # fmt: skip
        assert all(len(each.prompt) <= 255 and len(each.error) <= 255 for each in sheet.data_validations.dataValidation)


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_libreoffice_opens_it_and_keeps_its_lists_and_rows(path: Path, tmp_path: Path, codebook: Codebook) -> None:
    out = tmp_path / "saved again"
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    subprocess.run(
        ["soffice", profile, "--headless", "--convert-to", "xlsx", "--outdir", str(out), str(filled(path))],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    assert [finding.ref for finding in checked(out / path.name, codebook).findings.values()] == ["NE-E1"]
    lists = openpyxl.load_workbook(out / path.name)["Findings"].data_validations.dataValidation
    assert sorted(each.formula1 for each in lists) == sorted(
        each.formula1 for each in openpyxl.load_workbook(path)["Findings"].data_validations.dataValidation
    )


def test_a_path_that_cannot_be_written_is_refused(tmp_path: Path, codebook: Codebook) -> None:
    with pytest.raises(Refused):
        template.write(codebook, tmp_path / "nowhere" / "template.xlsx")


def test_the_command_line_writes_it_also_where_nothing_is_loaded_yet(
    tmp_path: Path, codebook: Codebook, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path}/none.sqlite")
    out = tmp_path / "template.xlsx"
    assert main(["template", str(out)]) == 0
    assert capsys.readouterr().out.startswith(f"{out}: the coding template")
    assert not (tmp_path / "none.sqlite").exists()
    assert checked(out, codebook).faults == []
