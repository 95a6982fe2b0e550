"""How times grow with the collection: load, each page's queries and a search, from a thousand findings to a million."""

import time
from collections.abc import Sequence

import pandas as pd

from benchmarks import prepared, snapshots
from benchmarks.queries import PAGES
from benchmarks.report import Part, milliseconds
from data.collection import codebook as codebooks
from data.collection import database
from data.collection.snapshot import current
from data.filters.filter import Filter
from data.queries import counting, listing

SIZES = (1_000, 10_000, 100_000, 1_000_000)
NARROW = Filter(region=("TLC",), theme=("T1",))


def run(sizes: Sequence[int] = SIZES) -> Part:
    """Load a collection of each size anew and time what is asked of it once, a row each."""
    columns = {f"{size:,}": _times(size) for size in sizes}
    table = pd.DataFrame(columns)
    return Part("Growth", table.rename_axis("what, ms").reset_index())


def _times(findings: int) -> dict[str, str]:
    made = prepared.loaded(findings)
    engine = database.open_engine(f"sqlite:///{made.folder / 'evidence.sqlite'}")
    codebook = database.ask(engine, codebooks.read)
    start = time.perf_counter()
    size = snapshots.size(database.ask(engine, current.of))
    seconds = time.perf_counter() - start
    told = {"load from CSV": milliseconds(made.load_seconds)}
    told |= {"snapshot, once a load": milliseconds(seconds), "snapshot, MiB": f"{size / 2**20:,.0f}"}
    for name, wanted in (("all", Filter()), (NARROW.to_address(), NARROW)):
        for page, questions in PAGES.items():
            start = time.perf_counter()
            for question in questions:
                query, *more = question.ours
                database.ask(engine, query, wanted, codebook, *more)
            told[f"{page}, {name}"] = milliseconds(time.perf_counter() - start)
    start = time.perf_counter()
    database.ask(engine, counting.counts, Filter(q="library closed"), codebook)
    told["search: count"] = milliseconds(time.perf_counter() - start)
    start = time.perf_counter()
    database.ask(engine, listing.findings, Filter(q="library closed"), codebook, "relevance", 50)
    told["search: best 50"] = milliseconds(time.perf_counter() - start)
    engine.dispose()
    told["database, MiB"] = f"{(made.folder / 'evidence.sqlite').stat().st_size / 2**20:,.0f}"
    return told
