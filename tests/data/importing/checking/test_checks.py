"""Each kind of fault, told in one line that names file, sheet, row, column, value, and what would be right."""

from pathlib import Path

import pytest
from sqlalchemy import Engine

from data.faults import FAULT_COLUMNS, fault_table
from data.importing.loads import loading, prepared_load
from data.importing.strand_files import Files, Table
from data.schema import SOURCE_COLUMNS
from tests.data.importing.small_strand import FINDINGS, SOURCES, Row, changed, write_strand, write_workbook

DIRECTIONS = "strengthened, impeded, mixed, unclear, context"
STRANDS = "community, international, roundtable, literature"


def told(engine: Engine, *paths: Path) -> list[str]:
    """Return the faults of files as lines, the files' folder left out of them."""
    checked, _ = loading.check_only(engine, paths)
    return [str(fault).replace(f"{paths[0]}", "") for fault in checked.faults]


FINDING_FAULTS: dict[str, tuple[Row, list[tuple[str, str]]]] = {
    "a direction misspelt": (
        {"direction": "strenghtened"},
        [("direction", f'"strenghtened" is not one of {DIRECTIONS}; did you mean "strengthened"?')],
    ),
    "no direction": ({"direction": ""}, [("direction", f"an empty value is not one of {DIRECTIONS}")]),
    "a direction in capitals": (
        {"direction": "Mixed"},
        [("direction", f'"Mixed" is not one of {DIRECTIONS}; did you mean "mixed"?')],
    ),
    "a confidence outside the scale": (
        {"confidence": "certain"},
        [("confidence", '"certain" is not one of high, moderate, low, very low')],
    ),
    "a confidence written in one word": (
        {"confidence": "very_low"},
        [("confidence", '"very_low" is not one of high, moderate, low, very low; did you mean "very low"?')],
    ),
    "an unknown theme": (
        {"themes": "T1.2;T7.3"},
        [("themes", '"T7.3" is not a theme code of the codebook')],
    ),
    "a theme with a letter too many": (
        {"themes": "TT1.2"},
        [("themes", '"TT1.2" is not a theme code of the codebook; did you mean "T1.2"?')],
    ),
    "a theme by its name": (
        {"themes": "Trust and reciprocity"},
        [("themes", '"Trust and reciprocity" is not a theme code of the codebook; did you mean "T2.3"?')],
    ),
    "the United Kingdom among themes": (
        {"themes": "GBR"},
        [("themes", '"GBR" is not a theme code of the codebook')],
    ),
    "themes parted by a comma": (
        {"themes": "T1.2, T2.2"},
        [("themes", '"T1.2, T2.2" is not a theme code of the codebook; did you mean "T1.2;T2.2"?')],
    ),
    "nothing between two semicolons": (
        {"themes": "T1.2;;T2.2"},
        [("themes", '"" is not a theme code of the codebook')],
    ),
    "an unknown lever": (
        {"levers": "L9.9", "lever_roles": "applied"},
        [("levers", '"L9.9" is not a lever code of the codebook')],
    ),
    "an unknown region": (
        {"regions": "TLQ"},
        [("regions", '"TLQ" is not a region code of the codebook')],
    ),
    "a region in small letters": (
        {"regions": "tlc"},
        [("regions", '"tlc" is not a region code of the codebook; did you mean "TLC"?')],
    ),
    "a region by its name": (
        {"regions": "North East"},
        [("regions", '"North East" is not a region code of the codebook; did you mean "TLC"?')],
    ),
    "the United Kingdom by its ISO code": (
        {"regions": "GBR"},
        [("regions", '"GBR" is not a region code of the codebook; did you mean "UK"?')],
    ),
    "two unknown codes in one cell": (
        {"regions": "GBR;FRA;Qqq"},
        [
            ("regions", '"GBR" is not a region code of the codebook; did you mean "UK"?'),
            ("regions", '"Qqq" is not a region code of the codebook'),
        ],
    ),
    "a source that no file holds": (
        {"source_id": "SS2"},
        [("source_id", '"SS2" is no source of these files or of the collection; did you mean "S2"?')],
    ),
    "no source": ({"source_id": ""}, [("source_id", '"" is no source of these files or of the collection')]),
    "an empty finding": ({"finding": "  \n "}, [("finding", "is empty; a finding needs its text")]),
    "no ref": ({"finding_id": ""}, [("finding_id", "is empty; give each row a ref of its own")]),
    "a ref of two lines": (
        {"finding_id": "E\n2"},
        [
            (
                "finding_id",
                '"E\\n2" cannot stand in an address; at most 200 characters, '
                "none of them a line break or a control character",
            )
        ],
    ),
    "a ref that stands above": ({"finding_id": "E1"}, [("finding_id", '"E1" stands already in row 2')]),
    "a latitude in words": (
        {"latitude": "north", "longitude": "-1.5"},
        [("latitude", '"north" is not a number of degrees, such as 54.97')],
    ),
    "a longitude with a decimal comma": (
        {"latitude": "54.97", "longitude": "1,61"},
        [("longitude", '"1,61" is not a number of degrees, such as 54.97')],
    ),
    "a latitude with digits grouped": (
        {"latitude": "5_4", "longitude": "1"},
        [("latitude", '"5_4" is not a number of degrees, such as 54.97')],
    ),
    "a latitude that is not a number": (
        {"latitude": "nan", "longitude": "inf"},
        [
            ("latitude", '"nan" is not a number of degrees, such as 54.97; leave the cell empty where there is none'),
            ("longitude", '"inf" is not a number of degrees, such as 54.97'),
        ],
    ),
    "words where degrees should be": (
        {"latitude": "tbc", "longitude": "–"},
        [
            ("latitude", '"tbc" is not a number of degrees, such as 54.97; leave the cell empty where there is none'),
            ("longitude", '"–" is not a number of degrees, such as 54.97; leave the cell empty where there is none'),
        ],
    ),
    "a latitude beyond the pole": (
        {"latitude": "90.01", "longitude": "-1.5"},
        [("latitude", '"90.01" is out of range; latitude runs from -90 to 90')],
    ),
    "a longitude beyond the date line": (
        {"latitude": "-90", "longitude": "-180.5"},
        [("longitude", '"-180.5" is out of range; longitude runs from -180 to 180')],
    ),
    "a latitude without a longitude": (
        {"latitude": "54.97", "longitude": ""},
        [("longitude", "is empty while latitude is given; a place needs both or neither")],
    ),
    "a longitude without a latitude": (
        {"latitude": "", "longitude": "-1.5"},
        [("latitude", "is empty while longitude is given; a place needs both or neither")],
    ),
    "fewer roles than levers": (
        {"levers": "L6.4;L1.2", "lever_roles": "withdrawn"},
        [("lever_roles", "1 role for 2 levers; give each lever its role, in the same order")],
    ),
    "roles without a lever": (
        {"levers": "", "lever_roles": "applied;lacking"},
        [("lever_roles", "2 roles for 0 levers; give each lever its role, in the same order")],
    ),
    "an unknown role": (
        {"levers": "L6.4", "lever_roles": "cut"},
        [("lever_roles", '"cut" is not one of applied, withdrawn, lacking, proposed')],
    ),
    "a role misspelt": (
        {"levers": "L6.4", "lever_roles": "propsed"},
        [("lever_roles", '"propsed" is not one of applied, withdrawn, lacking, proposed; did you mean "proposed"?')],
    ),
    "a value of two lines": (
        {"direction": "up\nand down"},
        [("direction", f'"up\\nand down" is not one of {DIRECTIONS}')],
    ),
    "a value of any length": (
        {"direction": "x" * 5000},
        [("direction", f'"{"x" * 79}…" is not one of {DIRECTIONS}')],
    ),
}

SOURCE_FAULTS: dict[str, tuple[Row, list[tuple[str, str]]]] = {
    "a strand that is none of the four": (
        {"strand": "comunity"},
        [("strand", f'"comunity" is not one of {STRANDS}; did you mean "community"?')],
    ),
    "no title": ({"title": ""}, [("title", "is empty; a source needs a title")]),
    "a year of two digits": ({"year": "19"}, [("year", '"19" is not a year of four digits, such as 2019')]),
    "a year in words": ({"year": "c. 2019"}, [("year", '"c. 2019" is not a year of four digits, such as 2019')]),
    "a year yet far off": ({"year": "2919"}, [("year", '"2919" is not a year of four digits, such as 2019')]),
    "a year of the next century": (
        {"year": "2109"},
        [("year", '"2109" is yet to come: a source\'s year is when it was published; was 2009 meant?')],
    ),
    "words where a year should be": (
        {"year": "N/A"},
        [("year", '"N/A" is not a year of four digits, such as 2019; leave the cell empty where there is none')],
    ),
    "a dash where a year should be": (
        {"year": "-"},
        [("year", '"-" is not a year of four digits, such as 2019; leave the cell empty where there is none')],
    ),
    "a ref that stands above": ({"source_id": "S1"}, [("source_id", '"S1" stands already in row 2')]),
    "no ref": ({"source_id": ""}, [("source_id", "is empty; give each row a ref of its own")]),
}


@pytest.mark.parametrize(("change", "faults"), FINDING_FAULTS.values(), ids=FINDING_FAULTS)
class TestAFindingWith:
    """The second finding, on row 3, changed for the worse: nothing else is found wrong, and nothing is missed."""

    def test_in_a_csv_file(self, change: Row, faults: list[tuple[str, str]], engine: Engine, tmp_path: Path) -> None:
        folder = write_strand(tmp_path / "strand", changed(FINDINGS, {"E2": change}))
        assert told(engine, folder) == [f"/findings.csv: row 3 column {column}: {reason}" for column, reason in faults]

    def test_in_a_workbook(self, change: Row, faults: list[tuple[str, str]], engine: Engine, tmp_path: Path) -> None:
        book = write_workbook(tmp_path / "strand.xlsx", changed(FINDINGS, {"E2": change}))
        assert told(engine, book) == [f": sheet Findings row 3 column {column}: {reason}" for column, reason in faults]


@pytest.mark.parametrize(("change", "faults"), SOURCE_FAULTS.values(), ids=SOURCE_FAULTS)
class TestASourceWith:
    """The second source, on row 3, changed for the worse; findings that rest on a faulty source are not blamed."""

    def test_in_a_csv_file(self, change: Row, faults: list[tuple[str, str]], engine: Engine, tmp_path: Path) -> None:
        folder = write_strand(tmp_path / "strand", FINDINGS[:1], changed(SOURCES, {"S2": change}))
        assert told(engine, folder) == [f"/sources.csv: row 3 column {column}: {reason}" for column, reason in faults]

    def test_in_a_workbook(self, change: Row, faults: list[tuple[str, str]], engine: Engine, tmp_path: Path) -> None:
        book = write_workbook(tmp_path / "strand.xlsx", FINDINGS[:1], changed(SOURCES, {"S2": change}))
        assert told(engine, book) == [f": sheet Sources row 3 column {column}: {reason}" for column, reason in faults]


def test_findings_of_a_faulty_source_are_not_blamed_for_it(engine: Engine, tmp_path: Path) -> None:
    folder = write_strand(tmp_path / "strand", sources=changed(SOURCES, {"S2": {"year": "now"}}))
    assert told(engine, folder) == ['/sources.csv: row 3 column year: "now" is not a year of four digits, such as 2019']


def test_all_faults_of_a_row_and_of_all_rows_are_told_at_once(engine: Engine, tmp_path: Path) -> None:
    worse = {"E1": {"finding": "", "direction": "up", "latitude": ""}, "E3": {"regions": "GBR", "finding_id": "E2"}}
    folder = write_strand(tmp_path / "strand", changed(FINDINGS, worse), changed(SOURCES, {"S1": {"strand": ""}}))
    assert told(engine, folder) == [
        f"/sources.csv: row 2 column strand: an empty value is not one of {STRANDS}",
        "/findings.csv: row 2 column finding: is empty; a finding needs its text",
        "/findings.csv: row 2 column latitude: is empty while longitude is given; a place needs both or neither",
        f'/findings.csv: row 2 column direction: "up" is not one of {DIRECTIONS}',
        '/findings.csv: row 4 column finding_id: "E2" stands already in row 3',
        '/findings.csv: row 4 column regions: "GBR" is not a region code of the codebook; did you mean "UK"?',
    ]


def test_a_fault_far_down_a_sheet_is_told_by_the_row_that_excel_shows(engine: Engine, tmp_path: Path) -> None:
    ten = [{**FINDINGS[0], "finding_id": f"E{number}"} for number in range(10)]
    bad = {**FINDINGS[0], "finding_id": "E10", "direction": "strenghtened"}
    book = write_workbook(tmp_path / "coded evidence.xlsx", [*ten, bad])
    assert told(engine, book) == [
        f': sheet Findings row 12 column direction: "strenghtened" is not one of {DIRECTIONS}; '
        'did you mean "strengthened"?'
    ]


def test_a_ref_that_stands_in_another_file_is_named_with_that_file(engine: Engine, tmp_path: Path) -> None:
    one = write_strand(tmp_path / "one")
    two = write_strand(tmp_path / "two", FINDINGS[1:2], [{**SOURCES[0], "source_id": "S9"}])
    checked, _ = loading.check_only(engine, [one, two])
    assert [str(fault) for fault in checked.faults] == [
        f'{two}/findings.csv: row 2 column finding_id: "E2" stands already in {one}/findings.csv row 3'
    ]


def test_findings_may_rest_on_sources_of_another_file_or_of_the_collection(engine: Engine, tmp_path: Path) -> None:
    one = write_strand(tmp_path / "one", FINDINGS[:1])
    two = write_strand(tmp_path / "two", FINDINGS[1:], [{**SOURCES[0], "source_id": "S9"}])
    assert loading.check_only(engine, [one, two])[0].faults == []
    assert len(loading.check_only(engine, [two])[0].faults) == 2
    loading.load(engine, [one])
    assert loading.check_only(engine, [two])[0].faults == []


def test_a_finding_that_rests_on_a_source_to_be_withdrawn_is_refused(engine: Engine, tmp_path: Path) -> None:
    loading.load(engine, [write_strand(tmp_path / "strand")])
    without_buses = write_strand(tmp_path / "strand", FINDINGS, SOURCES[:1])
    checked, _ = loading.check_only(engine, [without_buses], {"community"})
    unknown = '"S2" is no source of these files or of the collection'
    assert [str(fault).replace(str(without_buses), "") for fault in checked.faults] == [
        f"/findings.csv: row 3 column source_id: {unknown}",
        f"/findings.csv: row 4 column source_id: {unknown}",
    ]


WARNED: dict[str, tuple[Row, Row, list[tuple[str, str]]]] = {
    "a year of a century too early": (
        {},
        {"year": "1019"},
        [("year", '"1019" is before 1800; perhaps a slip of the century: was 2019 or 1919 meant?')],
    ),
    "a point in another region": (
        {"latitude": "51.5", "longitude": "-0.12"},
        {},
        [
            (
                "regions",
                "its point, latitude 51.5 and longitude -0.12, lies in London (TLI) and not in North East (TLC) or "
                "North West (TLD); correct the region or the coordinates",
            )
        ],
    ),
    "a point whose longitude lost its sign": (
        {"latitude": "54.97", "longitude": "1.61"},
        {},
        [
            (
                "regions",
                "its point, latitude 54.97 and longitude 1.61, lies in the sea and not in North East (TLC) or North "
                "West (TLD); correct the region or the coordinates; with longitude -1.61 it would lie there",
            )
        ],
    ),
    "a point with latitude and longitude exchanged": (
        {"latitude": "-1.61", "longitude": "54.97"},
        {},
        [
            (
                "regions",
                "its point, latitude -1.61 and longitude 54.97, lies in the sea and not in North East (TLC) or North "
                "West (TLD); correct the region or the coordinates; with latitude and longitude exchanged it would "
                "lie there",
            )
        ],
    ),
    "a point in another country": (
        {"latitude": "48.86", "longitude": "2.35", "regions": "DEU"},
        {},
        [
            (
                "regions",
                "its point, latitude 48.86 and longitude 2.35, lies in France (FRA) and not in Germany (DEU); correct "
                "the region or the coordinates",
            )
        ],
    ),
    "a postcode": (
        {"place": "Blyth NE24 1AA"},
        {},
        [("place", "NE24 1AA looks like a postcode; take it out unless the person's consent covers it")],
    ),
    "an e-mail address": (
        {"finding": "Write to hall.keeper@example.org for the key"},
        {},
        [
            (
                "finding",
                "hall.keeper@example.org looks like an e-mail address; take it out unless the person's consent "
                "covers it",
            )
        ],
    ),
    "a telephone number": (
        {"population": "call 0191 496 0123"},
        {},
        [
            (
                "population",
                "0191 496 0123 looks like a telephone number; take it out unless the person's consent covers it",
            )
        ],
    ),
}


@pytest.mark.parametrize(("finding", "source", "warnings"), WARNED.values(), ids=WARNED)
def test_what_is_to_be_looked_at_is_told_and_stops_nothing(
    finding: Row, source: Row, warnings: list[tuple[str, str]], engine: Engine, tmp_path: Path
) -> None:
    folder = write_strand(tmp_path / "s", changed(FINDINGS, {"E2": finding}), changed(SOURCES, {"S2": source}))
    checked, _ = loading.check_only(engine, [folder])
    assert [(fault.column, fault.reason) for fault in checked.warnings] == warnings
    assert all(fault.row == 3 for fault in checked.warnings)
    assert checked.errors == []
    assert loading.load(engine, [folder]).added == 5


NOT_WARNED: dict[str, Row] = {
    "a point on the border": {"latitude": "54.98", "longitude": "-2.6", "regions": "TLD"},
    "a point on an island that the outlines leave out": {"latitude": "49.92", "longitude": "-6.3", "regions": "TLK"},
    "a point in one of two regions": {"latitude": "53.48", "longitude": "-2.24", "regions": "TLC;TLD"},
    "a point in a part of the country": {"latitude": "57.15", "longitude": "-2.1", "regions": "UK"},
    "a point of a finding whose place is nowhere": {"latitude": "57.15", "longitude": "-2.1", "regions": "GLO"},
    "a point without a region": {"latitude": "57.15", "longitude": "-2.1", "regions": ""},
    "money, years and grants": {"finding": "GBP 1,250,000 in 2010-2015 (grant 0123456), 12.5 % of 0.0123456789"},
    "a group and a version": {"finding": "The G20 met; COVID19 and V2X; T1.2 in EC1 and SW1A"},
}


@pytest.mark.parametrize("finding", NOT_WARNED.values(), ids=NOT_WARNED)
def test_what_is_sound_is_not_warned_of(finding: Row, engine: Engine, tmp_path: Path) -> None:
    folder = write_strand(tmp_path / "s", changed(FINDINGS, {"E2": finding}))
    assert loading.check_only(engine, [folder])[0].faults == []


def test_the_shipped_evidence_gives_no_warning(engine: Engine) -> None:
    assert loading.check_only(engine, loading.shipped())[0].faults == []


def test_half_a_character_is_told_and_not_left_to_the_database(engine: Engine) -> None:
    cells = ["S1", "community", "half \ud83d of one", *[""] * 10]
    files = Files([Table("theirs", "", SOURCE_COLUMNS[: len(cells)], [(2, cells)])], [])
    checked, _ = prepared_load.check_alone(engine, files)
    assert [str(fault) for fault in checked.errors] == [
        "theirs: row 2 column title: the row holds half a character (a lone surrogate); type it again"
    ]


def test_faults_are_a_table_errors_first_each_with_its_value(engine: Engine, tmp_path: Path) -> None:
    worse = changed(FINDINGS, {"E1": {"place": "NE24 1AA"}, "E3": {"direction": "up"}})
    folder = write_strand(tmp_path / "strand", worse)
    table = fault_table(loading.check_only(engine, [folder])[0].faults)
    assert tuple(table.columns) == FAULT_COLUMNS
    assert [tuple(row)[:1] + tuple(row)[3:6] for row in table.itertuples(index=False)] == [
        ("error", 4, "direction", "up"), ("warning", 2, "place", "NE24 1AA")
    ]  # fmt: skip
