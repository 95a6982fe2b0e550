"""Files that other programs wrote, read as those programs meant them; which ones, says their README."""

from pathlib import Path

import pytest

from data.importing.readers.format_choice import read_any
from data.importing.readers.raw import LIST_SEPARATOR, RawCode, RawFile
from tests.fuzz.seeds import QUALCODER

REAL = Path(__file__).parents[3] / "files" / "readers"


def read(name: str) -> RawFile:
    """Read one of the files."""
    return read_any(name, REAL / name)


@pytest.mark.parametrize("name", ["openpyxl.xlsx", "pandas.xlsx", "libreoffice.xlsx", "libreoffice.csv"])
def test_a_table_is_the_same_whichever_program_wrote_it(name: str) -> None:
    (table,) = read(name).tables
    assert table.columns[:6] == ("ref", "place", "finding", "coded on", "year", "share")
    assert [(number, cells[:6]) for number, cells in table.rows] == [
        (2, ("W1", "Blyth", "The library’s café brought neighbours together – £5 teas and all", "2026-03-14", "2019",
             "0.25")),
        (3, ("W2", "Merthyr Tydfil", "Without the bus, ‘nobody came’", "2025-12-31", "2020", "12")),
        (4, ("W3", "Derry/Londonderry", "Naïve hopes, said one; the hall reopened\nand stayed open", "2024-02-29",
             "2021",
             "-1.5")),
    ]  # fmt: skip


def test_a_formula_has_the_value_that_the_program_reckoned() -> None:
    assert [cells[6] for _, cells in read("libreoffice.xlsx").tables[0].rows] == ["2019.25", "", ""]
    assert [fault.reason.partition(";")[0] for fault in read("openpyxl.xlsx").faults] == [
        "G2 is a formula without a value"
    ]


@pytest.mark.parametrize("name", ["taguette_highlights.xlsx", "taguette_highlights.csv"])
def test_highlights_of_taguette_are_findings_with_all_their_tags(name: str) -> None:
    file = read(name)
    assert (file.format, file.faults) == ("Taguette highlights", [])
    sources, findings = file.tables
    assert sources.rows == [(2, ("Blyth workshop", "", "Blyth workshop"))]
    assert [cells for _, cells in findings.rows][:2] == [
        ("1", "Blyth workshop", "The library’s café brought neighbours together.",
         LIST_SEPARATOR.join(["places", "places.libraries"])),
        ("2", "Blyth workshop", "Without the bus, ‘nobody came’.", "transport"),
    ]  # fmt: skip
    assert file.codes == [
        RawCode("places", "places"), RawCode("places.libraries", "libraries", "places"),
        RawCode("transport", "transport"),
    ]  # fmt: skip


def test_the_codebook_of_taguette_is_codes() -> None:
    file = read("taguette_codebook.qdc")
    assert (file.format, file.details, file.faults) == ("REFI-QDA codebook", {"written by": "Taguette 1.5.2"}, [])
    assert [code.name for code in file.codes] == ["places", "places.libraries", "transport"]


def test_the_project_of_an_independent_program_is_read_whole() -> None:
    file = read("aqda.qdpx")
    assert (file.format, file.faults) == ("REFI-QDA project", [])
    _, findings = file.tables
    given = [dict(zip(findings.columns, cells, strict=True)) for _, cells in findings.rows]
    assert [(row["finding"], row["codes"], row["coder"], row["coded_on"], row["note"], row["region"], row["group"])
            for row in given] == [
        ("The library’s café brought neighbours together 😀.", "Places::Libraries", "AQDA User", "2026-11-24",
         "On tone: Said with a laugh", "North East", "parents"),
        ("Without the bus, ‘nobody came’.", "Transport", "AQDA User", "2026-11-24", "", "North East", "parents"),
        ("Ask the young.", "Transport::Libraries", "AQDA User", "2026-11-24", "", "North East", "parents"),
    ]  # fmt: skip
    assert file.codes == [
        RawCode("Places", "Places", "", "Where people meet"), RawCode("Places::Libraries", "Libraries", "Places"),
        RawCode("Transport", "Transport"), RawCode("Transport::Libraries", "Libraries", "Transport"),
    ]  # fmt: skip
    assert read("aqda.qdc").codes == file.codes


def test_a_report_of_qualcoder_has_one_finding_for_a_passage_with_several_codes() -> None:
    file = read_any("report.csv", QUALCODER.encode())
    assert file.format == "QualCoder coding report"
    findings = file.tables[1]
    assert findings.columns == ("finding_id", "source_id", "finding", "codes", "coder", "note", "region")
    assert findings.rows == [
        (2, ("ctid:1", "a.txt", "The hall", LIST_SEPARATOR.join(["All::Places::Libraries", "Transport::Bus"]), "ann",
             "said",
             "TLC"))
    ]  # fmt: skip
