"""Findings and sources listed: every one once, in the order asked for, with the cells of the files."""

import pytest

from data.filters.filter import Filter
from data.queries import listing
from tests.data.reckoning import CONFIDENCES, ROWS, inside

WANTED = Filter(strand=("community",))
CELLS = ("finding", "place", "direction", "confidence", "population", "period", "coder", "coded_on", "title", "study")


def test_a_finding_is_listed_with_the_cells_of_its_files(session, codebook):
    table = listing.findings(session, Filter(), codebook, "ref").astype(object).fillna("")
    listed = {row["finding_id"]: {name: str(row[name]) for name in CELLS} for row in table.to_dict("records")}
    assert listed == {row.ref: {name: row.cells[name] for name in CELLS} for row in ROWS}


def test_roles_stand_beside_their_levers(session, codebook):
    table = listing.findings(session, Filter(), codebook)
    pairs = {
        row.finding_id: frozenset(zip(row.levers.split(";"), row.lever_roles.split(";"), strict=True))
        for row in table.itertuples()
        if row.levers
    }
    assert pairs == {row.ref: row.levers for row in ROWS if row.levers}


@pytest.mark.parametrize("order", ["confidence", "newest", "ref"])
def test_parts_together_are_the_whole(session, codebook, order):
    parts = [
        ref
        for offset in range(0, 600, 50)
        for ref in listing.findings(session, WANTED, codebook, order, 50, offset)["finding_id"]
    ]
    assert parts == list(listing.findings(session, WANTED, codebook, order)["finding_id"])
    assert sorted(parts) == sorted(row.ref for row in inside(WANTED))


def test_most_confident_first_then_by_ref(session, codebook):
    table = listing.findings(session, WANTED, codebook)
    assert list(table["finding_id"]) == [
        row.ref for row in sorted(inside(WANTED), key=lambda row: (CONFIDENCES.index(row.confidence), row.ref))
    ]


def test_most_findings_first_then_by_ref(session, codebook):
    table = listing.sources(session, WANTED, codebook, "findings")
    numbers = {ref: sum(row.source == ref for row in inside(WANTED)) for ref in {row.source for row in inside(WANTED)}}
    assert list(zip(table["source_id"], table["findings"], strict=True)) == sorted(
        numbers.items(), key=lambda item: (-item[1], item[0])
    )


def test_a_place_counts_the_findings_that_name_its_point(session, codebook):
    table = listing.places(session, WANTED, codebook)
    points: dict[tuple[float, float], set[str]] = {}
    for row in inside(WANTED):
        if row.point:
            points.setdefault(row.point, set()).add(row.ref)
    found: dict[tuple[float, float], set[str]] = {}
    for place in table.itertuples():
        found.setdefault((place.latitude, place.longitude), set()).update(place.refs.split(","))
        assert place.findings == len(place.refs.split(","))
    assert found == points
