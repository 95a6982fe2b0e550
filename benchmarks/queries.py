"""Each page's queries beside the same aggregates by hand, and the facets beside Datasette, on one file in one run."""

import asyncio
import shutil
import sqlite3
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from statistics import median
from typing import Any, NamedTuple
from urllib.parse import urlencode

import pandas as pd

from benchmarks import hand_sql as by_hand
from benchmarks.report import Limit, Part, milliseconds
from data.collection import codebook as codebooks
from data.collection import database
from data.filters.filter import Filter, parse
from data.queries import counting, listing, source_counts, votes

RUNS = 3
MOST_BY_HAND, MOST_OF_DATASETTE = 1.5, 0.2


class Question(NamedTuple):
    """One thing a page asks: our query, the same by hand, and how ours is turned into the rows of the other."""

    name: str
    ours: tuple[Any, ...]
    hand: Callable[[sqlite3.Connection, by_hand.Conditions], by_hand.Rows]
    rows: Callable[[Any], list[tuple[Any, ...]]]
    numbers_from: int = 1


def _columns(*names: str) -> Callable[[pd.DataFrame], list[tuple[Any, ...]]]:
    return lambda frame: list(frame[list(names)].itertuples(index=False, name=None))


def _facet_rows(found: Mapping[str, Mapping[str, int]]) -> list[tuple[Any, ...]]:
    return [(facet, code, number) for facet, codes in found.items() for code, number in codes.items()]


def _tally(facet: str) -> Question:
    columns = _columns("code", "findings", "sources", "studies")
    return Question(f"tally by {facet}", (counting.tally, facet), by_hand.tally(facet), columns)


def _votes(name: str, ours: tuple[Any, ...], side: str, *groups: str) -> Question:
    columns = _columns("code", side, "findings", "sources", "studies", "strengthened", "impeded", "mixed")
    return Question(name, ours, by_hand.votes(*groups), columns, 2)


def _findings(size: int) -> Question:
    ours = (listing.findings, "confidence", size, 0)
    return Question(f"first {size} findings", ours, by_hand.page_of_findings(size), _columns("finding_id"))


COUNTS = Question("counts", (counting.counts,), by_hand.counts, lambda found: [tuple(found)], 0)
FACETS = Question("facets", (counting.facets,), by_hand.facets, _facet_rows, 2)
FRAME = (COUNTS, FACETS, _tally("confidence"))
"""What every page asks: the opening and the filter panel."""
SIDES = _votes("levers on two sides", (votes.sides_of_levers,), "side", by_hand.SIDES, by_hand.ANY)
PLACES = Question("places", (listing.places,), by_hand.places,
                  _columns("latitude", "longitude", "findings", "strengthened", "impeded", "place"), 2)  # fmt: skip
SOURCES = Question("newest 100 sources", (listing.sources, "newest", 100, 0), by_hand.page_of_sources,
                   _columns("source_id"))  # fmt: skip
YEARS = Question("sources by year", (source_counts.by_year,), by_hand.sources_by_year, _columns("year", "sources"))


def _crosstab(rows: str, columns: str) -> Question:
    names = _columns("row", "column", "findings", "sure")
    return Question(
        f"{rows} by {columns}", (counting.crosstab, rows, columns), by_hand.crosstab(rows, columns), names, 2
    )


def _direction(by: str) -> Question:
    return _votes(f"direction by {by}", (votes.direction_by, by), "role", by_hand.by_link(by))


PAGES: dict[str, tuple[Question, ...]] = {
    "Overview": (*FRAME, SIDES, _tally("strand"), _tally("region"), _tally("theme"), _tally("lever"), _findings(5)),
    "Regions": (*FRAME, _tally("region"), _direction("region"), PLACES, _findings(5)),
    "Themes": (*FRAME, _tally("theme"), _direction("theme"), _crosstab("theme", "theme"), _findings(5)),
    "Policy levers": (*FRAME, SIDES, _findings(5)),
    "Gap map": (*FRAME, _crosstab("theme", "lever"), _findings(5)),
    "Findings": (*FRAME, _tally("direction"), _findings(100)),
    "Sources": (*FRAME, _tally("method"), SOURCES, YEARS),
}
"""What each page asks of its filter; Definitions and Method ask for the counts alone."""


def run(folder: Path, findings: int) -> Part:
    """Time every page's queries both ways, unfiltered and filtered, answers compared, and the facets in Datasette."""
    path = folder / "evidence.sqlite"
    rows, limits = [], []
    for name, query, held in (("all", "", by_hand.UNFILTERED), (by_hand.QUERY, by_hand.QUERY, by_hand.FILTERED)):
        times = compared(path, query, held)
        for page, questions in PAGES.items():
            ours, hand = (sum(times[question.name][side] for question in questions) for side in (0, 1))
            rows.append((page, name, milliseconds(ours), milliseconds(hand), f"{ours / hand:.2f}"))
            limits.append(
                Limit(f"{page}, {name}: at most {MOST_BY_HAND} times hand-written SQL", ours / hand, MOST_BY_HAND)
            )
        served = asyncio.run(_datasette(folder, held))
        share = times["facets"][0] / served
        rows.append(
            ("Facets beside Datasette", name, milliseconds(times["facets"][0]), milliseconds(served), f"{share:.2f}")
        )
        limits.append(Limit(f"Facets, {name}: at most a fifth of Datasette", share, MOST_OF_DATASETTE))
    columns = ["page", "filter", "ours, ms", "other, ms", "ratio"]
    return Part(f"Queries at {findings:,} findings", pd.DataFrame(rows, columns=columns), limits)


def compared(path: Path, query: str, held: by_hand.Conditions) -> dict[str, tuple[float, float]]:
    """Return the median seconds of each question, ours and by hand, taken in turns; raise where the answers differ."""
    engine = database.open_engine(f"sqlite:///{path}")
    db = sqlite3.connect(path)
    for pragma in ("temp_store = MEMORY", "cache_size = -64000"):
        db.execute(f"PRAGMA {pragma}")
    codebook = database.ask(engine, codebooks.read)
    wanted, _ = parse(query, codebook)
    questions = {question.name: question for asked in PAGES.values() for question in asked}
    times = {name: _timed(engine, db, codebook, wanted, held, question) for name, question in questions.items()}
    engine.dispose()
    db.close()
    return times


def _timed(engine: Any, db: sqlite3.Connection, codebook: Any, wanted: Filter, held: by_hand.Conditions,
           question: Question) -> tuple[float, float]:  # fmt: skip
    query, *more = question.ours
    ours, hand = [], []
    for _ in range(RUNS):
        start = time.perf_counter()
        found = database.ask(engine, query, wanted, codebook, *more)
        middle = time.perf_counter()
        other = question.hand(db, held)
        ours.append(middle - start)
        hand.append(time.perf_counter() - middle)
    width = len(question.rows(found)[0])
    first = question.numbers_from
    mine = by_hand.without(question.rows(found), first if width > 1 else 0)
    theirs = by_hand.without((row[:width] for row in other), first if width > 1 else 0)
    if mine != theirs:
        raise AssertionError(f"{question.name}: the answers differ, such as {sorted(mine ^ theirs, key=str)[:3]}")
    return median(ours), median(hand)


async def _datasette(folder: Path, held: by_hand.Conditions) -> float:
    """Return the median seconds Datasette takes for the same eight facets of a copy of the file, asked in process.

    Views join findings with their sources, and links with their findings, as its users would have to make them; its
    limits of time are lifted, and no rows or totals are asked for.
    """
    from datasette.app import Datasette  # noqa: PLC0415 - only the benchmarks have it

    copy = folder / "datasette.sqlite"
    for left in folder.glob("datasette.sqlite*"):
        left.unlink()
    shutil.copy(folder / "evidence.sqlite", copy)
    with sqlite3.connect(copy) as db:
        columns = ", ".join(f"{column} AS {facet}" for facet, column in by_hand.COLUMNS.items())
        db.execute(f"CREATE VIEW of_finding AS SELECT f.id AS finding_id, {columns} FROM finding f {by_hand.ON_SOURCE}")
        for facet, link in by_hand.LINKS.items():
            db.execute(f"CREATE VIEW of_{facet} AS {link}")
    limits = {
        "sql_time_limit_ms": 300_000,
        "facet_time_limit_ms": 300_000,
        "default_facet_size": 1000,
        "max_returned_rows": 1000,
    }
    server = Datasette([str(copy)], settings=limits)
    await server.invoke_startup()
    seconds = []
    for _ in range(RUNS):
        start = time.perf_counter()
        for address in _facet_addresses(held):
            answer = await server.client.get(address, timeout=600)
            found = answer.json()
            if answer.status_code != 200 or found.get("facets_timed_out"):
                raise RuntimeError(f"Datasette: {answer.text[:300]}")
        seconds.append(time.perf_counter() - start)
    return median(seconds)


def _facet_addresses(held: by_hand.Conditions) -> list[str]:
    """Return what is asked of Datasette: four facets of findings together, four of links each alone."""
    asked = [("of_finding", list(by_hand.COLUMNS), by_hand.where(held))]
    asked += [(f"of_{facet}", ["code"], by_hand.where(held, facet)) for facet in by_hand.LINKS]
    addresses = []
    for view, facets, kept in asked:
        query = [("_facet", facet) for facet in facets] + [("_size", "0"), ("_nocount", "1"), ("_shape", "objects")]
        if kept != "1":
            query.append(("_where", f"finding_id IN (SELECT f.id FROM finding f WHERE {kept})"))
        addresses.append(f"/datasette/{view}.json?{urlencode(query)}")
    return addresses
