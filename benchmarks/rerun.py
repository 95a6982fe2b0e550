"""How long a page's script runs after a change of filter, on the shipped evidence, for one reader of a real server."""

import asyncio
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

import pandas as pd

from benchmarks import users
from benchmarks.report import Limit, Part, milliseconds
from components.frame.shell import PLACES
from data.collection import database
from data.importing.loads import loading

MOST_SECONDS = 0.15
QUERIES = tuple(f"region={region}&theme={theme}" for region in users.REGIONS[:6] for theme in ("T1", "T4"))
"""A filter that was not asked before at each step, so that nothing is remembered; the first warms the page up."""


def run() -> Part:
    """Open each page over a WebSocket, change its filter again and again, and take the median time of a rerun.

    The time is from asking until the script has ended, all that it draws received; the processor's is what the server
    used a rerun, on the mean, whatever else ran on the machine.
    """
    rows, limits = [], []
    for place in PLACES:
        with TemporaryDirectory() as folder:
            path = Path(folder) / "evidence.sqlite"
            engine = database.open_engine(f"sqlite:///{path}")
            loading.load(engine, loading.shipped())
            engine.dispose()
            with users.serving(path) as (address, process):
                asyncio.run(users.walk(address, place.script, QUERIES[:1]))
                before = process.cpu_times()
                seconds = asyncio.run(users.walk(address, place.script, QUERIES))[1:]
                after = process.cpu_times()
        used = (after.user + after.system - before.user - before.system) / len(QUERIES)
        rows.append((place.title, *map(milliseconds, (median(seconds), max(seconds), used))))
        limits.append(Limit(f"{place.title}: median script time under {MOST_SECONDS} s", median(seconds), MOST_SECONDS))
    table = pd.DataFrame(rows, columns=["page", "median, ms", "slowest, ms", "processor, ms"])
    return Part("A page's rerun after a filter change, shipped evidence", table, limits)
