"""The studies behind a vote: each with its side, its vote, and exactly the findings it rests on."""

from collections import defaultdict

import pytest

from data.filters.filter import Filter
from data.queries.study_votes import refs_with_both, study_votes
from tests.data.reckoning import EFFECTS, ROWS, SIDE_OF_ROLE, inside, roles_of, votes, wide


def expected(rows, lever: str) -> dict[tuple[str, str], tuple[str, ...]]:
    """Return the refs of each side and study, from the files."""
    found = defaultdict(set)
    for row in rows:
        for code, role in roles_of(row):
            if role in SIDE_OF_ROLE and code == (lever or code):
                found[SIDE_OF_ROLE[role], row.study].add(row.ref)
    return {key: tuple(sorted(refs)) for key, refs in found.items()}


@pytest.mark.parametrize("wanted", [Filter(), Filter(region=("UK",)), Filter(strand=("community",), theme=("T1",))])
@pytest.mark.parametrize("lever", ["", "L1", "L6.1"])
def test_each_study_stands_on_a_side_with_the_findings_its_vote_rests_on(session, codebook, wanted, lever):
    table, total = study_votes(session, wanted, codebook, lever)
    found = {(row.side, row.study): tuple(sorted(row.refs.split(","))) for row in table.itertuples()}
    assert found == expected(inside(wanted), lever)
    assert total == len(table) == len(found)


def test_a_study_votes_as_its_findings_do(session, codebook):
    by_ref = {row.ref: row for row in ROWS}
    table = study_votes(session, Filter(), codebook, "L1").table
    for row in table.itertuples():
        own = [by_ref[ref] for ref in row.refs.split(",")]
        *_, up, down, mixed = votes(own)
        assert (row.vote == "strengthened", row.vote == "impeded", row.vote == "mixed") == (up, down, mixed)
        assert tuple(getattr(row, word) for word in EFFECTS) == tuple(
            sum(finding.direction == word for finding in own) for word in EFFECTS
        )


def test_a_list_that_is_cut_says_how_many_there_are(session, codebook):
    whole = study_votes(session, Filter(), codebook)
    cut = study_votes(session, Filter(), codebook, most=10)
    assert (len(cut.table), cut.total) == (10, whole.total)


def test_findings_with_both_codes_of_a_facet_are_named(session, codebook):
    refs = refs_with_both(session, Filter(region=("UK",)), codebook, "theme", ("T1", "T3"))
    assert refs == tuple(sorted(row.ref for row in inside(Filter(region=("UK",))) if {"T1", "T3"} <= wide(row.themes)))
