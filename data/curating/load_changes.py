"""What one load did, row by row and field by field, however often its rows have changed since."""

import json
from collections.abc import Mapping
from typing import Any

import pandas as pd
from sqlalchemy import text
from sqlmodel import Session

from data.importing.loads.applying import stored_rows
from data.importing.loads.plan_tables import changed_fields

COLUMNS = ("kind", "ref", "what", "field", "before", "after")
WORDED = {"source": "title", "finding": "finding"}
"""The field by which a row that came or went is known."""

CHANGES = """
    SELECT c.kind, c.ref, c.what, c.row_id, c."before" AS was,
        (SELECT later."before" FROM change later
         WHERE later.kind = c.kind AND later.ref = c.ref AND later.load_id > c.load_id
         ORDER BY later.load_id LIMIT 1) AS next,
        EXISTS (SELECT 1 FROM change later
         WHERE later.kind = c.kind AND later.ref = c.ref AND later.load_id > c.load_id) AS touched
    FROM change c WHERE c.load_id = :load ORDER BY c.kind, c.ref LIMIT :most"""
"""Each change with the row before it, and before the next change of the same row, which is the row after it."""


def changes_of_load(session: Session, load: int, most: int = 5_000) -> pd.DataFrame:
    """Return what a load did to its first `most` sources, findings and codes; columns: COLUMNS, all text.

    A changed row has a line for each field that differs. One that was added or withdrawn has one line, with its title,
    text or name as `after` or `before`.
    """
    found = session.execute(text(CHANGES), {"load": load, "most": most}).all()
    held = {kind: _held(session, kind, found) for kind in WORDED}
    lines: list[tuple[str, ...]] = []
    for row in found:
        before = json.loads(row.was) if row.was else None
        after = json.loads(row.next) if row.next else None if row.touched else held.get(row.kind, {}).get(row.row_id)
        lines += _lines(row.kind, row.ref, row.what, before or {}, after or {})
    return pd.DataFrame(lines, columns=list(COLUMNS), dtype=object)


def _held(session: Session, kind: str, found) -> Mapping[int, Mapping[str, Any]]:  # type: ignore[no-untyped-def]
    """Return the rows of a kind as they are now, by id, through JSON as those of the past were."""
    ids = [row.row_id for row in found if row.kind == kind and row.row_id is not None]
    rows = stored_rows(session.connection(), kind, ids)
    return {number: json.loads(json.dumps(row)) for number, row in rows.items()}


def _lines(
    kind: str, ref: str, what: str, before: Mapping[str, Any], after: Mapping[str, Any]
) -> list[tuple[str, ...]]:
    if what == "changed":
        return [
            (kind, ref, what, field, _text(was), _text(now)) for field, was, now in changed_fields(kind, before, after)
        ]
    field = WORDED.get(kind, "name")
    return [(kind, ref, what, field, _text(before.get(field)), _text(after.get(field)))]


def _text(value: object) -> str:
    return "" if value is None else str(value)
