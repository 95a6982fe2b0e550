"""Each row of a file is told of once: rows read = rows that made something + rows joined + rows left."""

from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import Engine

from data.collection import database
from data.collection.access import Standing, Visitor
from data.collection.codebook import Codebook
from data.curating.row_history import history
from data.faults import Refused
from data.importing.accounts import Account, sentences, spans
from data.importing.loads import loading, prepared_load
from data.importing.mapping import Mapped, bring
from data.importing.mapping.suggesting.proposal import propose
from data.importing.readers.format_choice import read_any
from data.importing.strand_files import read
from tests.data.importing.mapping.raw_files import CONSTANTS, decided
from tests.data.importing.small_strand import FINDINGS, SOURCES, changed, write_strand
from tests.data.importing.stored import ask

EDITOR = Visitor("an editor", Standing.EDITOR)
FILES = sorted(path for path in Path("tests/files").rglob("*.*") if path.suffix not in (".md", ".sav"))

Brought = Callable[[str], Mapped]


@pytest.fixture
def brought(codebook: Codebook) -> Brought:
    """Return a function that brings a CSV text in under the mapping that is suggested for it."""

    def bring_in(text: str) -> Mapped:
        raw = read_any("a.csv", text.encode())
        return bring(raw, propose(raw, "Theirs", codebook).with_constants(CONSTANTS), codebook)

    return bring_in


def refs(mapped: Mapped) -> list[list[str]]:
    """Return title, year, authors and DOI of each source."""
    return [
        [cells[table.columns.index(name)] for name in ("title", "year", "authors", "doi")]
        for table in mapped.files.sources
        for _, cells in table.rows
    ]


@pytest.mark.parametrize("path", FILES, ids=[path.name for path in FILES])
def test_every_row_of_every_file_is_told_of_once(path: Path, codebook: Codebook) -> None:
    raw = read_any(path.name, path)
    mapped = bring(raw, propose(raw, "Theirs", codebook).with_constants(CONSTANTS), codebook)
    read_rows = [sum(any(cells) for _, cells in table.rows) for table in raw.tables]
    sums = [account.findings + account.sources + len(account.joined) + len(account.left)
            for account in mapped.files.accounts]  # fmt: skip
    assert [account.read for account in mapped.files.accounts] == read_rows == sums
    assert sum(account.findings for account in mapped.files.accounts) == mapped.findings


def test_passages_with_one_text_are_joined_and_named(brought: Brought) -> None:
    text = (
        "document,finding,code\nA,The hall reopened,Halls\nA,The hall reopened,Buses\nA,,Buses\nA,Nobody came,Buses\n"
    )
    (account,) = brought(text).files.accounts
    assert account == Account("a.csv", "", 4, 2, 0, {3: 2}, {4: "has no text for a finding"})
    assert list(sentences(account.record())) == [
        "a.csv: 4 rows read = 2 findings + 1 joined + 1 left",
        "joined to what another row tells of: row 3",
        "left: row 4: has no text for a finding",
    ]


def test_rows_in_order_are_told_as_spans() -> None:
    assert [spans(rows) for rows in ([], [4], [3, 1, 2], [1, 2, 5, 8, 9])] == ["", "4", "1–3", "1–2, 5, 8–9"]


def test_reasons_without_end_are_cut_short_and_counted() -> None:
    account = Account("a.csv", "", 25, left={row: f"reason {row}" for row in range(1, 26)})
    lines = list(sentences(account.record()))
    assert (len(lines), lines[20]) == (22, "left: row 20: reason 20")
    assert lines[-1] == "left: further rows, for 5 further reasons; the load keeps them all"
    assert len(account.record()["left_rows"]) == 25


def test_a_titled_row_without_a_text_makes_its_source(brought: Brought) -> None:
    mapped = brought("title,year,finding\nReport A,2020,\nReport B,2021,The hall reopened\n")
    assert [source[0] for source in refs(mapped)] == ["Report A", "Report B"]
    assert (mapped.files.accounts[0].sources, mapped.files.accounts[0].findings) == (1, 1)
    assert [str(fault) for fault in mapped.files.faults] == [
        "a.csv: row 2 column finding: 1 row without a text, the first of them here: no finding is made of such a row"
    ]


HEADER = "title,year,authors,doi"
ONE = "Annual report,2019,Ann,10.1000/a"


@pytest.mark.parametrize(
    ("other", "documents"),
    [
        ("Annual report,2019,Ann,10.1000/a", 1),
        ("Annual report 2019,2019,Ann,https://doi.org/10.1000/A", 1),
        ("Annual report,2019,Ann,", 1),
        ("Annual report,2019,Ann,10.1000/b", 2),
        ("Annual report,2020,Ann,", 2),
        ("Annual report,2019,Bob,", 2),
        ("Annual report,2019,,", 2),
        ("Annual report,,,", 2),
    ],
)
def test_two_references_are_one_only_by_doi_or_by_title_year_and_authors(
    brought: Brought, other: str, documents: int
) -> None:
    mapped = brought(f"{HEADER}\n{ONE}\n{other}\n")
    assert len(refs(mapped)) == documents
    (account,) = mapped.files.accounts
    assert (account.sources, account.joined) == ((2, {}) if documents == 2 else (1, {3: 2}))


def test_findings_of_one_title_rest_on_one_document_unless_they_tell_of_two(brought: Brought) -> None:
    rows = ["Annual report,2019,10.1000/a,The hall reopened", "Annual report,,,Nobody came",
            "Annual report,2020,10.1000/b,The bus was cut"]  # fmt: skip
    mapped = brought("\n".join(("title,year,doi,finding", *rows)))
    (table,) = mapped.files.findings
    sources = [cells[1] for _, cells in table.rows]
    assert (sources[0] == sources[1], sources[0] == sources[2], len(refs(mapped))) == (True, False, 2)
    assert [fault.reason for fault in mapped.files.faults if fault.row == 4] == [
        "has the title of row 2, and tells of another document: two sources"
    ]


def test_a_finding_that_may_rest_on_either_of_two_documents_is_refused(brought: Brought) -> None:
    rows = ["Annual report,2019,The hall reopened", "Annual report,2020,The bus was cut", "Annual report,,Nobody came"]
    (fault,) = [fault for fault in brought("\n".join(("title,year,finding", *rows))).files.faults if not fault.warning]
    assert str(fault) == (
        "a.csv: row 4 column title: names a title that the sources of rows 2 and 3 bear; give its id or DOI, or year "
        "and authors"
    )


def test_documents_of_one_title_with_ids_stay_two_and_a_bare_id_is_no_document(
    brought: Brought,
) -> None:
    text = Path("tests/files/references/same_title.csv").read_text(encoding="utf-8")
    mapped = brought(text)
    assert [source[2:] for source in refs(mapped)] == [["Example, Ann", "10.1000/a"], ["Other, Bob", "10.1000/b"]]
    assert mapped.files.accounts[0].left == dict.fromkeys((4, 5, 6), "says nothing but an id")


def test_columns_that_only_findings_have_are_listed_as_left_behind(brought: Brought) -> None:
    mapped = brought(Path("tests/files/exports/src_only.csv").read_text(encoding="utf-8"))
    assert [(left.name, left.uses, left.why) for left in mapped.left] == [
        (name, 2, "only findings have a field for it")
        for name in ("Country", "Latitude", "Longitude", "Population", "Period")
    ]
    assert {fault.column for fault in mapped.files.faults if fault.warning} == {left.name for left in mapped.left}


def test_nothing_brought_in_is_an_error_that_says_why(codebook: Codebook, writable: Engine) -> None:
    raw = read_any("a.csv", b"finding,direction\n,positive\n,negative\n")
    mapping = decided({"finding": "finding", "direction": "direction"}, constants=CONSTANTS)
    with pytest.raises(Refused) as refused:
        prepared_load.prepare(writable, bring(raw, mapping, codebook).files)
    assert str(refused.value).splitlines()[-1] == (
        "a.csv: nothing of it is brought in: none of 2 rows makes a finding or a source (2 rows: has no text for a "
        "finding)"
    )


def test_a_load_keeps_what_became_of_its_rows(engine: Engine, tmp_path: Path) -> None:
    example = {**FINDINGS[2], "finding_id": "EXAMPLE-E1"}
    folder = write_strand(tmp_path / "s", [*FINDINGS, example])
    loading.load(engine, [folder])
    rows = database.ask(engine, history).iloc[0]["rows"]
    assert [line for record in rows for line in sentences(record)] == [
        f"{folder}/sources.csv: 2 rows read = 2 sources + 0 joined + 0 left",
        f"{folder}/findings.csv: 4 rows read = 3 findings + 0 joined + 1 left",
        "left: row 5: is a worked example",
    ]


class TestFaultyRows:
    FAULTY = (changed(FINDINGS, {"E1": {"direction": "up"}, "E3": {"coded_on": "yesterday"}}), SOURCES)

    def test_stop_a_load_unless_they_are_left_out_by_choice(self, engine: Engine, tmp_path: Path) -> None:
        files = read([write_strand(tmp_path / "s", *self.FAULTY)])
        with pytest.raises(Refused):
            prepared_load.prepare(engine, files)
        load = prepared_load.confirm(engine, prepared_load.prepare(engine, files, leave_out=True), EDITOR)
        assert ask(engine, "SELECT ref FROM finding") == [("E2",)]
        assert [line for line in sentences(load.rows[1]) if "row" in line] == [
            f"{tmp_path}/s/findings.csv: 3 rows read = 1 finding + 0 joined + 2 left",
            'left: row 2: faulty, and left out as chosen: direction "up" is not one of strengthened, impeded, mixed, '
            "unclear, context",
            'left: row 4: faulty, and left out as chosen: coded_on "yesterday" is not a date that there is; write '
            "year-month-day, such as 2026-11-23",
        ]

    def test_are_each_told_as_a_warning(self, engine: Engine, tmp_path: Path) -> None:
        plan = prepared_load.prepare(engine, read([write_strand(tmp_path / "s", *self.FAULTY)]), leave_out=True)
        assert [(fault.row, fault.reason.rpartition("; ")[2]) for fault in plan.warnings] == [
            (2, "the row is left out, as chosen"), (4, "the row is left out, as chosen")
        ]  # fmt: skip

    def test_that_could_not_even_be_read_are_left_out_and_counted_too(self, brought: Brought, writable: Engine) -> None:
        mapped = brought("document,finding,direction\nA,The hall reopened,up\nA,Nobody came, it rained,positive\n"
                         "A,The bus was cut,negative\n")  # fmt: skip
        with pytest.raises(Refused):
            prepared_load.prepare(writable, mapped.files)
        mapped = brought("document,finding,direction\nA,Nobody came, it rained,positive\nA,The bus was cut,negative\n")
        plan = prepared_load.prepare(writable, mapped.files, leave_out=True)
        assert [line for account in plan.accounts for line in sentences(account.record())] == [
            "a.csv: 2 rows read = 1 finding + 0 joined + 1 left",
            "left: row 2: has 4 cells where the header has 3; see that cells with separators are quoted",
        ]
        assert [fault.reason.rpartition("; ")[2] for fault in plan.warnings if fault.row == 2] == [
            "the row is left out, as chosen"
        ]

    def test_of_sources_take_their_findings_with_them(self, engine: Engine, tmp_path: Path) -> None:
        files = read([write_strand(tmp_path / "s", FINDINGS, changed(SOURCES, {"S2": {"title": ""}}))])
        plan = prepared_load.prepare(engine, files, leave_out=True)
        assert (plan.plan.sources.added, plan.plan.findings.added) == (["S1"], ["E1"])
        assert [len(account.left) for account in plan.accounts] == [1, 2]

    def test_leave_the_source_that_others_rest_on_and_take_the_rows_that_were_joined_to_them(
        self, brought: Brought, writable: Engine
    ) -> None:
        rows = ["A,The hall reopened,up", "A,The hall reopened,up", "A,Nobody came,positive", "B,The bus was cut,up"]
        mapped = brought("\n".join(("document,finding,direction", *rows)))
        plan = prepared_load.prepare(writable, mapped.files, leave_out=True)
        (account,) = plan.accounts
        assert (account.read, account.findings, account.sources, account.joined) == (4, 1, 0, {})
        assert [account.left[row].partition(":")[0] for row in (2, 3, 5)] == [
            "faulty, and left out as chosen", "is joined to row 2, which is left", "faulty, and left out as chosen"
        ]  # fmt: skip
        assert [record.title for record in plan.plan.checked.sources.values()] == ["A"]

    def test_are_nothing_to_bring_in_where_all_are(self, engine: Engine, tmp_path: Path) -> None:
        files = read([write_strand(tmp_path / "s", (), [{**row, "title": ""} for row in SOURCES])])
        with pytest.raises(Refused) as refused:
            prepared_load.prepare(engine, files, leave_out=True)
        assert "nothing of it is brought in: none of 2 rows" in str(refused.value)

    def test_of_a_file_that_is_cut_off_stay_an_error(self, engine: Engine, tmp_path: Path) -> None:
        folder = write_strand(tmp_path / "s")
        path = folder / "findings.csv"
        path.write_text(path.read_text(encoding="utf-8") + 'E9,"never closed', encoding="utf-8")
        with pytest.raises(Refused):
            prepared_load.prepare(engine, read([folder]), leave_out=True)
