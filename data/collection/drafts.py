"""Drafts: what an editor has typed and not yet kept, so that neither a lost connection nor a restart loses it.

Bounded in size and in age; a draft is found by its owner and subject alone.
"""

import io
import json
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy import Engine, delete
from sqlmodel import Session, col, select

from data.collection import database
from data.collection.access import Standing, Visitor, require
from models import Draft

LASTS = timedelta(days=14)
"""How long a draft is kept after it was last changed."""
LONGEST = 500_000
"""Characters of what is typed, as JSON."""
LARGEST_FILES = 20_000_000
"""Bytes of the files of one draft; larger ones are to be given again."""
MOST = 40
"""Drafts of one owner: the oldest go."""
MOST_WITH_FILES = 20
"""Drafts with files in the whole database: the oldest lose their files."""


@dataclass(frozen=True)
class KeptDraft:
    """A draft as it is found: what was typed, the files by name in the order given, and when (UTC) it was changed."""

    subject: str
    content: Mapping[str, object]
    files: Sequence[tuple[str, bytes]]
    at: datetime


def owner(visitor: Visitor, browser: str) -> str:
    """Return whose a draft is: several may come by one name, such as that of a room's presenter."""
    return f"{visitor.name}/{browser}"


def keep(
    engine: Engine,
    visitor: Visitor,
    browser: str,
    subject: str,
    content: Mapping[str, object],
    files: Sequence[tuple[str, bytes]] | None = None,
) -> bool:
    """Keep a draft in place of what was kept of its subject, and clear away what is too old; tell whether it was kept.

    What is longer than LONGEST is not. `files` in place of the earlier ones; None leaves those as they are, and files
    larger than LARGEST_FILES together are not kept. Raises NotAllowed unless the visitor edits, and DatabaseFault.
    """
    require(visitor, Standing.EDITOR, "keep drafts")
    if len(json.dumps(content)) > LONGEST:
        return False
    packed = None if files is None else _packed(files)
    with database.ask_and_write(engine) as session:
        row = session.get(Draft, (owner(visitor, browser), subject)) or Draft(
            owner=owner(visitor, browser), subject=subject
        )
        row.content, row.at = dict(content), datetime.now(UTC).replace(microsecond=0)
        if packed is not None:
            row.files = packed
        session.add(row)
        session.flush()
        _clear_away(session, row.owner)
    return True


def found(engine: Engine, visitor: Visitor, browser: str, subject: str) -> KeptDraft | None:
    """Return the draft of a subject, or None where there is none that is not too old."""
    return next((kept for kept in every(engine, visitor, browser, subject) if kept.subject == subject), None)


def every(engine: Engine, visitor: Visitor, browser: str, beginning: str) -> list[KeptDraft]:
    """Return an owner's drafts whose subject begins so, the newest first."""
    return database.ask(engine, _every, owner(visitor, browser), beginning)


def _every(session: Session, whose: str, beginning: str) -> list[KeptDraft]:
    since = datetime.now(UTC) - LASTS
    mine = select(Draft).where(Draft.owner == whose, Draft.at > since)
    such = mine.where(col(Draft.subject).startswith(beginning, autoescape=True))  # files of others are not read
    return [
        KeptDraft(row.subject, row.content, _unpacked(row.files), row.at.replace(tzinfo=UTC))
        for row in session.exec(such.order_by(col(Draft.at).desc()))
        if row.subject.startswith(beginning)
    ]


def forget(engine: Engine, visitor: Visitor, browser: str, subject: str) -> None:
    """Forget the draft of a subject, where there is one; raises DatabaseFault."""
    with database.ask_and_write(engine) as session:
        if row := session.get(Draft, (owner(visitor, browser), subject)):
            session.delete(row)


def _clear_away(session: Session, whose: str) -> None:
    session.execute(delete(Draft).where(col(Draft.at) < datetime.now(UTC) - LASTS))
    newest = col(Draft.at).desc()
    for row in list(session.exec(select(Draft).where(Draft.owner == whose).order_by(newest)))[MOST:]:
        session.delete(row)
    for row in list(session.exec(select(Draft).where(Draft.files != b"").order_by(newest)))[MOST_WITH_FILES:]:
        row.files = b""


def _packed(files: Sequence[tuple[str, bytes]]) -> bytes:
    if not files or sum(len(contents) for _, contents in files) > LARGEST_FILES:
        return b""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("names", json.dumps([name for name, _ in files]))
        for place, (_, contents) in enumerate(files):
            archive.writestr(str(place), contents)
    return out.getvalue()


def _unpacked(packed: bytes) -> list[tuple[str, bytes]]:
    if not packed:
        return []
    with zipfile.ZipFile(io.BytesIO(packed)) as archive:
        return [(name, archive.read(str(place))) for place, name in enumerate(json.loads(archive.read("names")))]
