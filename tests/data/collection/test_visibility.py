"""Codes that were added to the codebook for findings that not everyone may see are withheld with them."""

import pytest
from sqlalchemy import Engine

from data.collection import codebook as codebooks
from data.collection import database, visibility
from data.collection.snapshot import current
from data.filters.filter import parse
from data.importing.codebook.additions import Addition
from data.importing.loads import prepared_load
from data.importing.strand_files import read
from data.queries import counting
from models import Access
from tests.data.importing.small_strand import FINDINGS, changed, write_strand

CODES = (
    Addition("theme", "X1", "", "Harbours"),
    Addition("theme", "X1.1", "X1", "Quays"),
    Addition("theme", "X1.2", "X1", "Moles"),
    Addition("theme", "X2", "", "Islands"),
    Addition("lever", "Y1", "L1", "Dredging"),
    Addition("region", "TLC-Z", "TLC", "Blyth"),
)
"""E1, which only participants see, carries X1.1, Y1 and TLC-Z; nothing carries X1.2 or X2."""
GONE = {("theme", "X1"), ("theme", "X1.1"), ("theme", "X1.2"), ("lever", "Y1"), ("region", "TLC-Z")}


@pytest.fixture
def harbour(engine: Engine, tmp_path) -> Engine:
    own = {"themes": "X1.1;T1.2", "levers": "Y1", "regions": "TLC-Z", "access": "roundtable"}
    strand = write_strand(tmp_path / "strand", changed(FINDINGS, {"E1": own}), further=("access",))
    prepared_load.load_at_once(engine, read([strand]), additions=CODES)
    return engine


def test_a_code_is_seen_where_a_finding_that_carries_it_or_a_part_of_it_is(harbour):
    with database.asking(harbour) as session:
        assert [visibility.codes_withheld(session, level) for level in Access] == [GONE, frozenset(), frozenset()]


def test_the_codebook_the_facets_and_an_address_know_no_withheld_code(harbour):
    for level, hidden in ((Access.PUBLIC, GONE), (Access.ROUNDTABLE, set())):
        with database.asking(harbour, level) as session:
            codebook = codebooks.read(session)
            offered = counting.facets(session, parse("", codebook)[0], codebook)
            held = {(facet, code) for facet in ("theme", "lever", "region") for code in codebook.codes(facet)}
            links = {(facet, code) for facet in ("theme", "lever", "region")
                     for code in current.of(session).links[facet].codes}  # fmt: skip
            assert {(code.facet, code.code) for code in CODES} - held == hidden
            assert {(code.facet, code.code) for code in CODES} - links == hidden
            assert ("X1" in offered["theme"], "Y1" in offered["lever"]) == (not hidden, not hidden)
            assert bool(parse("theme=X1.1", codebook)[1]) is bool(hidden)


def test_a_code_comes_out_with_the_first_finding_that_everyone_may_see(harbour, tmp_path):
    own = {
        "E1": {"themes": "T1.2", "access": "roundtable", "levers": "Y1", "regions": "TLC-Z"},
        "E2": {"themes": "X1.1"},
    }
    strand = write_strand(tmp_path / "again", changed(FINDINGS, own), further=("access",))
    prepared_load.load_at_once(harbour, read([strand]))
    with database.asking(harbour) as session:
        assert visibility.codes_withheld(session, Access.PUBLIC) == {("lever", "Y1"), ("region", "TLC-Z")}
