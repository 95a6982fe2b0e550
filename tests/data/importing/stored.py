"""What a database file holds, read with sqlite3 alone."""

import json
import sqlite3
from contextlib import closing
from pathlib import Path

from sqlalchemy import Engine

from data.search.terms import typed

CODED = """
    SELECT f.ref, group_concat({code}, ';') FROM (SELECT * FROM {link} WHERE coded ORDER BY {order}) l
    JOIN finding f ON f.id = l.finding_id GROUP BY f.ref"""

NOT_THE_EVIDENCE = {"load", "change", "audit", "sqlite_sequence", "study"}


def ask(engine: Engine, sql: str, *values: object) -> list[tuple[object, ...]]:
    """Return the rows that a question to the engine's file gives."""
    with closing(sqlite3.connect(engine.url.database or "")) as connection:
        return connection.execute(sql, values).fetchall()


def everything(engine: Engine) -> dict[str, list[tuple[object, ...]]]:
    """Return each table's rows, sorted: two databases of the same content give the same."""
    tables = ask(engine, "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'finding_search_%'")
    return {str(name): sorted(ask(engine, f"SELECT * FROM {name}"), key=repr) for (name,) in tables}


def state(engine: Engine) -> dict[str, object]:
    """Return all that the collection holds but its history: every row with its id, studies by key, search text."""
    tables: dict[str, object] = {
        name: rows for name, rows in everything(engine).items() if name not in NOT_THE_EVIDENCE
    }
    tables["source"] = ask(
        engine, "SELECT s.*, t.key, NULL FROM source s JOIN study t ON t.id = s.study_id ORDER BY s.id"
    )
    names = [row[1] for row in ask(engine, "PRAGMA table_info(source)")]
    place = names.index("study_id")
    tables["source"] = [(*row[:place], *row[place + 1 :]) for row in tables["source"]]  # type: ignore[index, union-attr]
    tables["searched"] = ask(engine, "SELECT rowid, words, stems FROM finding_search ORDER BY rowid")
    tables["studies"] = ask(engine, "SELECT key FROM study ORDER BY key")
    return tables


def evidence(engine: Engine) -> dict[str, dict[str, dict[str, object]]]:
    """Return sources and findings by ref with the columns of their files, codes sorted; nothing of ids or loads."""
    with closing(sqlite3.connect(engine.url.database or "")) as connection:
        connection.row_factory = sqlite3.Row
        sources = {
            row["source_id"]: dict(row)
            for row in connection.execute("""
                SELECT s.ref AS source_id, strand, title, authors, organisation, year, source_type, method, url, doi,
                       accessed, read, study, t.key AS study_key FROM source s JOIN study t ON t.id = s.study_id""")
        }
        findings = {
            row["finding_id"]: dict(row)
            for row in connection.execute("""
                SELECT f.ref AS finding_id, s.ref AS source_id, finding, place, latitude, longitude, direction,
                       confidence, confidence_reason, population, period, coder, coded_on
                FROM finding f JOIN source s ON s.id = f.source_id""")
        }
        for column, code, link, order in (
            ("regions", "region", "finding_region", "region"),
            ("themes", "theme", "finding_theme", "theme"),
            ("levers", "lever", "finding_lever", "lever, role"),
            ("lever_roles", "role", "finding_lever", "lever, role"),
        ):
            listed = dict(connection.execute(CODED.format(code=code, link=link, order=order)).fetchall())
            for ref, row in findings.items():
                row[column] = listed.get(ref, "")
        searched = connection.execute("""
            SELECT f.ref, x.words, x.stems
            FROM finding_search x JOIN finding f ON f.id = x.rowid""")
        found = {row["ref"]: {"searched": tuple(row)[1:]} for row in searched}
    return {"sources": sources, "findings": {ref: {**row, **found[ref]} for ref, row in findings.items()}}


def links(engine: Engine, facet: str) -> dict[str, set[tuple[object, ...]]]:
    """Return each finding's codes of a facet, wider ones included, as (code, …, whether it was coded)."""
    found: dict[str, set[tuple[object, ...]]] = {}
    role = ", l.role" if facet == "lever" else ""
    for ref, *link in ask(
        engine, f"SELECT f.ref, l.{facet}{role}, l.coded FROM finding_{facet} l JOIN finding f ON f.id = l.finding_id"
    ):
        found.setdefault(str(ref), set()).add(tuple(link))
    return found


def changes(engine: Engine, load: int) -> dict[tuple[object, ...], object]:
    """Return what a load recorded: the row as it was before, by kind, ref and what happened to it."""
    rows = ask(engine, 'SELECT kind, ref, what, "before" FROM change WHERE load_id = ?', load)
    return {(kind, ref, what): json.loads(str(before)) if before else None for kind, ref, what, before in rows}


def found_by(engine: Engine, search: str) -> list[object]:
    """Return the refs of the findings whose index holds every word of a search."""
    return [
        ref
        for (ref,) in ask(
            engine,
            "SELECT ref FROM finding WHERE id IN (SELECT rowid FROM finding_search WHERE finding_search MATCH ?) "
            "ORDER BY ref",
            " AND ".join(term.expression for term in typed(search).terms),
        )
    ]


def file_bytes(engine: Engine) -> bytes:
    """Return the database file's bytes, once every connection is closed and what was written is in it."""
    engine.dispose()
    return Path(engine.url.database or "").read_bytes()
