"""The aggregates behind each page as an expert would write them in SQL for sqlite3: what our queries are held to.

Each question is a function of the filter's conditions, which are written by hand too: one on `f`, the finding, by key
of the filter. The answers are rows as SQLite gives them, without the zeros.
"""

import sqlite3
from collections.abc import Callable, Iterable, Mapping
from typing import Any

Conditions = Mapping[str, str]
Rows = list[tuple[Any, ...]]
UNFILTERED: Conditions = {}
FILTERED: Conditions = {
    "region": "f.id IN (SELECT finding_id FROM finding_region WHERE region = 'TLC')",
    "theme": "f.id IN (SELECT finding_id FROM finding_theme WHERE theme = 'T1')",
}
QUERY = "region=TLC&theme=T1"
"""The same filter as in the address."""
ON_SOURCE = "JOIN source s ON s.id = f.source_id"
LINKS = {
    "theme": "SELECT finding_id, theme AS code FROM finding_theme",
    "region": "SELECT finding_id, region AS code FROM finding_region",
    "lever": "SELECT DISTINCT finding_id, lever AS code FROM finding_lever",
    "role": "SELECT DISTINCT finding_id, role AS code FROM finding_lever",
}
COLUMNS = {"strand": "s.strand", "method": "s.method", "direction": "f.direction", "confidence": "f.confidence"}
SIDE = "CASE role WHEN 'applied' THEN 'applied' ELSE 'withdrawn or lacking' END"
SIDES = f"SELECT DISTINCT finding_id, lever AS code, {SIDE} AS side FROM finding_lever WHERE role <> 'proposed'"
ANY = f"SELECT DISTINCT finding_id, '' AS code, {SIDE} AS side FROM finding_lever WHERE role <> 'proposed'"
ALL = "SELECT id AS finding_id, 'all' AS code, '' AS side FROM finding"
CLAIMS = "(up + down + mixed)"


def where(conditions: Conditions, aside: str = "") -> str:
    """Return the conditions joined, one key's set aside."""
    return " AND ".join(text for key, text in conditions.items() if key != aside) or "1"


def counts(db: sqlite3.Connection, held: Conditions) -> Rows:
    """Count findings, sources and studies."""
    return db.execute(
        "SELECT count(*), count(DISTINCT f.source_id), count(DISTINCT s.study_id) "
        f"FROM finding f {ON_SOURCE} WHERE {where(held)}"
    ).fetchall()


def facets(db: sqlite3.Connection, held: Conditions) -> Rows:
    """Count findings by each code of the eight facets, each facet's own condition set aside."""
    rows: Rows = []
    for facet, column in COLUMNS.items():
        join = ON_SOURCE if column.startswith("s.") else ""
        rows += db.execute(
            f"SELECT '{facet}', {column}, count(*) FROM finding f {join} "
            f"WHERE {column} <> '' AND {where(held, facet)} GROUP BY {column}"
        )
    for facet, link in LINKS.items():
        kept = where(held, facet)
        inside = f"WHERE finding_id IN (SELECT f.id FROM finding f WHERE {kept})" if kept != "1" else ""
        rows += db.execute(f"SELECT '{facet}', code, count(*) FROM ({link}) {inside} GROUP BY code")
    return rows


def tally(facet: str) -> Callable[[sqlite3.Connection, Conditions], Rows]:
    """Return the question that counts findings, sources and studies by code of a facet."""
    numbers = "count(*), count(DISTINCT f.source_id), count(DISTINCT s.study_id)"
    if facet in COLUMNS:
        code, link = COLUMNS[facet], ""
    else:
        code, link = "l.code", f"JOIN ({LINKS[facet]}) l ON l.finding_id = f.id"

    def ask(db: sqlite3.Connection, held: Conditions) -> Rows:
        return db.execute(
            f"SELECT {code}, {numbers} FROM finding f {ON_SOURCE} {link} "
            f"WHERE {code} <> '' AND {where(held)} GROUP BY {code}"
        ).fetchall()

    return ask


def votes(*groups: str) -> Callable[[sqlite3.Connection, Conditions], Rows]:
    """Return the question of how studies vote in groups (finding_id, code, side)."""

    def ask(db: sqlite3.Connection, held: Conditions) -> Rows:
        rows: Rows = []
        for group in groups:
            rows += db.execute(
                f"WITH by_study AS (SELECT g.code, g.side, s.study_id, count(*) AS findings, "
                "count(DISTINCT f.source_id) AS sources, sum(f.direction = 'strengthened') AS up, "
                "sum(f.direction = 'impeded') AS down, sum(f.direction = 'mixed') AS mixed "
                f"FROM ({group}) g JOIN finding f ON f.id = g.finding_id {ON_SOURCE} "
                f"WHERE {where(held)} GROUP BY g.code, g.side, s.study_id) "
                "SELECT code, side, sum(findings), sum(sources), count(*), "
                f"sum({CLAIMS} > 0 AND up * 10 >= {CLAIMS} * 7), sum({CLAIMS} > 0 AND down * 10 >= {CLAIMS} * 7), "
                f"sum({CLAIMS} > 0 AND up * 10 < {CLAIMS} * 7 AND down * 10 < {CLAIMS} * 7) "
                "FROM by_study GROUP BY code, side"
            )
        return rows

    return ask


def by_link(facet: str) -> str:
    """Return the groups of votes by theme or region."""
    return f"SELECT finding_id, code, '' AS side FROM ({LINKS[facet]})"


def crosstab(rows: str, columns: str) -> Callable[[sqlite3.Connection, Conditions], Rows]:
    """Return the question of how many findings carry each pair of codes, and how many of them are to be relied on."""

    def ask(db: sqlite3.Connection, held: Conditions) -> Rows:
        return db.execute(
            "SELECT coalesce(a.code, ''), coalesce(b.code, ''), count(*), sum(f.confidence IN ('high', 'moderate')) "
            f"FROM finding f LEFT JOIN ({LINKS[rows]}) a ON a.finding_id = f.id "
            f"LEFT JOIN ({LINKS[columns]}) b ON b.finding_id = f.id WHERE {where(held)} GROUP BY 1, 2"
        ).fetchall()

    return ask


def page_of_findings(size: int) -> Callable[[sqlite3.Connection, Conditions], Rows]:
    """Return the question of the first findings, most confident first, with source and codes."""
    order = "CASE f.confidence WHEN 'high' THEN 0 WHEN 'moderate' THEN 1 WHEN 'low' THEN 2 ELSE 3 END"
    codes = ", ".join(
        f"(SELECT group_concat({code}, ';') FROM finding_{table} l WHERE l.finding_id = f.id AND l.coded)"
        for table, code in (("theme", "theme"), ("region", "region"), ("lever", "lever"), ("lever", "role"))
    )

    def ask(db: sqlite3.Connection, held: Conditions) -> Rows:
        return db.execute(
            f"SELECT f.ref, f.finding, f.place, f.direction, f.confidence, s.title, s.year, s.url, {codes} "
            f"FROM finding f {ON_SOURCE} WHERE {where(held)} ORDER BY {order}, f.ref LIMIT {size}"
        ).fetchall()

    return ask


def page_of_sources(db: sqlite3.Connection, held: Conditions) -> Rows:
    """List the hundred newest sources with how many findings of the filter each holds."""
    return db.execute(
        "SELECT s.ref, s.title, s.year, s.url, n.findings FROM source s JOIN (SELECT f.source_id, count(*) AS findings "
        f"FROM finding f WHERE {where(held)} GROUP BY f.source_id) n ON n.source_id = s.id "
        "ORDER BY s.year DESC NULLS LAST, s.ref LIMIT 100"
    ).fetchall()


def sources_by_year(db: sqlite3.Connection, held: Conditions) -> Rows:
    """Count the filter's sources by year."""
    return db.execute(
        f"SELECT s.year, count(*) FROM source s WHERE s.year IS NOT NULL AND s.id IN "
        f"(SELECT f.source_id FROM finding f WHERE {where(held)}) GROUP BY s.year"
    ).fetchall()


def places(db: sqlite3.Connection, held: Conditions) -> Rows:
    """Count findings by point on the map."""
    return db.execute(
        "SELECT f.latitude, f.longitude, count(*), sum(f.direction = 'strengthened'), sum(f.direction = 'impeded'), "
        f"min(f.place) FROM finding f WHERE f.latitude IS NOT NULL AND {where(held)} GROUP BY 1, 2"
    ).fetchall()


def without(rows: Iterable[tuple[Any, ...]], first: int) -> set[tuple[Any, ...]]:
    """Return rows as a set, those left out whose numbers, from the given column on, are all zero."""
    return {tuple(row) for row in rows if any(row[first:])}
