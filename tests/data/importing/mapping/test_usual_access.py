"""Passages of what people said come in for the team alone; what somebody has opened since stays open."""

from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import Engine

from data.__main__ import main
from tests.data.importing.mapping.raw_files import FILES
from tests.data.importing.stored import ask

PASSAGES = FILES / "taguette_highlights.csv"
GIVEN = ("--give", "strand=community", "--give", "direction=context", "--give", "confidence=low")


@pytest.fixture
def load(engine: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Counter[str]]:
    """Return a runner of `python -m data load`: how many sources and findings have each access after it."""
    monkeypatch.setenv("DATABASE_URL", str(engine.url))
    monkeypatch.setenv("MAPPINGS_FOLDER", str(tmp_path / "mappings"))

    def runner(*arguments: object, path: Path = PASSAGES) -> Counter[str]:
        assert main(["load", str(path), *map(str, arguments)]) == 0
        rows = ask(engine, "SELECT access FROM source UNION ALL SELECT access FROM finding")
        return Counter(str(row[0]) for row in rows)

    return runner


def test_a_reload_by_suggestion_leaves_open_what_somebody_opened(load: Callable[..., Counter[str]]) -> None:
    first = load(*GIVEN)
    assert set(first) == {"team"}
    opened = load(*GIVEN, "--give", "access=public")
    assert opened == {"public": first.total()}
    assert load(*GIVEN) == opened
    assert load(*GIVEN, "--give", "access=roundtable") == {"roundtable": first.total()}
    assert load(*GIVEN) == {"roundtable": first.total()}
    assert load(*GIVEN, "--give", "access=team") == first


def test_so_does_a_mapping_in_which_nobody_chose_it(load: Callable[..., Counter[str]], tmp_path: Path) -> None:
    assert main(["mapping", str(PASSAGES), "--out", "tagged", *GIVEN]) == 0
    file = tmp_path / "mappings" / "tagged.toml"
    as_suggested = file.read_text(encoding="utf-8")
    first = load("--mapping", "tagged")
    assert set(first) == {"team"}
    chosen = as_suggested.replace('access = "team"', 'access = "public"').replace('usual = ["access"]\n', "")
    file.write_text(chosen, encoding="utf-8")
    assert load("--mapping", "tagged") == {"public": first.total()}
    file.write_text(as_suggested, encoding="utf-8")
    assert load("--mapping", "tagged") == {"public": first.total()}
