"""What each load did, as whoever asks may be told: files by name, and what may not be seen counted nowhere."""

from collections.abc import Iterator

import pytest
from sqlalchemy import Engine

from data.collection import database
from data.curating.visible_loads import loads
from data.importing.loads import loading
from models import Access
from tests.data.importing.small_strand import FINDINGS, SOURCES, changed, write_strand

SHUT = changed(FINDINGS, {"E1": {"access": "team"}, "E2": {"access": "roundtable"}})


@pytest.fixture
def three_loads(engine: Engine, tmp_path) -> Iterator[Engine]:
    """Return a collection that was loaded, changed in two findings, and lost E2 and E3 with their source."""
    steps = (
        (SHUT, SOURCES, ()),
        (changed(SHUT, {"E1": {"note": "looked at"}, "E3": {"note": "looked at"}}), SOURCES, ()),
        (SHUT[:1], SOURCES[:1], ("community",)),
    )
    for number, (findings, sources, replaced) in enumerate(steps):
        folder = write_strand(tmp_path / f"load {number}", findings, sources, ("access", "note"))
        loading.load(engine, [folder], replaced)
    yield engine


def told(engine: Engine, level: Access) -> list[tuple[int, int, int]]:
    with database.asking(engine, level) as session:
        return [(load.added, load.changed, load.withdrawn) for load in loads(session)]


def test_the_team_is_told_what_each_load_did_newest_first(three_loads):
    assert told(three_loads, Access.TEAM) == [(0, 1, 3), (0, 2, 0), (5, 0, 0)]


def test_others_are_told_of_what_they_see_or_saw_last(three_loads):
    # E1 is the team's, and its source is withheld with it; E2 was the participants', E3 and its source everyone's.
    assert told(three_loads, Access.ROUNDTABLE) == [(0, 0, 3), (0, 1, 0), (3, 0, 0)]
    assert told(three_loads, Access.PUBLIC) == [(0, 0, 2), (0, 1, 0), (2, 0, 0)]


def test_a_file_is_named_without_its_folders(three_loads):
    with database.asking(three_loads) as session:
        named = [[name for name, _ in load.files] for load in loads(session)]
    assert named == [["sources.csv", "findings.csv"]] * 3


def test_the_codebooks_own_files_count_for_everyone(three_loads):
    levels = []
    for level in Access:
        with database.asking(three_loads, level) as session:
            levels.append([load.codebook_changes for load in loads(session)])
    assert levels[0] == levels[1] == levels[2]
    assert levels[0][-1] > 0
