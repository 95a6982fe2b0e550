"""The sources of a filter: how many, of which years, how they may be followed up, and which share a study."""

from collections import Counter

import pytest
from sqlalchemy import Engine

from data.collection import database
from data.filters.filter import Filter
from data.importing.loads import loading
from data.queries import source_counts
from models import Access
from tests.data.importing.small_strand import write_strand
from tests.data.reckoning import ROWS, inside, read

ALL = {row["source_id"]: row for row in read("strands/*/sources.csv")}
WANTED = [Filter(), Filter(region=("TLC",)), Filter(direction=("mixed",)), Filter(finding=("INT-E999",))]


def held(wanted) -> list[dict[str, str]]:
    """Return the filter's sources, from the files."""
    return [ALL[ref] for ref in {row.source for row in inside(wanted)}]


@pytest.mark.parametrize("wanted", WANTED, ids=lambda wanted: wanted.to_address() or "all")
def test_what_is_known_of_the_sources_as_a_whole(session, codebook, wanted):
    rows = held(wanted)
    studies = Counter(row["study"] or row["source_id"] for row in rows)
    years = [int(row["year"]) for row in rows if row["year"]]
    shared = [number for number in studies.values() if number > 1]
    assert source_counts.held(session, wanted, codebook) == (
        len(rows), len(studies), len(years), min(years, default=0), max(years, default=0),
        sum(row["url"].startswith(("http://", "https://")) for row in rows), sum(bool(row["doi"]) for row in rows),
        sum(shared), len(shared),
    )  # fmt: skip


@pytest.mark.parametrize("wanted", WANTED, ids=lambda wanted: wanted.to_address() or "all")
def test_years_without_a_source_are_told_too(session, codebook, wanted):
    numbers = Counter(int(row["year"]) for row in held(wanted) if row["year"])
    table = source_counts.by_year(session, wanted, codebook)
    every = range(min(numbers), max(numbers) + 1) if numbers else ()
    assert dict(zip(table["year"], table["sources"], strict=True)) == {year: numbers[year] for year in every}


def test_a_source_names_its_findings_here_and_how_many_it_has(session, codebook):
    wanted = Filter(direction=("strengthened",))
    source, number = Counter(row.source for row in ROWS).most_common(1)[0]
    own = source_counts.findings_of(session, wanted, codebook, source)
    assert own.refs == tuple(sorted(row.ref for row in inside(wanted) if row.source == source))
    assert own.total == number


def test_sources_that_share_a_study_are_listed_also_those_outside_the_view(session, codebook):
    wanted = Filter(strand=("community",))
    studies = Counter(row["study"] for row in ALL.values() if row["study"])
    told = {row["study"] for row in held(wanted)}
    here = {row["source_id"] for row in held(wanted)}
    table = source_counts.sharing(session, wanted, codebook)
    assert {(row.source_id, bool(row.here)) for row in table.itertuples()} == {
        (ref, ref in here) for ref, row in ALL.items() if row["study"] in told and studies[row["study"]] > 1
    }


@pytest.fixture
def waiting(writable, tmp_path) -> Engine:
    """Return the shipped evidence with three sources that nobody has coded yet, one for the team alone."""
    columns = ("source_id", "title", "year", "strand", "access")
    rows = [("N1", "New halls", 2020, "literature", "public"), ("N2", "New buses", "", "community", "public"),
            ("N3", "New courts", 2021, "literature", "team")]  # fmt: skip
    new = [dict(zip(columns, row, strict=True)) for row in rows]
    loading.load(writable, [write_strand(tmp_path / "new", findings=(), sources=new, further=("access",))])
    return writable


@pytest.mark.parametrize(
    ("wanted", "refs"),
    [
        (Filter(), ["N1", "N2"]),
        (Filter(strand=("literature",)), ["N1"]),
        (Filter(year=(2020, 2030)), ["N1"]),
        (Filter(theme=("T1",)), []),
        (Filter(strand=("community",), q="new"), []),
    ],
    ids=lambda value: value.to_address() or "all" if isinstance(value, Filter) else "",
)
def test_sources_without_findings_are_those_that_the_filter_and_the_reader_may_hold(waiting, codebook, wanted, refs):
    with database.asking(waiting, Access.PUBLIC) as session:
        assert source_counts.without_findings(session, wanted, codebook)["source_id"].tolist() == refs


def test_sources_without_findings_stand_in_no_count(waiting, session, codebook):
    with database.asking(waiting, Access.TEAM) as asked:
        assert source_counts.without_findings(asked, Filter(), codebook)["source_id"].tolist() == ["N3", "N1", "N2"]
        assert source_counts.held(asked, Filter(), codebook) == source_counts.held(session, Filter(), codebook)
