"""Briefings in the database: every edition is kept, the newest is the briefing, and any change can be undone."""

import hashlib
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from sqlalchemy import Engine, func
from sqlmodel import Session, col, select

from data.collection import clock, database
from data.collection.access import Standing, Visitor, require
from data.faults import Fault, ForPeople, Refused
from data.presenting import toml_files
from data.presenting.briefing import Briefing
from data.presenting.briefing_checks import check
from models import BriefingEdition


class KeptBriefing(NamedTuple):
    """One briefing as it is kept: its newest edition's number and text, and where that came from."""

    code: str
    edition: int
    content: str
    shipped: bool
    """Whether it came with the dashboard."""
    edited: bool
    """Whether it was changed on screen since it came."""
    what: str
    by: str
    at: datetime


class Stale(ForPeople):
    """A briefing was changed by someone else since it was read; the message says by whom and when."""


def digest(content: str) -> str:
    """Return the SHA-256 of a briefing's text."""
    return hashlib.sha256(content.encode()).hexdigest()


def listed(session: Session, deleted: bool = False) -> list[KeptBriefing]:
    """Return every briefing by code as its newest edition has it; with `deleted`, those that were deleted instead."""
    newest = select(func.max(BriefingEdition.id)).group_by(col(BriefingEdition.code))
    rows = session.exec(
        select(BriefingEdition).where(col(BriefingEdition.id).in_(newest)).order_by(col(BriefingEdition.code))
    )
    return [_kept(row) for row in rows if bool(row.content) != deleted]


def every(engine: Engine, deleted: bool = False) -> list[KeptBriefing]:
    """Return what `listed` does, asked in a session of its own."""
    return database.ask(engine, listed, deleted)


def found(session: Session, code: str) -> KeptBriefing | None:
    """Return the briefing of this code, or nothing where there is none or it was deleted."""
    row = _newest(session, code)
    return _kept(row) if row and row.content else None


def editions(session: Session, code: str) -> list[BriefingEdition]:
    """Return every edition of a briefing, newest first."""
    mine = select(BriefingEdition).where(BriefingEdition.code == code).order_by(col(BriefingEdition.id).desc())
    return list(session.exec(mine))


def _newest(session: Session, code: str) -> BriefingEdition | None:
    mine = select(BriefingEdition).where(BriefingEdition.code == code).order_by(col(BriefingEdition.id).desc())
    return session.exec(mine.limit(1)).first()


def _kept(row: BriefingEdition) -> KeptBriefing:
    edited = bool(row.shipped) and digest(row.content) != row.shipped
    return KeptBriefing(row.code, row.id or 0, row.content, bool(row.shipped), edited, row.what, row.by, row.at)


def save(engine: Engine, briefing: Briefing, what: str, visitor: Visitor, edition: int | None) -> int:
    """Keep a briefing as a new edition and return its number.

    `edition` is the one that was edited, or None for a new briefing. Raises Refused with every fault, NotAllowed to all
    but editors, and Stale where that edition is not the newest any more: nothing of another's is written over.
    """
    if faults := check(briefing):
        raise Refused(faults)
    return _append(engine, briefing.code, toml_files.write(briefing), what, visitor, edition)


def delete(engine: Engine, code: str, visitor: Visitor, edition: int) -> int:
    """Delete a briefing by an empty edition, which `undo` takes back; raises Stale, and NotAllowed to non-editors."""
    return _append(engine, code, "", "deleted", visitor, edition)


def undo(engine: Engine, code: str, visitor: Visitor, edition: int) -> str:
    """Take the newest change back by keeping the state before it once more; return what was undone.

    To undo again goes one change further back. Raises Refused where there is nothing to go back to, Stale, and
    NotAllowed to all but editors.
    """
    require(visitor, Standing.EDITOR, "change briefings")
    with database.ask_and_write(engine) as session:
        every = {row.id or 0: row for row in editions(session, code)}
        _fresh(every.get(max(every, default=0)), edition)
        stands = every[edition].restores or edition
        before = [number for number in every if number < stands]
        if not before:
            raise Refused([Fault(f"{code}.toml", "there is no earlier state to go back to")])
        back = every[max(before)]
        undone = every[stands].what
        session.add(BriefingEdition(code=code, content=back.content, shipped=back.shipped, what=f"undid: {undone}",
                                    by=visitor.name, restores=back.restores or back.id))  # fmt: skip
        return undone


def _fresh(newest: BriefingEdition | None, edition: int) -> None:
    if newest is None or newest.id != edition:
        told = f"by {newest.by or 'someone'} at {clock.hour(newest.at)} ({newest.what})" if newest else "meanwhile"
        raise Stale(f"This briefing was changed {told}; look at it again before you change it.")


def _append(engine: Engine, code: str, content: str, what: str, visitor: Visitor, edition: int | None) -> int:
    require(visitor, Standing.EDITOR, "change briefings")
    with database.ask_and_write(engine) as session:
        newest = _newest(session, code)
        if edition is None and newest and newest.content:
            raise Refused([Fault(f"{code}.toml", "there is a briefing of this name already; choose another")])
        if edition is not None:
            _fresh(newest, edition)
        shipped = newest.shipped if newest else ""
        row = BriefingEdition(code=code, content=content, shipped=shipped, what=what, by=visitor.name)
        session.add(row)
        session.flush()
        return row.id or 0


def shipped_files(folder: Path = toml_files.FOLDER) -> list[Path]:
    """Return the files of the briefings that come with the dashboard."""
    return sorted(folder.glob(f"*{toml_files.ENDING}"))


def bring_in(engine: Engine, paths: Sequence[Path] | None = None) -> list[str]:
    """Bring shipped briefings in, and return what was done with each in words; raises Refused before any is kept.

    One that was edited or deleted on screen is left as it is: its own file differs from it, and nobody's work is
    written over.
    """
    paths = shipped_files() if paths is None else paths
    texts, faults = {}, list[Fault]()
    for path in paths:
        try:
            text = path.read_text(encoding="utf-8")
            texts[path.stem] = toml_files.write(toml_files.read(text, path.stem))
        except UnicodeDecodeError:
            faults.append(Fault(path.name, "it is not UTF-8 text"))
        except Refused as refusal:
            faults += refusal.faults
    if faults:
        raise Refused(faults)
    with database.ask_and_write(engine) as session:
        return [_bring_in(session, code, text) for code, text in texts.items()]


def _bring_in(session: Session, code: str, text: str) -> str:
    now, newest = digest(text), _newest(session, code)
    if newest is None:
        what = "brought in"
    elif newest.shipped == now:
        return f"briefing {code}: {_state(newest, now)}"
    elif not newest.shipped:
        return f"briefing {code}: left out, as one of that name was made on screen"
    elif not newest.content or digest(newest.content) != newest.shipped:
        done = "edited" if newest.content else "deleted"
        return f"briefing {code}: its file has changed, but it was {done} on screen, so it stays as it is"
    else:
        what = "brought up to its file"
    session.add(BriefingEdition(code=code, content=text, shipped=now, what=what))
    return f"briefing {code}: {what}"


def _state(newest: BriefingEdition, now: str) -> str:
    if not newest.content:
        return "deleted on screen, so it stays away"
    return "there already" if digest(newest.content) == now else "edited on screen, so it stays as it is"
