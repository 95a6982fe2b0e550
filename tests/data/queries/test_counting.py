"""Counts of any filter: one number, however it is asked, and the same as the CSV files give."""

import io

import pytest
from hypothesis import HealthCheck, given, settings
from openpyxl import load_workbook
from sqlmodel import Session

from data.exporting import workbook
from data.filters.filter import Filter
from data.queries import counting, listing
from data.queries import spread as regions
from tests.data import reckoning
from tests.data.drawn import ANY_TEXT, FILTERS, UNSEARCHED
from tests.data.reckoning import CODES, ROWS, inside, roles_of, wide

PLAIN = settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
CARRIED = {
    "strand": lambda row: {row.strand},
    "method": lambda row: {row.method} - {""},
    "direction": lambda row: {row.direction},
    "confidence": lambda row: {row.confidence},
    "region": lambda row: wide(row.regions),
    "theme": lambda row: wide(row.themes),
    "lever": lambda row: {lever for lever, _ in roles_of(row)},
    "role": lambda row: {role for _, role in row.levers},
}
"""Which codes of a facet a finding carries, by the files."""


@given(wanted=UNSEARCHED)
@settings(PLAIN, max_examples=120)
def test_any_filter_counts_what_the_files_hold(loaded, codebook, wanted):
    with Session(loaded) as session:
        assert counting.counts(session, wanted, codebook) == reckoning.counts(inside(wanted))


@given(wanted=FILTERS)
@settings(PLAIN, max_examples=60)
def test_one_count_however_it_is_asked(loaded, codebook, wanted):
    """Count, rows of the table, distinct findings in the gap map, and places with those that have none."""
    with Session(loaded) as session:
        number = counting.counts(session, wanted, codebook).findings
        listed = listing.findings(session, wanted, codebook)
        assert (len(listed), listed["finding_id"].nunique()) == (number, number)
        placed = listing.places(session, wanted, codebook)["findings"].sum()
        assert placed + counting.set_aside(session, wanted, codebook).without_place == number
        spread = regions.spread(session, wanted, codebook)
        assert sum(spread) == number
        single = counting.crosstab(session, wanted, codebook, "strand", "direction")
        assert single["findings"].sum() == number
        assert listing.sources(session, wanted, codebook)["findings"].sum() == number


@given(wanted=UNSEARCHED)
@settings(PLAIN, max_examples=25)
def test_the_gap_map_holds_every_finding_of_the_filter(loaded, codebook, wanted):
    rows = inside(wanted)
    themes, levers = CODES["theme"], CODES["lever"]

    def carried(row):
        roles = {lever for lever, role in roles_of(row) if not wanted.role or role in wanted.role}
        return (wide(row.themes) or {""}), (roles or {""})

    expected = dict.fromkeys(((t, lv) for t in (*themes, "") for lv in (*levers, "")), (0, 0))
    for row in rows:
        mine, theirs = carried(row)
        for pair in ((t, lv) for t in mine for lv in theirs):
            findings, sure = expected[pair]
            expected[pair] = (findings + 1, sure + (row.confidence in ("high", "moderate")))
    with Session(loaded) as session:
        table = counting.crosstab(session, wanted, codebook, "theme", "lever")
    assert {(row.row, row.column): (row.findings, row.sure) for row in table.itertuples()} == expected


@given(wanted=UNSEARCHED)
@settings(PLAIN, max_examples=25)
def test_each_option_shows_what_choosing_it_would_give(loaded, codebook, wanted):
    """The facet's own choice is set aside; a lever counts in the roles chosen, and a role for the levers chosen."""
    with Session(loaded) as session:
        offered = counting.facets(session, wanted, codebook)
    for facet, codes in CODES.items():
        for code in codes:
            if not (facet == "region" and wanted.wider):
                assert offered[facet][code] == len(inside(wanted.narrowed(**{facet: code}))), (facet, code)


@pytest.mark.parametrize("facet", CARRIED)
@pytest.mark.parametrize("wanted", [Filter(), Filter(region=("TLC",)), Filter(theme=("T1",), strand=("community",))])
def test_a_tally_counts_findings_sources_and_studies_of_each_code(session, codebook, facet, wanted):
    rows = inside(wanted)
    table = counting.tally(session, wanted, codebook, facet)
    assert {row.code: (row.findings, row.sources, row.studies) for row in table.itertuples()} == {
        code: reckoning.counts(row for row in rows if code in CARRIED[facet](row)) for code in CODES[facet]
    }


@given(search=ANY_TEXT)
@settings(PLAIN, max_examples=150)
def test_no_search_raises(loaded, codebook, search):
    with Session(loaded) as session:
        assert counting.counts(session, Filter(q=search), codebook).findings >= 0


@pytest.mark.parametrize(
    "search",
    ['"', '""" OR', "NEAR(", "a AND", "-", "*", "finding:x", "^", "(", "' OR 1=1 --", "\0", "x" * 10_000, "{a b}"],
)  # fmt: skip
def test_operators_are_words_like_others(session, codebook, search):
    assert counting.counts(session, Filter(q=search), codebook).findings >= 0


def test_a_search_finds_beginnings_of_words_in_finding_place_population_and_title(session, codebook):
    found = set(listing.findings(session, Filter(q="grims"), codebook)["finding_id"])
    assert found == {
        row.ref
        for row in ROWS
        if any("grims" in row.cells[cell].lower() for cell in ("finding", "place", "population", "title"))
    }


def test_a_search_wants_all_its_words(session, codebook):
    both, one, other = (
        set(listing.findings(session, Filter(q=q), codebook)["finding_id"]) for q in ("youth closed", "youth", "closed")
    )
    assert both == one & other
    assert both


def test_the_best_match_comes_first(session, codebook):
    """A word in the finding itself weighs as in any column; what holds it most often in least text leads."""
    first = listing.findings(session, Filter(q="library libraries"), codebook, "relevance", 5)
    assert all("librar" in f"{row.finding} {row.title}".lower() for row in first.itertuples())


def test_the_year_sets_aside_findings_whose_source_has_none(session, codebook):
    aside = counting.set_aside(session, Filter(year=(2015, 2020)), codebook)
    assert aside.without_year == sum(row.year is None for row in ROWS)


def test_wider_findings_are_set_aside_and_counted(session, codebook):
    aside = counting.set_aside(session, Filter(region=("TLC",)), codebook)
    whole = {row.ref for row in ROWS if row.regions & {"ENG", "UK"}} - {row.ref for row in ROWS if "TLC" in row.regions}
    assert aside.wider == len(whole) == 155


def test_the_years_span_what_the_sources_show(session, codebook):
    years = [row.year for row in ROWS if row.year]
    assert counting.years(session, Filter(), codebook) == (min(years), max(years))


@pytest.mark.parametrize(
    "wanted", [Filter(region=("TLC",)), Filter(q="library", wider=True), Filter(lever=("L6.1",), role=("withdrawn",))]
)
def test_the_workbook_holds_as_many_findings_as_are_counted(loaded, codebook, wanted):
    out = io.BytesIO()
    workbook.write(loaded, wanted, out)
    column = [row[0] for row in load_workbook(out, read_only=True)["Findings"].iter_rows(max_col=1, values_only=True)]
    refs = column[column.index("finding_id") + 1 :]
    with Session(loaded) as session:
        assert set(refs) == set(listing.findings(session, wanted, codebook)["finding_id"])
        assert len(refs) == counting.counts(session, wanted, codebook).findings
