"""The workbook of any view opens, is laid out as released spreadsheets should be, and counts as the evidence does."""

import datetime as dt
import io
import math
import re
import zipfile
from collections import Counter, defaultdict
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from openpyxl.utils import range_boundaries
from sqlalchemy import Engine

from data.collection import database
from data.exporting import workbook
from data.faults import Refused
from data.filters.filter import Filter
from data.importing.loads import loading
from data.schema import FINDING_COLUMNS, SOURCE_COLUMNS

SHEETS = ["To read", "Cover", "Filters", "Findings", "Sources", "Counts", "Codebook"]
NORTH_EAST_HUBS = "region=TLC,TLD&theme=T1.1"
QUERIES = ["", NORTH_EAST_HUBS, "finding=none-such"]

CsvRows = list[dict[str, str]]


@pytest.fixture(scope="module")
def hubs(csv_findings: CsvRows) -> CsvRows:
    """Return the findings about community buildings in the North East or North West, picked from the files."""
    return [
        row
        for row in csv_findings
        if {"TLC", "TLD"} & set(row["regions"].split(";")) and "T1.1" in row["themes"].split(";")
    ]


@pytest.mark.parametrize("query", QUERIES)
def test_sheets_stand_in_order_and_the_file_opens_at_what_is_to_be_read(open_workbook, query: str) -> None:
    book = open_workbook(query)
    assert book.sheetnames == SHEETS
    assert book.active.title == "To read"
    assert all(sheet.sheet_view.selection[-1].activeCell == "A1" for sheet in (book["To read"], book["Cover"]))


def test_the_document_says_what_it_is_and_whose(open_workbook) -> None:
    properties = open_workbook(NORTH_EAST_HUBS).properties
    assert properties.title == (
        "Social infrastructure and levelling up: the coded evidence. "
        "Community buildings and hubs, in the North East or North West"
    )
    assert properties.creator == "Social infrastructure and levelling up research programme"
    assert "levelling up" in properties.keywords.split(", ")
    assert properties.language == "en-GB"


@pytest.mark.parametrize("query", QUERIES)
def test_nothing_is_merged_hidden_or_run(open_workbook, query: str) -> None:
    for sheet in open_workbook(query):
        assert sheet.sheet_state == "visible"
        assert not sheet.merged_cells.ranges
        assert not any(column.hidden for column in sheet.column_dimensions.values())
        assert not any(row.hidden for row in sheet.row_dimensions.values())
        assert not any(cell.data_type == "f" for row in sheet for cell in row)
        assert not sheet._images
        assert not sheet._charts


@pytest.mark.parametrize("query", QUERIES)
def test_each_sheet_of_data_is_a_title_a_sentence_notes_and_one_full_table(open_workbook, query: str) -> None:
    book = open_workbook(query)
    names = set()
    for sheet in book.worksheets[2:]:
        (table,) = sheet.tables.values()
        left, top, right, bottom = range_boundaries(table.ref)
        names.add(table.displayName)
        assert (left, top, right, bottom) == (1, 4, sheet.max_column, sheet.max_row)
        above = [[cell.value for cell in row] for row in sheet.iter_rows(max_row=3)]
        assert all(row[0] and not any(row[1:]) for row in above)
        assert above[1][0].endswith(".")
        assert re.match(r"One table, with (\d+ rows?|no row: \[z\] stands for it)\. \[x\] not available", above[2][0])
        assert "Source: Social infrastructure and levelling up: the coded evidence, data version 1 of" in above[2][0]
        header = [cell.value for cell in sheet[4]]
        assert header == [column.name for column in table.tableColumns]
        assert len({name.casefold() for name in header}) == len(header)
        assert table.autoFilter.ref == table.ref
        assert all(cell.value not in (None, "") for row in sheet.iter_rows(min_row=4) for cell in row)
        assert sheet.freeze_panes in ("A5", "B5")
    assert names == {"filters", "findings", "sources", "counts", "codebook"}


def test_text_is_wrapped_in_columns_wide_enough_and_titles_are_not(open_workbook) -> None:
    book = open_workbook(NORTH_EAST_HUBS)
    for sheet in book.worksheets[2:]:
        assert all(cell.alignment.wrap_text for row in sheet.iter_rows(min_row=4) for cell in row)
        assert not any(sheet[f"A{row}"].alignment.wrap_text for row in (1, 2, 3))
    assert all(row[0].alignment.wrap_text for row in book["Cover"])
    assert book["Cover"].column_dimensions["A"].width == 110
    assert book["Findings"].column_dimensions["C"].width == 70
    assert [book[name].sheet_format.defaultRowHeight for name in ("Findings", "Sources", "Counts")] == [75, 45, 30]


def headers(sheet) -> list[str]:  # type: ignore[no-untyped-def]
    """Return the header of a sheet of data."""
    return [cell.value for cell in sheet[4]]


def test_names_stand_before_the_codes_they_are_the_names_of(open_workbook) -> None:
    book = open_workbook(NORTH_EAST_HUBS)
    for sheet, pairs in {
        "Findings": [("Regions by name", "regions"), ("Themes by name", "themes"), ("Policy levers by name", "levers")],
        "Sources": [("Strand by name", "strand")],
        "Filters": [("filter", "key"), ("chosen, in words", "chosen, as codes")],
        "Counts": [("name", "code")],
        "Codebook": [("name", "code")],
    }.items():
        row = headers(book[sheet])
        assert [row.index(name) < row.index(code) for name, code in pairs] == [True] * len(pairs)


def test_the_findings_are_those_of_the_filter_with_the_columns_of_a_findings_file(open_workbook, rows, hubs) -> None:
    sheet = open_workbook(NORTH_EAST_HUBS)["Findings"]
    assert [name for name in headers(sheet) if name in FINDING_COLUMNS] == list(FINDING_COLUMNS)
    found = {row["finding_id"]: row for row in rows(sheet)}
    assert list(found) == sorted(row["finding_id"] for row in hubs)
    for row in hubs:
        shown = found[row["finding_id"]]
        assert shown["finding"] == row["finding"]
        assert shown["latitude"] == (float(row["latitude"]) if row["latitude"] else "[x]")
        assert shown["coded_on"] == dt.datetime.fromisoformat(row["coded_on"])
        assert shown["population"] == (row["population"] or "[x]")
        assert shown["direction"] == row["direction"]
        assert dict(zip(str(shown["levers"]).split(";"), str(shown["lever_roles"]).split(";"), strict=True)) == (
            dict(zip(row["levers"].split(";"), row["lever_roles"].split(";"), strict=True))
            if row["levers"]
            else {"[z]": "[z]"}
        )


def test_a_finding_carries_its_codes_in_words_and_its_source(open_workbook, rows) -> None:
    (row,) = rows(open_workbook("finding=COM-E017")["Findings"])
    assert row["What the direction means"] == (
        "Social infrastructure, or what it does for people, got better or was shown to do good"
    )
    assert row["What the confidence means"] == (
        "A small, second-hand or partial basis; likely to change with better evidence"
    )
    assert row["Regions by name"] == "North East"
    assert row["Themes by name"].split("; ")[0] == "Community buildings and hubs"
    assert row["Policy levers by name"] == "Capital grants (applied)"
    assert row["Strand"] == "Community"
    assert row["Source year"] == 2017
    assert row["Citation"] == (
        "Shields Gazette (2017) Community hub is thriving on old South Shields pit site. Available at: "
        "http://www.shieldsgazette.com/news/community-hub-is-thriving-on-old-south-shields-pit-site-1-8404038 "
        "(accessed 23 November 2026)."
    )


def test_the_sources_are_those_of_the_findings_linked_and_counted(open_workbook, rows, hubs, csv_sources) -> None:
    sheet = open_workbook(NORTH_EAST_HUBS)["Sources"]
    assert [name for name in headers(sheet) if name in SOURCE_COLUMNS] == list(SOURCE_COLUMNS)
    held = Counter(row["source_id"] for row in hubs)
    assert {row["source_id"]: row["Findings in this file"] for row in rows(sheet)} == held
    published = {row["source_id"]: row for row in csv_sources}
    for cells in sheet.iter_rows(min_row=5):
        row = dict(zip(headers(sheet), cells, strict=True))
        source = published[row["source_id"].value]
        assert row["title"].value == source["title"]
        assert row["title"].hyperlink.target == source["url"]
        assert row["year"].value == (int(source["year"]) if source["year"] else "[x]")
        assert row["accessed"].value == dt.datetime.fromisoformat(source["accessed"])


def test_the_filters_say_what_each_choice_leaves_out(open_workbook, rows, hubs, csv_findings) -> None:
    by_key = {row["key"]: row for row in rows(open_workbook(NORTH_EAST_HUBS)["Filters"])}
    assert list(by_key) == [
        "strand", "region", "theme", "lever", "role", "direction", "confidence", "method", "year", "q", "finding",
        "wider",
    ]  # fmt: skip
    hubs_anywhere = sum("T1.1" in row["themes"].split(";") for row in csv_findings)
    assert by_key["region"] == {
        "key": "region",
        "filter": "Region",
        "chosen, as codes": "TLC,TLD",
        "chosen, in words": "North East; North West",
        "findings with it": len(hubs),
        "findings without it": hubs_anywhere,
        "left out by it": hubs_anywhere - len(hubs),
    }
    assert list(by_key["strand"].values()) == ["Strand", "not narrowed", "strand", "[z]", len(hubs), len(hubs), "[z]"]


def test_wider_findings_are_taken_in_and_not_left_out(open_workbook, rows) -> None:
    narrow, wide = (
        {row["key"]: row for row in rows(open_workbook(f"region=TLC{more}")["Filters"])} for more in ("", "&wider=1")
    )
    assert narrow["wider"]["chosen, in words"] == "left out"
    assert wide["wider"]["chosen, in words"] == "taken in: findings about the whole that the chosen regions lie in"
    assert wide["wider"]["findings without it"] == narrow["region"]["findings with it"]
    assert wide["wider"]["left out by it"] == "[z]"


def _votes(findings: CsvRows, study_of: dict[str, str]) -> Counter[str]:
    """Return how studies vote: seven tenths of a study's findings that claim an effect make it, else it is mixed."""
    effects = defaultdict(list)
    for row in findings:
        if row["direction"] in ("strengthened", "impeded", "mixed"):
            effects[study_of[row["source_id"]]].append(row["direction"])
    votes: Counter[str] = Counter()
    for directions in effects.values():
        word, number = Counter(directions).most_common(1)[0]
        votes[word if number / len(directions) >= 0.7 else "mixed"] += 1
    return votes


def test_the_counts_are_votes_by_study_within_a_lever_and_role(open_workbook, rows, csv_findings, csv_sources) -> None:
    study_of = {row["source_id"]: row["study"] or row["source_id"] for row in csv_sources}
    counts = {(row["facet"], row["code"], row["role"]): row for row in rows(open_workbook()["Counts"])}
    for role in ("applied", "withdrawn", "lacking"):
        coded = [
            row
            for row in csv_findings
            if ("L6.2", role) in zip(row["levers"].split(";"), row["lever_roles"].split(";"), strict=True)
        ]
        votes = _votes(coded, study_of)
        shown = counts["lever", "L6.2", role]
        assert [shown[key] for key in ("findings", "sources", "studies")] == [
            len(coded),
            len({row["source_id"] for row in coded}),
            len({study_of[row["source_id"]] for row in coded}),
        ]
        assert [shown[f"studies {word}"] for word in ("strengthened", "impeded", "mixed")] == [
            votes["strengthened"],
            votes["impeded"],
            votes["mixed"],
        ]
    proposed = counts["lever", "L6.2", "proposed"]
    assert proposed["findings"] == sum(
        ("L6.2", "proposed") in zip(row["levers"].split(";"), row["lever_roles"].split(";"), strict=True)
        for row in csv_findings
    )
    assert [proposed[key] for key in ("studies strengthened", "share strengthened", "interval to")] == ["[z]"] * 3


def test_a_share_has_its_wilson_interval(open_workbook, rows) -> None:
    voted = [row for row in rows(open_workbook()["Counts"]) if row["share strengthened"] != "[z]"]
    assert len(voted) > 50
    z = 1.959963984540054
    for row in voted:
        up, n = row["studies strengthened"], row["studies strengthened"] + row["studies impeded"]
        middle, share = 1 + z * z / n, up / n
        spread = z * math.sqrt(share * (1 - share) / n + z * z / (4 * n * n))
        low, high = ((share + z * z / (2 * n) + side * spread) / middle for side in (-1, 1))
        assert row["share strengthened"] == pytest.approx(share)
        assert (row["interval from"], row["interval to"]) == pytest.approx((low, high), abs=1e-9)


def test_the_counts_tally_direction_and_confidence(open_workbook, rows, hubs) -> None:
    counts = {(row["facet"], row["code"]): row["findings"] for row in rows(open_workbook(NORTH_EAST_HUBS)["Counts"])}
    for facet in ("direction", "confidence"):
        tally = Counter(row[facet] for row in hubs)
        assert {code: number for (of, code), number in counts.items() if of == facet and number} == tally
    assert counts["all", "[z]"] == len(hubs)


def test_the_codebook_defines_every_code_role_direction_confidence_and_column(open_workbook, rows) -> None:
    book = open_workbook()
    meanings = {(row["facet"], row["code"]): row for row in rows(book["Codebook"])}
    assert meanings["lever", "L1.1"] == {
        "facet": "lever",
        "code": "L1.1",
        "parent": "L1",
        "name": "Capital grants",
        "definition": "Public or philanthropic money to build, buy, equip or refurbish.",
    }
    assert meanings["role", "withdrawn"]["definition"] == "The lever was cut, closed or ended."
    assert meanings["confidence", "low"]["definition"].endswith("This is not GRADE-CERQual.")
    for row in rows(book["Findings"]):
        for column, facet in (
            ("themes", "theme"),
            ("levers", "lever"),
            ("regions", "region"),
            ("direction", "direction"),
        ):
            assert all((facet, code) in meanings for code in str(row[column]).split(";") if code != "[z]")
    for sheet in ("Findings", "Sources"):
        assert all((f"column of {sheet}", cell.value) in meanings for cell in book[sheet][4])


def test_numbers_are_numbers_and_shares_are_shown_as_percentages(open_workbook) -> None:
    sheet = open_workbook()["Counts"]
    assert [cell.data_type for cell in sheet[5]] == ["s"] * 4 + ["n"] * 9
    assert sheet["K5"].number_format == "0%"
    assert open_workbook()["Findings"]["T5"].number_format == "yyyy-mm-dd"


def test_an_ordinary_cell_has_no_style_of_its_own_which_would_make_a_large_file_slow(loaded: Engine) -> None:
    out = io.BytesIO()
    workbook.write(loaded, Filter(), out)
    sheet = zipfile.ZipFile(out).read("xl/worksheets/sheet4.xml").decode()
    styled = Counter(re.findall(r'<c r="([A-Z]+)(?:[5-9]|\d\d+)" s=', sheet))
    assert styled == {"T": 543}  # the day each was coded on


def test_a_load_in_the_midst_of_writing_does_not_show_in_the_file(writable: Engine, strand_of, rows) -> None:
    path = Path(strand_of({"finding": "A new one."}).url.database).parent
    versions = []

    def load_once(_: float) -> None:
        if not versions:
            versions.append(loading.load(writable, [path]).version)

    out = io.BytesIO()
    assert workbook.write(writable, Filter(), out, progress=load_once) == 543
    book = openpyxl.load_workbook(out)
    assert versions == [2]
    assert "Data version 1, of" in " ".join(row[0].value for row in book["Cover"])
    assert [len(rows(book[sheet])) for sheet in ("Findings", "Sources")] == [543, 461]
    assert rows(book["Counts"])[0]["findings"] == 543


def test_a_file_already_there_stays_until_the_new_one_is_whole(loaded: Engine, tmp_path: Path) -> None:
    out = tmp_path / "evidence.xlsx"
    out.write_text("the old file")

    def looked_at(share: float) -> None:
        if share < 1:
            assert out.read_text() == "the old file"

    assert workbook.write(loaded, Filter(), out, progress=looked_at) == 543
    assert zipfile.is_zipfile(out)
    assert [path.name for path in tmp_path.iterdir()] == ["evidence.xlsx"]


def test_progress_rises_from_nothing_to_one(loaded: Engine) -> None:
    told: list[float] = []
    workbook.write(loaded, Filter(), io.BytesIO(), progress=told.append)
    assert told == sorted(told)
    assert 0 < told[0] < 0.5
    assert told[-1] == 1.0


def test_a_path_that_cannot_be_written_to_is_refused_in_words(loaded: Engine, tmp_path: Path) -> None:
    for out, why in (
        (tmp_path / "no" / "folder.xlsx", "cannot be written: No such file or directory"),
        (tmp_path, "is no file that can be written over, but a folder; name a file"),
    ):
        with pytest.raises(Refused) as refused:
            workbook.write(loaded, Filter(strand=("roundtable",)), out)
        assert str(refused.value) == f"{out}: {why}"
    assert list(tmp_path.iterdir()) == []


class _Full(io.BytesIO):
    """A disk with no room left."""

    def write(self, _: object) -> int:
        raise OSError(28, "No space left on device")


def test_a_file_that_fails_leaves_nothing_behind(
    loaded: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, recwarn: pytest.WarningsRecorder
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    with pytest.raises(OSError, match="No space left"):
        workbook.write(loaded, Filter(strand=("roundtable",)), _Full())
    assert list(tmp_path.iterdir()) == []
    assert not recwarn.list


def test_a_database_without_evidence_is_said_to_be_so(engine: Engine, tmp_path: Path) -> None:
    with pytest.raises(database.DatabaseFault, match="there is no database "):
        workbook.write(engine, Filter(), tmp_path / "out.xlsx")
    assert list(tmp_path.iterdir()) == []


def test_an_empty_collection_makes_a_whole_workbook(engine: Engine, rows: Callable[..., object]) -> None:
    with engine.connect().execution_options(writing=True) as connection, connection.begin():
        database.prepare(connection)
    out = io.BytesIO()
    assert workbook.write(engine, Filter(), out) == 0
    book = openpyxl.load_workbook(out)
    assert book.sheetnames == SHEETS
    assert "No evidence is loaded." in [row[0].value for row in book["Cover"]]
    assert set(rows(book["Findings"])[0].values()) == {"[z]"}
