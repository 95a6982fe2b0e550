"""Findings as a REFI-QDA project: what is written reads back the same, and is laid out as the standard says."""

import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest
from lxml import etree
from sqlalchemy import Engine

from data.__main__ import main
from data.exporting import refi_export
from data.faults import Refused
from data.filters.filter import Filter
from data.importing.readers.format_choice import read_any
from data.importing.readers.raw import LIST_SEPARATOR, RawFile

Row = Mapping[str, str]
NAMESPACE = {"q": "urn:QDA-XML:project:1.0"}


@pytest.fixture(scope="module")
def written(loaded: Engine, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the project of the whole shipped evidence."""
    path = tmp_path_factory.mktemp("project") / "evidence.qdpx"
    assert refi_export.write(loaded, Filter(), path) == 543
    return path


@pytest.fixture(scope="module")
def read(written: Path) -> RawFile:
    """Return the project read back."""
    return read_any(written.name, written)


def rows(read: RawFile, sheet: str) -> list[dict[str, str]]:
    """Return a table's rows by column."""
    table = next(table for table in read.tables if table.sheet == sheet)
    return [dict(zip(table.columns, cells, strict=True)) for _, cells in table.rows]


def test_reads_back_without_a_fault(read: RawFile) -> None:
    assert (read.format, read.faults) == ("REFI-QDA project", [])


def test_every_finding_has_its_text_and_all_else_that_its_file_gives(read: RawFile, csv_findings: list[Row]) -> None:
    back = {row["finding_id (case)"]: row for row in rows(read, "Selections")}
    assert back.keys() == {row["finding_id"] for row in csv_findings}
    same = ("place", "confidence_reason", "direction", "confidence", "population", "period")
    for row in csv_findings:
        found = back[row["finding_id"]]
        assert found["finding"] == " ".join(row["finding"].split()) or found["finding"] == row["finding"].strip()
        assert [found[name] for name in same] == [row[name].strip() for name in same]
        assert found["source_id (case)"] == row["source_id"]
        assert found["coded_on"] == row["coded_on"]


def test_every_finding_has_its_codes_by_name_below_those_they_belong_to(read: RawFile, csv_findings: list[Row]) -> None:
    back = {row["finding_id (case)"]: row["codes"].split(LIST_SEPARATOR) for row in rows(read, "Selections")}
    for row in csv_findings:
        leaves = [tuple(path.split("::")) for path in back[row["finding_id"]]]
        of = {
            top: sorted(path[-1].partition(" ")[0] for path in leaves if path[0] == top)
            for top in ("Themes", "Regions")
        }
        assert of == {
            "Themes": sorted(set(row["themes"].split(";")) - {""}),
            "Regions": sorted(set(row["regions"].split(";")) - {""}),
        }
        levers = {(path[-2].partition(" ")[0], path[-1]) for path in leaves if path[0] == "Policy levers"}
        given = zip(row["levers"].split(";"), row["lever_roles"].split(";"), strict=True)
        assert levers == {(lever, role) for lever, role in given if lever}
        assert ("Direction", row["direction"]) in leaves
        assert ("Confidence", row["confidence"]) in leaves


def test_sources_are_texts_beside_the_xml_with_what_is_known_of_them(read: RawFile, csv_sources: list[Row]) -> None:
    given = {row["source_id"]: row for row in csv_sources}
    for row in rows(read, "Sources"):
        truth = given[row["source_id (case)"]]
        assert (row["title"], row["strand (case)"], row["year"]) == (truth["title"], truth["strand"], truth["year"])


def test_elements_stand_in_the_order_that_the_standard_sets(written: Path) -> None:
    with zipfile.ZipFile(written) as archive:
        project = etree.fromstring(archive.read("project.qde"))
        names = set(archive.namelist())
    assert [etree.QName(child).localname for child in project] == ["Users", "CodeBook", "Variables", "Cases", "Sources"]
    text = project.find("q:Sources/q:TextSource", NAMESPACE)
    assert text is not None
    assert text.get("plainTextPath", "").replace("internal://", "sources/") in names
    kinds = [etree.QName(child).localname for child in text]
    assert kinds == sorted(kinds)  # selections, then values
    guids = [element.get("guid") for element in project.iter() if element.get("guid")]
    assert len(guids) == len(set(guids))


def test_the_command_tells_the_format_by_the_end_of_the_name(
    loaded: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DATABASE_URL", str(loaded.url))
    out = tmp_path / "some.QDPX"
    assert main(["export", str(out), "--filter", "region=TLC"]) == 0
    told = int(capsys.readouterr().out.partition(": ")[2].split()[0])
    assert told == len(rows(read_any(out.name, out), "Selections")) > 0


def test_a_path_that_cannot_be_written_is_refused(loaded: Engine, tmp_path: Path) -> None:
    with pytest.raises(Refused, match="cannot be written"):
        refi_export.write(loaded, Filter(), tmp_path / "no folder" / "x.qdpx")
