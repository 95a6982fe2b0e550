"""A workbook's Findings and Sources load back as the evidence they were written from."""

from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import Engine, text

from data.__main__ import main
from data.collection import database
from data.collection.codebook import Codebook
from data.exporting import workbook
from data.faults import Refused
from data.filters.filter import Filter, parse
from data.importing.loads import loading
from data.importing.loads.applying import collection_digest

CsvRows = list[dict[str, str]]


def digests(engine: Engine) -> dict[str, bytes]:
    """Return the digest of every stored source and finding by ref."""
    with engine.connect() as connection:
        return {
            row.ref: row.digest
            for table in ("source", "finding")
            for row in connection.execute(text(f"SELECT ref, digest FROM {table}"))
        }


def coded(engine: Engine) -> list[tuple[object, ...]]:
    """Return every coded link of every finding, its levers with their roles."""
    links = (
        ("theme", "theme, ''"),
        ("region", "region, ''"),
        ("lever", "lever, role"),
    )
    with engine.connect() as connection:
        return [
            tuple(row)
            for name, columns in links
            for row in connection.execute(
                text(f"SELECT f.ref, {columns} FROM finding_{name} l JOIN finding f ON f.id = l.finding_id "
                     "WHERE l.coded ORDER BY 1, 2, 3")
            )
        ]  # fmt: skip


def test_the_whole_collection_comes_back_with_the_same_digest(loaded: Engine, engine: Engine, tmp_path: Path) -> None:
    out = tmp_path / "evidence.xlsx"
    workbook.write(loaded, Filter(), out)
    record = loading.load(engine, [out])
    with loaded.connect() as connection:
        assert record.digest == collection_digest(connection)
    assert (record.added, record.changed) == (543 + 461, 0)
    assert coded(engine) == coded(loaded)


@pytest.mark.parametrize(
    ("query", "picked"),
    [
        ("region=TLC,TLD", lambda row: {"TLC", "TLD"} & set(row["regions"].split(";"))),
        ("strand=roundtable&confidence=low", lambda row: row["finding_id"][:3] == "RND" and row["confidence"] == "low"),
        ("theme=T1.2&direction=impeded",
         lambda row: "T1.2" in row["themes"].split(";") and row["direction"] == "impeded"),
    ],
)  # fmt: skip
def test_a_filtered_file_brings_back_its_findings_and_their_sources_unchanged(
    loaded: Engine,
    engine: Engine,
    codebook: Codebook,
    csv_findings: CsvRows,
    tmp_path: Path,
    query: str,
    picked: Callable[[dict[str, str]], object],
) -> None:
    out = tmp_path / "evidence.xlsx"
    chosen = [row for row in csv_findings if picked(row)]
    assert chosen
    assert workbook.write(loaded, parse(query, codebook)[0], out) == len(chosen)
    loading.load(engine, [out])
    found, all_there = digests(engine), digests(loaded)
    assert set(found) == {row["finding_id"] for row in chosen} | {row["source_id"] for row in chosen}
    assert found.items() <= all_there.items()


def test_the_command_line_writes_a_file_and_loads_it_back(
    shipped_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "north.xlsx"
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{shipped_file}")
    assert main(["export", str(out), "--filter", "region=TLC"]) == 0
    assert main(["count", "--filter", "region=TLC"]) == 0
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path / 'back.sqlite'}")
    capsys.readouterr()
    assert main(["load", str(out)]) == 0
    assert main(["count"]) == 0
    back = capsys.readouterr().out.splitlines()
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{shipped_file}")
    assert main(["count", "--filter", "region=TLC"]) == 0
    assert capsys.readouterr().out.splitlines() == back[-4:]


def test_a_workbook_without_findings_is_refused_since_nothing_would_come_of_it(
    loaded: Engine, engine: Engine, tmp_path: Path
) -> None:
    out = tmp_path / "none.xlsx"
    assert workbook.write(loaded, Filter(finding=("none-such",)), out) == 0
    with pytest.raises(Refused, match="nothing of it is brought in: there is no row with a finding or a source in it"):
        loading.load(engine, [out])


def test_loading_a_workbook_over_its_own_collection_changes_nothing(writable: Engine, tmp_path: Path) -> None:
    out = tmp_path / "evidence.xlsx"
    workbook.write(writable, Filter(), out)
    with database.Session(writable) as session:
        before = database.data_version(session)
    record = loading.load(writable, [out])
    assert (record.added, record.changed, record.withdrawn, record.unchanged) == (0, 0, 0, 543 + 461)
    with database.Session(writable) as session:
        assert database.data_version(session) == before
