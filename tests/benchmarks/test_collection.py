"""The synthetic collection: any size, whole by our own checks, and as multi-coded as the shipped evidence."""

import csv
from pathlib import Path
from statistics import mean

import pytest

from benchmarks import collection
from data.collection import database
from data.importing.loads import loading
from tests.data.reckoning import ROWS


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    """Return a folder with a collection of two thousand findings."""
    path = tmp_path_factory.mktemp("synthetic")
    collection.write(path, 2_000, seed=7)
    return path


def rows(folder: Path) -> list[dict[str, str]]:
    """Return the findings of a collection."""
    with (folder / "findings.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_it_holds_as_many_findings_as_asked_for_and_loads_without_a_fault(folder, tmp_path):
    engine = database.open_engine(f"sqlite:///{tmp_path / 'evidence.sqlite'}")
    loading.load(engine, [folder])
    with engine.connect() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM finding").scalar() == 2_000
    engine.dispose()


@pytest.mark.parametrize("column", ["themes", "levers", "regions"])
def test_a_finding_carries_as_many_codes_as_a_shipped_one(folder, column):
    drawn = mean(len([code for code in row[column].split(";") if code]) for row in rows(folder))
    shipped = mean(len([code for code in row.cells[column].split(";") if code]) for row in ROWS)
    assert drawn == pytest.approx(shipped, rel=0.1)


def test_the_same_seed_gives_the_same_collection(folder, tmp_path):
    collection.write(tmp_path, 2_000, seed=7)
    assert (tmp_path / "findings.csv").read_bytes() == (folder / "findings.csv").read_bytes()
