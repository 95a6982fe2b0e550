"""What a follower sees of a meeting, asked often and by many: one small row."""

from typing import NamedTuple

from sqlmodel import Session

from data.meeting.faults import MeetingFault
from data.meeting.rooms import LONGEST, held
from data.meeting.tables import now


class State(NamedTuple):
    """Where a meeting is: what changes on a follower's screen changes one of these."""

    revision: int
    slide: str
    blank: bool
    open: str
    shown: str
    ended: bool


def state(session: Session, meeting_id: int) -> State:
    """Return where a meeting is; one that was forgotten counts as ended. Raises MeetingFault where there is none."""
    meeting = held(session, meeting_id)
    over = meeting.ended is not None or now() - meeting.started > LONGEST
    return State(meeting.revision, meeting.slide, meeting.blank, meeting.open, meeting.shown, over)


def states(session: Session, meetings: frozenset[int]) -> dict[int, State]:
    """Return where each of these meetings is; one that is gone is left out."""
    found = {}
    for number in meetings:
        try:
            found[number] = state(session, number)
        except MeetingFault:
            continue
    return found
