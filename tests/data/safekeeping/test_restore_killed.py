"""Restores killed at random moments: the database is as it was, or as the copy has it, and whole.

`make kills` kills a hundred; KILLS says how many.
"""

import multiprocessing
import os
import random
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine

from data.collection import database
from data.importing.loads import loading
from data.safekeeping import backup, verification
from data.safekeeping.restore import restore
from tests.data.importing.small_strand import FINDINGS, SOURCES, write_strand
from tests.data.importing.stored import ask

pytestmark = pytest.mark.slow

KILLS = int(os.environ.get("KILLS", "6"))
FORK = multiprocessing.get_context("fork")


@pytest.fixture
def copies(engine: Engine, tmp_path: Path) -> Iterator[tuple[Path, Path]]:
    """Return copies of a database with a hundred findings, and with two hundred; it holds the latter."""
    made = []
    for number in (100, 200):
        rows = [{**FINDINGS[0], "finding_id": f"E{row:03}", "finding": f"Finding {row}", "place": "x" * 2000}
                for row in range(number)]  # fmt: skip
        loading.load(engine, [write_strand(tmp_path / str(number), rows, SOURCES[:1])])
        made.append(tmp_path / f"{number}.copy.sqlite")
        backup.copied(Path(engine.url.database or ""), made[-1])
    yield made[0], made[1]
    engine.dispose()


def findings(engine: Engine) -> Any:
    return ask(engine, "SELECT count(*) FROM finding")[0][0]


def go_back(address: str, copy: Path) -> None:
    restore(database.open_engine(address), copy, "someone", over=True)
    os._exit(0)


def test_killed_at_any_moment_the_database_is_as_before_or_as_the_copy(
    engine: Engine, copies: tuple[Path, Path]
) -> None:
    drawn, start = random.Random(os.environ.get("KILLS_SEED", "1")), time.perf_counter()
    restore(engine, copies[0], "someone", over=True)
    seconds, ends = time.perf_counter() - start, {"before": 0, "after": 0}
    for _ in range(KILLS):
        before = findings(engine)
        wanted = 300 - before
        engine.dispose()
        child = FORK.Process(target=go_back, args=(str(engine.url), copies[wanted == 200]))
        child.start()
        child.join(drawn.uniform(0, 1.6 * seconds))
        child.kill()
        child.join()
        found = findings(engine)
        assert found in (before, wanted)
        assert verification.faults(engine) == []
        ends["after" if found == wanted else "before"] += 1
    print(f"restores killed {KILLS}: {ends['before']} as before, {ends['after']} as after")
