"""What stands for nothing is no title and no finding, and a minus sign is one, whichever way a file comes in."""

from pathlib import Path

import pytest

from data.collection.codebook import Codebook
from data.importing.checking.checks import check
from data.importing.checking.values import says_nothing
from data.importing.mapping import bring
from data.importing.readers.format_choice import read_any
from data.importing.strand_files import Files, Table
from data.schema import FINDING_COLUMNS, SOURCE_COLUMNS
from tests.data.importing.mapping.raw_files import CONSTANTS, checked, decided
from tests.data.importing.small_strand import FINDINGS, SOURCES

FILES = Path(__file__).parents[3] / "files" / "readers"


@pytest.mark.parametrize("cell", ["", "#NAME?", "#REF!", "#n/a", "N/A", "n/a", "-", "–", "tbc", "TBC"])
def test_what_stands_for_nothing_says_nothing(cell: str) -> None:
    assert says_nothing(cell)


@pytest.mark.parametrize("cell", ["Nothing", "None of them met.", "1984", "#MeToo", "N/A is what they wrote"])
def test_what_says_something_does(cell: str) -> None:
    assert not says_nothing(cell)


def test_an_error_of_excel_is_no_title(codebook: Codebook) -> None:
    columns = {"Title": "title", "Year": "year", "Publisher": "organisation"}
    mapping = decided(columns, constants=CONSTANTS)
    found = checked(bring(read_any("excel_err.csv", FILES / "excel_err.csv"), mapping, codebook), codebook)
    assert [source.title for source in found.sources.values()] == []


def test_na_and_a_dash_are_no_findings_and_their_sources_are_kept(codebook: Codebook) -> None:
    mapping = decided({"Title": "title", "Year": "year", "Finding": "finding"}, constants=CONSTANTS)
    found = checked(bring(read_any("na_finding.csv", FILES / "na_finding.csv"), mapping, codebook), codebook)
    assert [finding.finding for finding in found.findings.values()] == ["Visits fell after the closure."]
    assert sorted(source.title for source in found.sources.values()) == ["Report A", "Report B", "Report C", "Report D"]
    assert found.errors == []


def of_ours(source: dict[str, str], finding: dict[str, str]) -> Files:
    """Return files in our columns with one source and one finding, changed in these cells."""
    tables = []
    for columns, cells in ((SOURCE_COLUMNS, {**SOURCES[0], **source}), (FINDING_COLUMNS, {**FINDINGS[0], **finding})):
        tables.append(Table("ours.csv", "", columns, [(2, [cells.get(column, "") for column in columns])]))
    return Files([tables[0]], [tables[1]])


def test_files_of_our_own_columns_are_held_to_the_same(codebook: Codebook) -> None:
    found = check(of_ours({"title": "#REF!"}, {"finding": "tbc"}), codebook, ())
    assert [(fault.column, fault.reason) for fault in found.errors] == [
        ("title", '"#REF!" says nothing; a source needs a title'),
        ("finding", '"tbc" says nothing; a finding needs its text'),
    ]


def test_a_minus_sign_is_a_minus_and_a_spoilt_text_draws_a_warning(codebook: Codebook) -> None:
    changed = {"latitude": "54.97", "longitude": "−1.61", "place": "Pen LlÅ·n"}
    found = check(of_ours({}, changed), codebook, ())
    assert [(record.latitude, record.longitude) for record in found.findings.values()] == [(54.97, -1.61)]
    assert [fault.column for fault in found.warnings if "wrong encoding" in fault.reason] == ["place"]
