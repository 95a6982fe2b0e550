"""Where findings that are not public are shown to have been: somewhere in their region, and no nearer."""

import json
from collections.abc import Iterator
from itertools import pairwise

import pytest
from sqlalchemy import Engine

from data.collection import codebook as codebooks
from data.collection import database, geography
from data.filters.filter import Filter
from data.queries import counting, listing, spread
from models import Access
from tests.data.reckoning import ROWS
from tests.data.withholding import held_back

PLACED = {row.ref: row for row in ROWS if row.point}
IN_REGION = next(row for row in ROWS if row.point and row.regions == {"TLC"})
ABROAD = next(row for row in ROWS if row.point and row.regions == {"USA"})
WHOLE = next(row for row in ROWS if row.point and row.regions == {"TLD"})
"""Coded here to England as a whole, as no shipped finding with a point is."""
MOVED = {row.ref: "roundtable" for row in (IN_REGION, ABROAD, WHOLE)}


@pytest.fixture(scope="module")
def engine(shipped_file) -> Iterator[Engine]:
    """Return the shipped collection with three findings open to participants alone."""
    engine = held_back(shipped_file, MOVED, {})
    with engine.begin() as connection:
        connection.exec_driver_sql(
            "UPDATE finding_region SET coded = 1 WHERE region = 'ENG' AND finding_id = "
            "(SELECT id FROM finding WHERE ref = ?)", (WHOLE.ref,)
        )  # fmt: skip
        connection.exec_driver_sql(
            "DELETE FROM finding_region WHERE region = 'TLD' AND finding_id = (SELECT id FROM finding WHERE ref = ?)",
            (WHOLE.ref,),
        )
    yield engine
    engine.dispose()


def points(engine: Engine, level: Access) -> dict[str, tuple[float, float]]:
    """Return where a level sees the findings that have a place, from the list of findings."""
    with database.asking(engine, level) as session:
        table = listing.findings(session, Filter(), codebooks.read(session)).dropna(subset="latitude")
    return {row.finding_id: (row.latitude, row.longitude) for row in table.itertuples()}


def holds(code: str, point: tuple[float, float]) -> bool:
    """Tell whether the shipped boundaries of a region hold a point, by counting the borders north of it."""
    latitude, longitude = point
    features = [
        feature
        for sheet in geography.SHEETS.values()
        for feature in json.loads((geography.FOLDER / sheet.file).read_text(encoding="utf-8"))["features"]
    ]
    shape = next(feature["geometry"] for feature in features if feature["id"] == code)
    polygons = shape["coordinates"] if shape["type"] == "MultiPolygon" else [shape["coordinates"]]
    crossed = 0
    for ring in (ring for polygon in polygons for ring in polygon):
        for (x, y), (next_x, next_y) in pairwise(ring):
            if (x > longitude) != (next_x > longitude):
                crossed += latitude < y + (next_y - y) * (longitude - x) / (next_x - x)
    return crossed % 2 == 1


def test_a_participant_sees_the_region_of_a_finding_that_is_not_public_and_not_its_point(engine):
    seen = points(engine, Access.ROUNDTABLE)
    assert set(PLACED) - set(seen) == {WHOLE.ref}
    for row, code in ((IN_REGION, "TLC"), (ABROAD, "USA")):
        assert seen[row.ref] != row.point
        assert holds(code, seen[row.ref])
    assert {ref: point for ref, point in seen.items() if ref not in MOVED} == {
        ref: row.point for ref, row in PLACED.items() if ref not in MOVED
    }


def test_the_team_sees_every_point_as_it_is_and_the_public_no_such_finding(engine):
    assert points(engine, Access.TEAM) == {ref: row.point for ref, row in PLACED.items()}
    assert set(points(engine, Access.PUBLIC)) == set(PLACED) - set(MOVED)


def test_a_map_names_the_region_and_counts_who_is_shown_so(engine):
    wanted = Filter(finding=tuple(sorted(MOVED)))
    with database.asking(engine, Access.ROUNDTABLE) as session:
        codebook = codebooks.read(session)
        places = listing.places(session, wanted, codebook)
        home = spread.home_points(session, wanted, codebook)
        aside = counting.set_aside(session, wanted, codebook)
    seen = points(engine, Access.ROUNDTABLE)
    assert set(places["place"]) == {"centre of North East", "centre of United States of America"}
    assert {(row.latitude, row.longitude) for row in places.itertuples()} == {seen[IN_REGION.ref], seen[ABROAD.ref]}
    assert home == {seen[IN_REGION.ref]}
    assert (aside.coarse, aside.without_place) == (3, 1)


def test_a_place_is_told_by_its_region_where_the_point_is(engine):
    with database.asking(engine, Access.ROUNDTABLE) as session:
        wanted = Filter(finding=tuple(MOVED))
        table = listing.findings(session, wanted, codebooks.read(session)).set_index("finding_id")
    assert dict(table["place"]) == {
        IN_REGION.ref: "centre of North East", ABROAD.ref: "centre of United States of America",
        WHOLE.ref: "place withheld",
    }  # fmt: skip


def test_without_boundary_files_no_point_is_shown_rather_than_the_true_one(engine, monkeypatch, tmp_path):
    monkeypatch.setattr(geography, "FOLDER", tmp_path)
    with engine.begin() as connection:  # a new state of the evidence, so that nothing made before is shown
        connection.exec_driver_sql(
            "INSERT INTO load (at, files, rows, replaced, added, changed, withdrawn, unchanged, codebook_changes, "
            "version, digest, who, mapping, note, action) "
            "VALUES ('2026-01-01', '[]', '[]', '', 0, 1, 0, 0, 0, 2, 'x', '', '', '', 'load')"
        )
    assert set(points(engine, Access.ROUNDTABLE)) == set(PLACED) - set(MOVED)


def test_a_place_without_a_point_is_told_by_its_region_too(shipped_file):
    engine = held_back(shipped_file, {IN_REGION.ref: "roundtable"}, {})
    with engine.begin() as connection:
        connection.exec_driver_sql(
            "UPDATE finding SET latitude = NULL, longitude = NULL WHERE ref = ?", (IN_REGION.ref,)
        )
    told = {}
    for level in (Access.ROUNDTABLE, Access.TEAM):
        with database.asking(engine, level) as session:
            wanted = Filter(finding=(IN_REGION.ref,))
            (row,) = listing.findings(session, wanted, codebooks.read(session)).to_dict("records")
            told[level] = row["place"], row["latitude"]
    assert told == {Access.ROUNDTABLE: ("somewhere in North East", None), Access.TEAM: (IN_REGION.cells["place"], None)}
    engine.dispose()
