"""What a follower sees of a meeting, asked often and by many: one small row."""

from collections.abc import Collection
from typing import NamedTuple

from sqlmodel import Session, col, func, select

from data.meeting.rooms import LONGEST, held
from data.meeting.tables import Answer, Meeting, now


class State(NamedTuple):
    """Where a meeting is: what changes on a follower's screen changes one of these."""

    revision: int
    slide: str
    blank: bool
    open: str
    shown: str
    ended: bool
    answers: tuple[int, int]
    """Of the results that are shown: how many answered, and how many short texts were let through."""


def state(session: Session, meeting_id: int) -> State:
    """Return where a meeting is; one that was forgotten counts as ended. Raises MeetingFault where there is none."""
    meeting = held(session, meeting_id)
    over = meeting.ended is not None or now() - meeting.started > LONGEST
    held_of = (meeting.revision, meeting.slide, meeting.blank, meeting.open, meeting.shown, over)
    return State(*held_of, _answers(session, meeting_id, meeting.shown))


def _answers(session: Session, meeting_id: int, shown: str) -> tuple[int, int]:
    if not shown:
        return 0, 0
    let = func.coalesce(func.sum(col(Answer.let_through)), 0)
    mine = select(func.count(), let).where(col(Answer.meeting_id) == meeting_id, col(Answer.slide) == shown)
    answered, through = session.exec(mine).one()
    return answered, through


def states(session: Session, streams: Collection[str]) -> dict[str, tuple[int, State]]:
    """Return the number and the state of the meeting behind each of these streams; one that is none is left out."""
    known = select(col(Meeting.stream), col(Meeting.id)).where(col(Meeting.stream).in_(list(streams)))
    return {stream: (number, state(session, number)) for stream, number in session.exec(known).all()}
