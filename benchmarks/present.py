"""How long the script runs when the presenter changes the slide: over all slides of the shipped briefings."""

import asyncio
from collections.abc import Sequence
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

import pandas as pd

from benchmarks import users
from benchmarks.report import Limit, Part, milliseconds
from data.collection import database
from data.importing.loads import loading
from data.presenting import editions, toml_files

MOST_SECONDS = 0.3
REGION = "TLN"
LOOKED_AT = 5.0
"""Seconds that the first slide stays on the wall before the next: what is prepared beside it is prepared by then."""


def run() -> Part:
    """Open each shipped briefing, then walk through it to the end and back, and time every change of slide.

    The time is from asking until the script has ended, all that it draws received. "At once" walks on without a pause
    after the first slide, before the others can have been prepared.
    """
    rows, limits = [], []
    for path in editions.shipped_files():
        briefing = toml_files.read(path.read_text(encoding="utf-8"), path.stem)
        region = f"&region={REGION}" if briefing.parameter else ""
        places = [*range(1, len(briefing.slides) + 1), *range(len(briefing.slides) - 1, 0, -1)]
        queries = [f"briefing={briefing.code}{region}&slide={place}" for place in places]
        for how, pause in (("after a look at the first", LOOKED_AT), ("at once", 0.0)):
            opened, *seconds = _walk(queries, pause)
            rows.append((briefing.title, how, len(seconds), milliseconds(opened), milliseconds(median(seconds)),
                         milliseconds(max(seconds))))  # fmt: skip
            if pause:
                what = f"{briefing.title}, {how}: every change under {MOST_SECONDS} s"
                limits.append(Limit(what, max(seconds), MOST_SECONDS))
    columns = ["briefing", "walked on", "changes", "opened, ms", "median, ms", "slowest, ms"]
    return Part("A change of slide, shipped evidence", pd.DataFrame(rows, columns=columns), limits)


def _walk(queries: Sequence[str], pause: float) -> list[float]:
    """Return the seconds of each slide on a server of its own, so that nothing is remembered from before."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "evidence.sqlite"
        engine = database.open_engine(f"sqlite:///{path}")
        loading.load(engine, loading.shipped())
        editions.bring_in(engine)
        engine.dispose()
        with users.serving(path) as (address, _):
            asyncio.run(users.walk(address, "", [""]))
            return asyncio.run(users.walk(address, "present", queries, pause))
