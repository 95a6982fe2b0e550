"""The log of all that people change: who, when, what, before and after. It only grows; the database sees to that."""

from collections.abc import Mapping
from typing import Any

import pandas as pd
from sqlalchemy import Connection, insert, select
from sqlmodel import Session, col

from models import Audit

COLUMNS = ("id", "at", "who", "action", "subject", "before", "after")


def record(
    connection: Connection | Session,
    who: str,
    action: str,
    subject: str,
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
) -> None:
    """Write one line, inside the transaction that makes the change: both are kept, or neither.

    `who` is a visitor's name, `action` a verb such as "load" or "settle", `subject` what it was done to, such as
    "load 3" or "finding COM-E001"; `before` and `after` hold plain values (JSON).
    """
    line = Audit(who=who, action=action, subject=subject, before=_plain(before), after=_plain(after))
    values = {name: getattr(line, name) for name in COLUMNS if name != "id"}
    connection.execute(insert(Audit).values(values))


def _plain(values: Mapping[str, Any] | None) -> dict[str, object] | None:
    return None if values is None else dict(values)


def log(session: Session, subject: str = "", limit: int | None = 500, offset: int = 0) -> pd.DataFrame:
    """Return lines of the log, newest first, those of one subject or all; columns: COLUMNS, `at` in UTC.

    `before` and `after` are in words: "name: value" joined by semicolons.
    """
    query = select(*(col(getattr(Audit, name)) for name in COLUMNS)).order_by(col(Audit.id).desc())
    if subject:
        query = query.where(col(Audit.subject) == subject)
    rows = [
        (*row[:5], _in_words(row.before), _in_words(row.after))
        for row in session.execute(query.limit(limit).offset(offset))
    ]
    return pd.DataFrame(rows, columns=list(COLUMNS))


def _in_words(values: Mapping[str, Any] | None) -> str:
    return "; ".join(f"{name}: {value}" for name, value in (values or {}).items())
