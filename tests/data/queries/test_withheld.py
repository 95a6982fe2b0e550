"""What may not be seen cannot be told from what was never there, whatever is asked and in whatever way."""

import io
from collections.abc import Iterator
from typing import Any

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from sqlalchemy import Engine
from sqlmodel import Session

from data.collection import codebook as codebooks
from data.collection import database
from data.collection.codebook import Codebook
from data.exporting import workbook
from data.facets import FACETS
from data.filters.filter import Filter
from data.queries import (
    counting,
    listing,
    search_marks,
    search_offers,
    source_counts,
    spread,
    study_votes,
    votes,
)
from data.sentences import provenance
from data.sentences import search_notes as notes
from data.sentences.caveats import caveats
from models import Access
from tests.data.drawn import FILTERS, WORDS
from tests.data.reckoning import ROWS
from tests.data.withholding import DRAWN, SOURCES, drawn_accesses, held_back, never_loaded, seen

PLAIN = settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
ACCESSES = drawn_accesses(7, 0.4, [("region", "FRA"), ("method", "survey")])
SEARCHES = st.sampled_from(WORDS).map(lambda words: Filter(q=words))
LEVELS = (Access.PUBLIC, Access.ROUNDTABLE)
READ_OTHERWISE = ("libary", "regenerat", "bus swimming church", "mosque OR pub")
"""Searches that are read otherwise than typed: misspelt, a beginning, of more words than any finding holds."""
STUDIES = tuple(sorted({row.study for row in ROWS if row.study != row.source}))


def answers(session: Session, wanted: Filter) -> Iterator[tuple[str, Any]]:
    """Yield the answer to every question that a page or a file asks of a filter, by name."""
    codebook = codebooks.read(session)
    yield "codebook", codebook.facets["method"]
    yield "idle sources", counting.idle_sources(session)
    for ask in (
        counting.counts,
        counting.set_aside,
        counting.years,
        counting.facets,
        votes.overall,
        votes.proposals,
        votes.sides_of_levers,
        spread.spread,
        spread.home_points,
        listing.places,
        source_counts.held,
        source_counts.by_year,
        source_counts.sharing,
        source_counts.without_findings,
    ):
        yield ask.__name__, ask(session, wanted, codebook)
    yield "by place", votes.sides_of_levers(session, wanted, codebook, True)
    for facet in FACETS:
        yield f"tally by {facet}", counting.tally(session, wanted, codebook, facet)
        yield f"codes of {facet}", counting.facet_codes(session, codebook, facet)
    for pair in (("theme", "lever"), ("region", "strand"), ("lever", "role"), ("method", "theme")):
        yield f"{pair}", counting.crosstab(session, wanted, codebook, *pair)
    for by in ("lever", "theme", "region", "strand"):
        yield f"direction by {by}", votes.direction_by(session, wanted, codebook, by)
    for lever in ("", "L1", "L6.1"):
        yield f"studies of {lever}", study_votes.study_votes(session, wanted, codebook, lever)
    yield "with both", study_votes.refs_with_both(session, wanted, codebook, "theme", ("T1", "T3"))
    yield from lists(session, wanted, codebook)
    for ask in (provenance.line, provenance.coding, provenance.licences):
        yield ask.__name__, ask(session, wanted, codebook)
    yield "caveats", caveats(session, wanted, codebook, *(
        ask(session, wanted, codebook) for ask in (counting.counts, counting.set_aside)
    ))  # fmt: skip


def searched(session: Session) -> Iterator[tuple[str, Any]]:
    """Yield how searches are read, what is said of that and offered in their place, and which words findings hold."""
    codebook = codebooks.read(session)
    for search in READ_OTHERWISE:
        asked = Filter(q=search)
        yield f"notes on {search}", notes.sentences(session, asked, codebook)
        yield f"offers for {search}", search_offers.offers(session, asked, codebook)
        found = listing.findings(session, asked, codebook, "relevance", 20)["finding_id"]
        yield f"marks of {search}", search_marks.held(session, asked, codebook, found)
    yield "vocabulary", search_offers.vocabulary(session)


def lists(session: Session, wanted: Filter, codebook: Codebook) -> Iterator[tuple[str, Any]]:
    """Yield every list of findings and sources, in every order."""
    for order in listing.ORDERS:
        yield f"findings by {order}", listing.findings(session, wanted, codebook, order, 60)
    for order in listing.SOURCE_ORDERS:
        yield f"sources by {order}", listing.sources(session, wanted, codebook, order, 60)
    yield "findings of sources", [source_counts.findings_of(session, wanted, codebook, ref) for ref in SOURCES[::40]]
    yield "sources of studies", [counting.sources_of_study(session, Filter(), codebook, key) for key in STUDIES[::10]]


def plain(answer: Any) -> Any:
    """Return an answer as plain values, so that two can be compared."""
    if isinstance(answer, pd.DataFrame):
        return list(answer.columns), answer.astype(object).where(answer.notna(), None).to_numpy().tolist()
    if isinstance(answer, study_votes.StudyVotes):
        return plain(answer.table), answer.total
    return answer


@pytest.mark.slow
@given(drawn=DRAWN, level=st.sampled_from(LEVELS), wanted=st.one_of(st.just(Filter()), FILTERS, SEARCHES))
@settings(PLAIN, max_examples=12)
def test_every_answer_is_as_if_what_is_withheld_had_never_been_loaded(shipped_file, drawn, level, wanted):
    accesses = drawn_accesses(**drawn)
    whole = held_back(shipped_file, *accesses)
    without = never_loaded(shipped_file, level, *accesses)
    with database.asking(whole, level) as asked, database.asking(without, level) as expected:
        for (name, answer), (_, truth) in zip(answers(asked, wanted), answers(expected, wanted), strict=True):
            assert plain(answer) == plain(truth), name
    without.dispose()
    whole.dispose()


@given(drawn=DRAWN)
@settings(PLAIN, max_examples=5)
def test_each_level_sees_what_finding_and_source_both_allow(shipped_file, drawn):
    accesses = drawn_accesses(**drawn)
    engine = held_back(shipped_file, *accesses)
    for level in Access:
        with database.asking(engine, level) as session:
            codebook = codebooks.read(session)
            listed = frozenset(listing.findings(session, Filter(), codebook)["finding_id"])
            assert listed == seen(level, *accesses)
            for wanted in (Filter(), Filter(region=("TLC",)), Filter(q="library")):
                assert counting.withheld(session, wanted, codebook) == len(ROWS) - len(listed)
    engine.dispose()


@pytest.fixture(scope="module")
def some_withheld(shipped_file) -> Iterator[Engine]:
    """Return a collection of which about a third is withheld from the public."""
    engine = held_back(shipped_file, *ACCESSES)
    yield engine
    engine.dispose()


def test_who_does_not_say_at_which_level_sees_what_is_public(some_withheld):
    with Session(some_withheld) as session:
        found = counting.counts(session, Filter(), codebooks.read(session))
    assert found.findings == len(seen("public", *ACCESSES)) < len(ROWS)
    assert database.ask(some_withheld, counting.counts, Filter(), database.ask(some_withheld, codebooks.read)) == found


def test_what_is_said_of_a_search_and_offered_for_it_is_as_if_what_is_withheld_had_never_been_loaded(
    shipped_file, some_withheld
):
    without = never_loaded(shipped_file, Access.PUBLIC, *ACCESSES)
    with database.asking(some_withheld, Access.PUBLIC) as asked, database.asking(without, Access.PUBLIC) as expected:
        told, truth = list(searched(asked)), list(searched(expected))
    for (name, answer), (_, true) in zip(told, truth, strict=True):
        assert plain(answer) == plain(true), name
    with database.asking(some_withheld, Access.TEAM) as team:
        assert [name for (name, answer), (_, whole) in zip(told, searched(team), strict=True) if answer != whole]
    without.dispose()


@pytest.mark.parametrize("wanted", [Filter(), Filter(q="library", wider=True, region=("TLD",))])
def test_a_workbook_is_as_if_what_is_withheld_had_never_been_loaded(shipped_file, some_withheld, wanted):
    without = never_loaded(shipped_file, Access.PUBLIC, *ACCESSES)
    told, expected = (cells(source, wanted) for source in (some_withheld, without))
    said = f"{len(ROWS) - len(seen('public', *ACCESSES))} findings of the whole collection are withheld here"
    assert [sheet for sheet, text in told if said in text] == ["To read", "Cover", "Filters"]
    assert [(sheet, text.split(" 2", 1)[0] if said in text else text) for sheet, text in told if said not in text] == [
        (sheet, text) for sheet, text in expected if not (sheet == "Filters" and text.startswith("Each key"))
    ]
    without.dispose()


def cells(engine: Engine, wanted: Filter) -> list[tuple[str, str]]:
    """Return the text of every cell of a public workbook with its sheet."""
    out = io.BytesIO()
    workbook.write(engine, wanted, out)
    return [
        (sheet.title, str(value))
        for sheet in load_workbook(out)
        for row in sheet.iter_rows(values_only=True)
        for value in row
        if value is not None
    ]
