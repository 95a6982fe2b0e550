"""Carry out a plan inside the caller's transaction: rows, links, search text, and the record of every change."""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from itertools import islice
from operator import attrgetter

from sqlalchemy import Connection, text

from data.importing.checking.records import FindingRecord, SourceRecord
from data.importing.codebook.codebook_files import imply_wider
from data.importing.loads.comparison import Plan, PlannedChanges
from data.importing.loads.words_ahead import NO_WORDS, WordsAhead
from data.progress import Progress, unheard
from data.search.words import indexed

SOURCE_FIELDS = (*SourceRecord._fields, "study_filed", "study_id", "digest", "id")
OF_FINDING = tuple(name for name in FindingRecord._fields if name not in ("source", "regions", "themes", "levers"))
"""What of a finding's record stands in its own row; its codes stand in tables of their own."""
FINDING_FIELDS = (*OF_FINDING, "source_id", "digest", "id")
AT_A_TIME = 5_000
"""Rows that are handed to the driver in one go."""
WRITE_WORDS = "INSERT INTO finding_search (rowid, words, stems) VALUES (?, ?, ?)"
LINKS = ("finding_theme", "finding_lever", "finding_region")


def apply(
    connection: Connection, plan: Plan, load_id: int, progress: Progress = unheard, words: WordsAhead = NO_WORDS
) -> None:
    """Make the collection what the plan says, and record each change under this load with the row as it was.

    `words` are those of the plan's findings, as far as they are reckoned already.
    """
    progress(0.0, "Recording what changes")
    ids = {kind: _ids(connection, kind, difference) for kind, difference, _ in plan.differences()}
    for kind, difference, _ in plan.differences():
        _record(connection, load_id, kind, difference, ids[kind])
    connection.execute(text("CREATE TEMP TABLE IF NOT EXISTS touched (id INTEGER PRIMARY KEY)"))
    connection.execute(text("DELETE FROM touched"))
    progress(0.2, "Writing sources")
    _withdraw_findings(connection, plan.findings)
    _write_sources(connection, plan, ids["source"])
    progress(0.35, "Writing findings")
    _write_findings(connection, plan, ids["finding"], progress)
    progress(0.8, "Writing the words that a search finds")
    _write_words(connection, words)
    _withdraw_sources(connection, plan.sources)
    connection.execute(text("DELETE FROM study WHERE id NOT IN (SELECT study_id FROM source)"))
    connection.execute(text("DROP TABLE touched"))
    progress(1.0, "Written")


def collection_digest(connection: Connection) -> str:
    """Return a SHA-256 over every source and finding, the same for the same evidence wherever it is loaded."""
    total = hashlib.sha256()
    for table in ("source", "finding"):
        for row in connection.execute(text(f"SELECT digest FROM {table} ORDER BY ref")):
            total.update(row.digest)
    return total.hexdigest()


def _many(connection: Connection, sql: str, rows: Iterable[Sequence[object]]) -> None:
    """Run one statement for many rows, straight through the driver: ten times less work a row than through Core.

    Some thousands at a time, so that the rows of a large load do not all stand in memory once more.
    """
    waiting = iter(rows)
    while some := [tuple(row) for row in islice(waiting, AT_A_TIME)]:
        connection.exec_driver_sql(sql, some)


def _upserts(table: str, columns: Sequence[str]) -> str:
    marks = ", ".join("?" for _ in columns)
    changes = ", ".join(f'"{column}" = excluded."{column}"' for column in columns if column != "id")
    names = ", ".join(f'"{column}"' for column in columns)
    return f"INSERT INTO {table} ({names}) VALUES ({marks}) ON CONFLICT (id) DO UPDATE SET {changes}"


def _record(
    connection: Connection, load_id: int, kind: str, difference: PlannedChanges, ids: Mapping[str, int]
) -> None:
    changes: list[tuple[object, ...]] = [(load_id, kind, ref, "added", ids[ref], None) for ref in difference.added]
    for what in ("changed", "withdrawn"):
        numbers = getattr(difference, what)
        before = stored_rows(connection, kind, numbers.values())
        changes += [(load_id, kind, ref, what, number, json.dumps(before[number])) for ref, number in numbers.items()]
    _many(
        connection, 'INSERT INTO change (load_id, kind, ref, what, row_id, "before") VALUES (?, ?, ?, ?, ?, ?)', changes
    )


def stored_rows(connection: Connection, kind: str, ids: Iterable[int]) -> dict[int, dict[str, object]]:
    """Return sources or findings by id as a file would hold them: codes joined by semicolons, sources by ref."""
    wanted = json.dumps(list(ids))
    columns, joined = (
        ("t.*, s.ref AS source", "JOIN source s ON s.id = t.source_id") if kind == "finding" else ("t.*", "")
    )
    rows = connection.execute(
        text(f"SELECT {columns} FROM {kind} t {joined} WHERE t.id IN (SELECT value FROM json_each(:ids))"),
        {"ids": wanted},
    ).mappings()
    left_out = ("id", "digest", "study_id", "source_id")
    found = {row["id"]: {k: v for k, v in row.items() if k not in left_out} for row in rows.fetchall()}
    if kind == "source" or not found:
        return found
    for row in found.values():
        row.update(dict.fromkeys(("regions", "themes", "levers", "lever_roles"), ""))
    for table in LINKS:
        code = table.removeprefix("finding_")
        links = connection.execute(
            text(f"SELECT * FROM {table} WHERE coded AND finding_id IN (SELECT value FROM json_each(:ids))"),
            {"ids": wanted},
        )
        for link in links.mappings().fetchall():
            row = found[link["finding_id"]]
            row[f"{code}s"] = ";".join(filter(None, (str(row[f"{code}s"]), link[code])))
            if code == "lever":
                row["lever_roles"] = ";".join(filter(None, (str(row["lever_roles"]), link["role"])))
    return found


def _withdraw_findings(connection: Connection, difference: PlannedChanges) -> None:
    gone = [(number,) for number in difference.withdrawn.values()]
    _many(connection, "DELETE FROM finding_search WHERE rowid = ?", gone)
    _many(connection, "DELETE FROM finding WHERE id = ?", gone)


def _withdraw_sources(connection: Connection, difference: PlannedChanges) -> None:
    _many(connection, "DELETE FROM source WHERE id = ?", ((number,) for number in difference.withdrawn.values()))


def _ids(connection: Connection, table: str, difference: PlannedChanges) -> dict[str, int]:
    """Return the id of each row to write: those restored and changed keep theirs, new ones were never given before."""
    last = connection.scalar(text("SELECT seq FROM sqlite_sequence WHERE name = :name"), {"name": table}) or 0
    new = (ref for ref in difference.added if ref not in difference.restored)
    return {**{ref: number for number, ref in enumerate(new, last + 1)}, **difference.restored, **difference.changed}


def _write_sources(connection: Connection, plan: Plan, ids: Mapping[str, int]) -> None:
    keys = {plan.checked.sources[ref].study or ref for ref in ids}
    _many(connection, "INSERT OR IGNORE INTO study (key) VALUES (?)", ((key,) for key in sorted(keys)))
    studies = {row.key: row.id for row in connection.execute(text("SELECT key, id FROM study"))}
    _many(
        connection,
        _upserts("source", SOURCE_FIELDS),
        (
            (*(record := plan.checked.sources[ref]), plan.study_filed.get(ref), studies[record.study or ref],
             plan.sources.digests[ref], number)
            for ref, number in ids.items()
        ),
    )  # fmt: skip
    changed = [(number,) for number in plan.sources.changed.values()]
    _many(connection, "INSERT OR IGNORE INTO touched SELECT id FROM finding WHERE source_id = ?", changed)


def _write_findings(connection: Connection, plan: Plan, ids: Mapping[str, int], progress: Progress) -> None:
    sources = {row.ref: row.id for row in connection.execute(text("SELECT ref, id FROM source"))}
    records = [(number, plan.checked.findings[ref]) for ref, number in ids.items()]
    _many(connection, _upserts("finding", FINDING_FIELDS), (_row(plan, r, sources, n) for n, r in records))
    changed = [(number,) for number in plan.findings.changed.values()]
    for table in LINKS:
        _many(connection, f"DELETE FROM {table} WHERE finding_id = ?", changed)
    _many(
        connection, "INSERT INTO finding_theme VALUES (?, ?, 1)", ((n, code) for n, r in records for code in r.themes)
    )
    _many(connection, "INSERT INTO finding_region VALUES (?, ?, 1)", ((n, c) for n, r in records for c in r.regions))
    _many(
        connection,
        "INSERT INTO finding_lever VALUES (?, ?, ?, 1)",
        ((n, code, role) for n, r in records for code, role in r.levers),
    )
    _many(connection, "INSERT OR IGNORE INTO touched VALUES (?)", ((number,) for number in ids.values()))
    progress(0.6, "Writing wider codes")
    for facet in ("theme", "lever", "region"):
        imply_wider(connection, facet, "l.finding_id IN (SELECT id FROM touched)")


_OWN = attrgetter(*OF_FINDING)


def _row(plan: Plan, record: FindingRecord, sources: dict[str, int], number: int) -> tuple[object, ...]:
    return (*_OWN(record), sources[record.source], plan.findings.digests[record.ref], number)


def _write_words(connection: Connection, words: WordsAhead) -> None:
    """Write the words of all findings that were touched: those that are reckoned already, then the others."""
    connection.execute(text("DELETE FROM finding_search WHERE rowid IN (SELECT id FROM touched)"))
    numbers = {
        row.ref: row.id
        for row in connection.execute(text("SELECT ref, id FROM finding WHERE id IN (SELECT id FROM touched)"))
    }
    _many(connection, WRITE_WORDS, ((numbers.pop(ref), held, stems) for ref, held, stems in words))
    connection.execute(
        text("DELETE FROM touched WHERE id NOT IN (SELECT value FROM json_each(:left))"),
        {"left": json.dumps(list(numbers.values()))},
    )
    write_search(connection, "WHERE f.id IN (SELECT id FROM touched)")


def write_search(connection: Connection, which: str = "") -> None:
    """Write the words of findings into the index, which has none of them yet: of those `which` says in SQL, or all."""
    texts = connection.execute(
        text(f"""
        SELECT f.id, f.finding, f.place, f.population, s.title
        FROM finding f JOIN source s ON s.id = f.source_id {which}""")
    )
    _many(connection, WRITE_WORDS, ((number, *indexed(fields)) for number, *fields in texts))
