"""Likely duplicates among what a load would add, in its files and in the collection: a plan names them."""

import time
from pathlib import Path

import pytest
from sqlalchemy import Engine

from data.collection.access import Standing, Visitor
from data.collection.duplicates import tell_apart
from data.importing.loads import likely_duplicates, loading, prepared_load
from data.importing.strand_files import read
from tests.data.importing.small_strand import FINDINGS, SOURCES, Row, write_strand

EDITOR = Visitor("an editor", Standing.EDITOR)
TWIN: Row = {**FINDINGS[0], "finding_id": "N1", "finding": "The library brought its readers together!"}
NEW_SOURCES: list[Row] = [
    {"source_id": "N-A", "strand": "community", "title": "A library and its reader", "year": "2021"},
    {"source_id": "N-B", "strand": "community", "title": "Halls by the sea", "doi": "10.1000/halls"},
    {"source_id": "N-C", "strand": "community", "title": "Quite another", "url": "https://doi.org/10.1000/HALLS"},
]


def pairs(planned_load: prepared_load.PreparedLoad) -> list[tuple[object, ...]]:
    columns = ["kind", "ref", "other", "other_is", "why"]
    return [tuple(row) for row in planned_load.likely.pairs[columns].itertuples(index=False)]


@pytest.fixture
def held(engine: Engine, tmp_path: Path) -> Engine:
    loading.load(engine, [write_strand(tmp_path / "first")])
    return engine


def test_a_plan_names_added_rows_that_are_likely_the_same_as_another(held: Engine, tmp_path: Path) -> None:
    folder = write_strand(tmp_path / "second", [*FINDINGS, TWIN], [*SOURCES, *NEW_SOURCES])
    found = prepared_load.prepare(held, read([folder]))
    assert pairs(found) == [
        ("source", "N-B", "N-C", "added too", "the same DOI"),
        ("finding", "N1", "E1", "in the collection", "the same text, of one source"),
        ("source", "N-A", "S1", "in the collection", "titles 98 % alike, though of 2021 and 2019"),
    ]
    assert found.likely.pairs.iloc[1][["text", "other_text"]].to_list() == [TWIN["finding"], FINDINGS[0]["finding"]]
    assert found.likely.cut == ()


def test_rows_that_are_there_already_or_told_apart_or_go_are_not_named(held: Engine, tmp_path: Path) -> None:
    again = write_strand(tmp_path / "again")
    assert pairs(prepared_load.prepare(held, read([again]))) == []
    folder = write_strand(tmp_path / "second", (), [*SOURCES, NEW_SOURCES[0]])
    tell_apart(held, "source", "N-A", "S1", EDITOR)
    assert pairs(prepared_load.prepare(held, read([folder]))) == []
    twin = write_strand(tmp_path / "third", [*FINDINGS[1:], TWIN], SOURCES)
    assert pairs(prepared_load.prepare(held, read([twin]), {"community"})) == []


def test_of_a_large_load_a_part_is_compared_and_that_is_said(
    held: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(likely_duplicates, "MOST_ADDED", 2)
    monkeypatch.setattr(likely_duplicates, "MOST_COMPARED", 4)
    found = prepared_load.prepare(held, read([write_strand(tmp_path / "second", (), [*SOURCES, *NEW_SOURCES])]))
    assert found.likely.cut == (
        "of 3 added sources the first 2 were compared with others",
        "added sources were compared with 4 sources, not with all",
    )
    assert ("N-A", "S1") in set(zip(found.likely.pairs["ref"], found.likely.pairs["other"], strict=True))


def test_every_row_of_a_collection_brought_in_as_new_is_found_to_be_its_own_twin(
    engine: Engine, csv_findings: list[dict[str, str]], tmp_path: Path
) -> None:
    texts = {row["finding_id"]: row["finding"] for row in csv_findings}

    def strand(name: str, prefix: str) -> Path:
        rows: list[Row] = [
            {**FINDINGS[2], "finding_id": f"{prefix}{ref}", "finding": said} for ref, said in texts.items()
        ]
        return write_strand(tmp_path / name, rows)

    loading.load(engine, [strand("held", "")])
    files = read([strand("again", "Z")])
    before = time.process_time()
    found = prepared_load.prepare(engine, files).likely.pairs
    assert time.process_time() - before < 20
    theirs = found[found["other_is"] == "in the collection"]
    assert {(f"Z{ref}", ref) for ref in texts} <= set(zip(theirs["ref"], theirs["other"], strict=True))
