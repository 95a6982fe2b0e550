"""Leaving out: what a device answers, or all devices of an address, counts no more, until it is taken in again.

Nothing is deleted, and the record says how much was left out. It holds for every question of the meeting.
"""

from typing import Any

from sqlalchemy import ColumnElement, CursorResult, Engine, update
from sqlmodel import Session, col

from data.collection.access import Visitor
from data.meeting.leading import leading_from
from data.meeting.meeting_fault import MeetingFault
from models import Meeting, Origin, Participant, now


def leave_out(engine: Engine, meeting_id: int, visitor: Visitor, token: str, device: int, on: bool) -> None:
    """Leave out one device, or take it in again; only the window that leads may. Raises MeetingFault, NotAllowed."""
    with leading_from(engine, meeting_id, visitor, token) as (session, meeting):
        found = session.get(Participant, device)
        if found is None or found.meeting_id != meeting_id:
            raise MeetingFault("There is no such device in this meeting.")
        _mark(session, meeting, col(Participant.id) == device, visitor.name, on)


def leave_out_address(engine: Engine, meeting_id: int, visitor: Visitor, token: str, origin: int, on: bool) -> None:
    """Leave out each device that comes from an address, those too that come later, or take all in again; as above."""
    with leading_from(engine, meeting_id, visitor, token) as (session, meeting):
        found = session.get(Origin, origin)
        if found is None or found.meeting_id != meeting_id:
            raise MeetingFault("There is no such address in this meeting.")
        found.left_out, found.left_out_by = (now(), visitor.name) if on else (None, "")
        session.add(found)
        _mark(session, meeting, col(Participant.origin_id) == origin, visitor.name, on)


def _mark(session: Session, meeting: Meeting, which: ColumnElement[bool], by: str, on: bool) -> None:
    changing = col(Participant.left_out).is_(None) if on else col(Participant.left_out).is_not(None)
    marks: dict[str, Any] = {"left_out": now(), "left_out_by": by} if on else {"left_out": None, "left_out_by": ""}
    done = session.execute(update(Participant).where(which, changing).values(marks))
    assert isinstance(done, CursorResult)
    meeting.revision += done.rowcount > 0
