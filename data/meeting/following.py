"""What a follower sees of a meeting, asked often and by many: one small row."""

from collections.abc import Collection
from typing import NamedTuple

from sqlmodel import Session, col, select

from data.meeting.rooms import held, is_over
from models import Meeting


class MeetingState(NamedTuple):
    """Where a meeting is: what changes on a follower's screen changes one of these."""

    revision: int
    slide: str
    blank: bool
    open: str
    shown: str
    ended: bool


def state(session: Session, meeting_id: int) -> MeetingState:
    """Return where a meeting is; one that was forgotten counts as ended. Raises MeetingFault where there is none."""
    meeting = held(session, meeting_id)
    return MeetingState(meeting.revision, meeting.slide, meeting.blank, meeting.open, meeting.shown, is_over(meeting))


def states(session: Session, streams: Collection[str]) -> dict[str, tuple[int, MeetingState]]:
    """Return the number and the state of the meeting behind each of these streams; one that is none is left out."""
    known = select(col(Meeting.stream), col(Meeting.id)).where(col(Meeting.stream).in_(list(streams)))
    return {stream: (number, state(session, number)) for stream, number in session.exec(known).all() if number}


def number_of(session: Session, stream: str) -> int | None:
    """Return the number of the meeting behind a stream, or None where there is none."""
    return session.exec(select(Meeting.id).where(col(Meeting.stream) == stream)).first()
