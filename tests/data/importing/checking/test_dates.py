"""A day is an ISO date, Excel's number of one, or written in the one way that its whole column allows."""

from pathlib import Path

import pytest
from sqlalchemy import Engine

from data.collection.codebook import Codebook
from data.importing.checking.dates import in_iso, iso, way_of
from data.importing.loads import loading
from data.importing.mapping import bring
from data.importing.mapping.suggesting.proposal import propose
from data.importing.readers.format_choice import read_any
from tests.data.importing.mapping.raw_files import CONSTANTS
from tests.data.importing.small_strand import FINDINGS, SOURCES, changed, write_strand
from tests.data.importing.stored import ask


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("2026-11-23", "2026-11-23"),
        ("2026-11-23T09:30:00Z", "2026-11-23"),
        ("2026-11-23 09:30:00", "2026-11-23"),
        ("20261123", "2026-11-23"),
        ("46349", "2026-11-23"),
        ("46349.5", "2026-11-23"),
        ("2024-02-29", "2024-02-29"),
    ],
)
def test_is_taken_as_an_iso_date(written: str, day: str) -> None:
    assert iso(written) == day


@pytest.mark.parametrize(
    "written", ["2024-02-30", "32/13/2026", "yesterday", "2026", "2026-11", "23/11/2026", "12345", "2026-13-01"]
)
def test_is_refused_at_its_row_in_both_files_with_what_would_be_right(
    written: str, engine: Engine, tmp_path: Path
) -> None:
    findings = changed(FINDINGS, {"E1": {"coded_on": written}})
    sources = changed(SOURCES, {"S2": {"accessed": written}})
    checked, _ = loading.check_only(engine, [write_strand(tmp_path / "s", findings, sources)])
    reason = f'"{written}" is not a date that there is; write year-month-day, such as 2026-11-23'
    assert [(fault.row, fault.column, fault.reason, fault.warning) for fault in checked.faults] == [
        (3, "accessed", reason, False), (2, "coded_on", reason, False)
    ]  # fmt: skip


def test_excel_s_number_is_kept_as_the_day_it_counts_to(engine: Engine, tmp_path: Path) -> None:
    loading.load(engine, [write_strand(tmp_path / "s", changed(FINDINGS, {"E1": {"coded_on": "46349"}}))])
    assert ask(engine, "SELECT coded_on FROM finding WHERE ref = 'E1'") == [("2026-11-23",)]


@pytest.mark.parametrize(
    ("values", "way"),
    [
        (["23/11/2026", "03/04/2026"], "%d/%m/%Y"),
        (["11/23/2026 9:30 PM", "03/04/2026"], "%m/%d/%Y"),
        (["23/11/2026", "yesterday", "2026-11-01"], "%d/%m/%Y"),
        (["03/04/2026", "05/06/2026"], ""),
        (["23/11/2026", "11/23/2026"], ""),
        (["26.11.2026 10:31:00"], "%d.%m.%Y"),
        (["23 November 2026"], "%d %B %Y"),
        (["5 May 2026"], "%d %B %Y"),
        (["2026-11-23", ""], ""),
    ],
)
def test_a_column_has_a_way_only_where_no_other_reads_it_otherwise(values: list[str], way: str) -> None:
    assert way_of(values) == way


def test_a_day_in_the_way_of_its_column_is_turned_and_any_other_value_stays() -> None:
    values = ["03/04/2026", "yesterday", "2026-11-01", ""]
    assert [in_iso(value, "%d/%m/%Y") for value in values] == ["2026-04-03", "yesterday", "2026-11-01", ""]


def test_a_column_of_another_program_is_turned_and_told(codebook: Codebook) -> None:
    text = "document,finding,coded on\nA,The hall reopened,03/04/2026\nA,Nobody came by bus,23/04/2026\n"
    raw = read_any("a.csv", text.encode())
    brought = bring(raw, propose(raw, "Halls", codebook).with_constants(CONSTANTS), codebook)
    (table,) = brought.files.findings
    assert [cells[table.columns.index("coded_on")] for _, cells in table.rows] == ["2026-04-03", "2026-04-23"]
    told = [fault for fault in brought.files.faults if fault.column == "coded on"]
    assert [(fault.reason, fault.warning) for fault in told] == [
        ('days are read as day/month/year: "03/04/2026" is taken as 2026-04-03', True)
    ]


def test_a_semicolon_at_the_end_of_a_list_parts_nothing(engine: Engine, tmp_path: Path) -> None:
    lists = {"regions": "TLC;", "themes": "T1.2; T2.2; ", "levers": "L6.1;", "lever_roles": "applied;"}
    loading.load(engine, [write_strand(tmp_path / "s")])
    load = loading.load(engine, [write_strand(tmp_path / "t", changed(FINDINGS, {"E1": lists}))])
    assert (load.changed, load.unchanged) == (0, 5)
