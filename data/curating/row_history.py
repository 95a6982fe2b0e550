"""What was done to the collection: every load, and every version that a source or a finding has had."""

import json
from datetime import datetime
from typing import Any, NamedTuple

import pandas as pd
from sqlalchemy import text
from sqlmodel import Session, col, select

from data.collection import database
from data.importing.loads.applying import stored_rows
from data.importing.loads.plan_tables import changed_fields
from data.importing.loads.undoing import undone_by
from models import Change, Load

COLUMNS = (
    "id", "at", "who", "action", "files", "sha256", "mapping", "replaced", "added", "changed", "withdrawn",
    "unchanged", "codebook_changes", "undoes", "undone_by", "note", "version", "digest", "rows",
)  # fmt: skip


def history(session: Session) -> pd.DataFrame:
    """Return every load, newest first; columns: COLUMNS, `at` in UTC, files and their SHA-256 joined by semicolons.

    `rows` is what became of the rows of each table (accounts.Account.record). `undoes` and `undone_by` are ids of
    loads, missing where there is none; an undo that was undone counts no longer.
    """
    loads = database.loads(session)
    undone = undone_by((load.id or 0, load.undoes) for load in loads)
    rows = [
        {
            **{name: getattr(load, name) for name in COLUMNS if hasattr(load, name)},
            "files": "; ".join(entry["name"] for entry in load.files),
            "sha256": "; ".join(entry["sha256"] for entry in load.files),
            "undone_by": undone.get(load.id or 0),
        }
        for load in loads
    ]
    return pd.DataFrame(rows, columns=list(COLUMNS)).astype({"undoes": "Int64", "undone_by": "Int64"})


class Version(NamedTuple):
    """One change in the life of a source or finding: which load made it, and what differs, field by field.

    `what` is added, changed or withdrawn; `fields` are (field, before, after) of what changed; `before` is the whole
    row as it was, None where there was none.
    """

    load: int
    at: datetime
    who: str
    action: str
    what: str
    fields: tuple[tuple[str, Any, Any], ...]
    before: dict[str, Any] | None


def versions(session: Session, ref: str, kind: str = "finding") -> tuple[Version, ...]:
    """Return what every load did to a finding (or a source), newest first; none where it was never there.

    Past versions may hold what the present access forbids: show them to editors only.
    """
    query = (
        select(Change, Load)
        .join(Load, col(Load.id) == col(Change.load_id))
        .where(col(Change.kind) == kind, col(Change.ref) == ref)
        .order_by(col(Change.load_id).desc())
    )
    changes = session.exec(query).all()
    after = _current(session, ref, kind) if any(change.before for change, _ in changes) else None
    found = []
    for change, load in changes:
        before = dict(change.before) if change.before else None
        fields = changed_fields(kind, before, after) if before and after else []
        found.append(Version(load.id or 0, load.at, load.who, load.action, change.what, tuple(fields), before))
        after = before
    return tuple(found)


def _current(session: Session, ref: str, kind: str) -> dict[str, Any] | None:
    table = "source" if kind == "source" else "finding"
    number = session.execute(text(f"SELECT id FROM {table} WHERE ref = :ref"), {"ref": ref}).scalar()
    if number is None:
        return None
    # Through JSON, as the rows before it were, so that a value is not told apart from itself.
    row: dict[str, Any] = json.loads(json.dumps(stored_rows(session.connection(), table, [number])[number]))
    return row
