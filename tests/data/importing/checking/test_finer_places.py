"""A file made for a reader who may not see where people were says so, and coming back makes no place coarser."""

import io

import pytest
from openpyxl import load_workbook
from sqlalchemy import Engine, text

from data.coders import agreement_table
from data.collection import codebook as codebooks
from data.collection import database
from data.exporting import workbook
from data.filters.filter import Filter
from data.importing.loads import prepared_load
from data.importing.strand_files import read
from data.queries import counting
from models import Access
from tests.data.importing.small_strand import FINDINGS, changed, write_strand

SHUT = changed(FINDINGS, {
    "E1": {"access": "roundtable"}, "E2": {"access": "roundtable", "place": "Alston"},
    "E3": {"access": "roundtable", "place": "Wells"},
})  # fmt: skip
PLACES = [("E1", "Blyth", 55.13, -1.51), ("E2", "Alston", None, None), ("E3", "Wells", None, None)]


@pytest.fixture
def shut(engine: Engine, tmp_path) -> Engine:
    """Return a collection whose findings have places that participants are not told."""
    prepared_load.load_at_once(engine, read([write_strand(tmp_path / "strand", SHUT, further=("access",))]))
    return engine


def places(engine: Engine) -> list[tuple[object, ...]]:
    asked = text("SELECT ref, place, latitude, longitude FROM finding ORDER BY ref")
    with engine.connect() as connection:
        return [tuple(row) for row in connection.execute(asked)]


def test_a_participants_workbook_says_what_it_does_not_tell_and_coming_back_changes_no_place(shut, tmp_path):
    path = tmp_path / "back.xlsx"
    workbook.write(shut, Filter(), path, level=Access.ROUNDTABLE)
    said = {sheet.title: " ".join(str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value)
            for sheet in load_workbook(io.BytesIO(path.read_bytes()))}  # fmt: skip
    assert not [name for name, words in said.items() if any(place[1] in words for place in PLACES)]
    assert "3 findings here are not public: in place of their places stands their region" in said["To read"]
    assert "3 findings have their region in place of where it was" in said["Cover"]
    assert all(
        told in said["Findings"] for told in ("centre of North East", "somewhere in North East", "place withheld")
    )
    plan = prepared_load.prepare(shut, read([path]))
    assert [fault.reason.split(" in a file")[0] for fault in plan.warnings if fault.column == "place"] == [
        'finding "E1" has "centre of North East"', 'finding "E2" has "somewhere in North East"',
        'finding "E3" has "place withheld"',
    ]  # fmt: skip
    prepared_load.load_at_once(shut, read([path]))
    assert places(shut) == PLACES


def test_a_place_that_a_file_changes_in_earnest_is_changed(shut, tmp_path):
    moved = changed(SHUT, {"E1": {"place": "centre of Blyth", "latitude": "55.12"}})
    prepared_load.load_at_once(shut, read([write_strand(tmp_path / "moved", moved, further=("access",))]))
    assert places(shut)[0] == ("E1", "centre of Blyth", 55.12, -1.51)


def test_a_coarse_place_of_a_finding_that_is_not_there_is_taken_as_it_comes(engine, tmp_path):
    told = changed(FINDINGS, {"E1": {"place": "centre of North East"}})
    prepared_load.load_at_once(engine, read([write_strand(tmp_path / "told", told)]))
    assert places(engine)[0][:2] == ("E1", "centre of North East")


@pytest.mark.parametrize("place", [place[1] for place in PLACES])
def test_no_search_finds_a_finding_by_the_place_that_is_not_told(shut, place):
    found = []
    for level in (Access.ROUNDTABLE, Access.TEAM):
        with database.asking(shut, level) as session:
            asked = Filter(q=place), codebooks.read(session)
            found += [
                counting.counts(session, *asked).findings,
                len(agreement_table.held(session, *asked)["agreed"].coded),
            ]
    assert found == [0, 0, 1, 1]
