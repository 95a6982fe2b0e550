"""A rapporteur's notes: what was said at which slide, by someone of which sector, coded as far as the moment allows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Engine
from sqlmodel import Session, col, select

from data.collection import codebook as codebooks
from data.collection.access import Standing, Visitor, require
from data.collection.codebook import Codebook
from data.meeting.answers import strange
from data.meeting.meeting_fault import MeetingFault, need
from data.meeting.rooms import SECTORS, briefing_of, held
from data.safekeeping import own_file
from models import Access, Note, Role

LONGEST_NOTE = 2_000
"""Characters of a note."""


@dataclass(frozen=True)
class Noted:
    """What a note says; `levers` maps each lever to its role, and a speaker has a sector but no name."""

    slide: str
    said: str
    sector: str = ""
    themes: tuple[str, ...] = ()
    levers: Mapping[str, str] | None = None
    region: str = ""


class Overtaken(MeetingFault):
    """A note was changed by another since it was read; `now` is what it says now, None where it was taken away."""

    def __init__(self, said: str, now: Noted | None) -> None:
        super().__init__(said)
        self.now = now


def noted(row: Note) -> Noted:
    """Return what a note says, in the order of its codes, so that two that say the same are equal."""
    return Noted(row.slide, row.said, row.sector, tuple(sorted(row.themes)), dict(row.levers), row.region)


def note(
    engine: Engine,
    meeting_id: int,
    visitor: Visitor,
    noted: Noted,
    number: int | None = None,
    seen: Noted | None = None,
) -> int:
    """Keep a note, in place of the one of that number where it is given; return its number.

    `seen` is what that one said when it was read: where it says something else by now, or is gone, Overtaken is raised
    and nothing is written over. Raises NotAllowed unless the visitor edits, MeetingFault where something in it cannot
    be kept.
    """
    require(visitor, Standing.EDITOR, "take notes of a meeting")
    with own_file.ask_and_write(engine) as session:
        meeting = held(session, meeting_id)
        _check(noted, codebooks.read(session, Access.TEAM))
        need(briefing_of(meeting).slide(noted.slide) is not None, f"This meeting has no slide {noted.slide}.")
        if number and seen:
            _still(session.get(Note, number), seen)
        row = _of(session, meeting_id, number) if number else Note(meeting_id=meeting_id, slide="", said="")
        row.slide, row.said, row.sector, row.region = noted.slide, _clean(noted.said), noted.sector, noted.region
        row.themes, row.levers, row.by = sorted(noted.themes), dict(noted.levers or {}), visitor.name
        session.add(row)
        session.flush()
        return row.id or 0


def _still(row: Note | None, seen: Noted) -> None:
    """Raise Overtaken unless a note says what was seen of it."""
    if row is None:
        raise Overtaken("Another has taken this note away since you opened it.", None)
    if (now := noted(row)) != seen:
        raise Overtaken(f"{row.by or 'Another'} has changed this note since you opened it.", now)


def remove(engine: Engine, meeting_id: int, visitor: Visitor, number: int, seen: Noted | None = None) -> None:
    """Take a note away, where what was seen of it is given only while it says that still.

    Raises Overtaken, NotAllowed, MeetingFault.
    """
    require(visitor, Standing.EDITOR, "take notes of a meeting")
    with own_file.ask_and_write(engine) as session:
        row = _of(session, meeting_id, number)
        if seen:
            _still(row, seen)
        session.delete(row)


def notes(session: Session, meeting_id: int) -> list[Note]:
    """Return the notes of a meeting in the order they were taken."""
    return list(session.exec(select(Note).where(col(Note.meeting_id) == meeting_id).order_by(col(Note.id))))


def _of(session: Session, meeting_id: int, number: int) -> Note:
    row = session.get(Note, number)
    if row is None or row.meeting_id != meeting_id:
        raise MeetingFault("There is no such note; another may have taken it away.")
    return row


def _clean(said: str) -> str:
    return said.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ").strip()


def _check(noted: Noted, codebook: Codebook) -> None:
    need(bool(noted.said.strip()), "Write what was said.")
    need(len(noted.said) <= LONGEST_NOTE, f"That is {len(noted.said):,} characters; {LONGEST_NOTE:,} at most are kept.")
    need(not any(map(strange, _clean(noted.said))), "There are characters in it that are no text; leave them out.")
    need(noted.sector in ("", *SECTORS), f"Choose a sector among {', '.join(SECTORS)}, or none.")
    _known("theme", noted.themes, codebook)
    _known("lever", tuple(noted.levers or ()), codebook)
    _known("region", (noted.region,) if noted.region else (), codebook)
    roles = set((noted.levers or {}).values()) - set(Role)
    need(not roles, f"Give each lever a role among {', '.join(Role)}.")


def _known(facet: str, codes: Sequence[str], codebook: Codebook) -> None:
    unknown = [code for code in codes if code not in codebook.facets[facet]]
    need(not unknown, f"There is no such {facet}: {', '.join(unknown)}.")
