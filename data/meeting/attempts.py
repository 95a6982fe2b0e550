"""Limits on guessing: room codes and passphrases are few, so wrong tries are counted by address and altogether."""

import logging
from datetime import timedelta

from sqlalchemy import Engine, delete
from sqlmodel import Session, col, func, select

from data.meeting.meeting_fault import MeetingFault
from data.safekeeping import own_file
from models import Attempt, now

WINDOW = timedelta(minutes=10)
MOST_FROM_ONE = 20
"""Wrong tries from one address in the window; people on one hotspot may share an address, and mistype."""
MOST_IN_ALL = 300
"""Wrong tries from everywhere in the window, from which on one wrong try is enough to be slowed."""
SLOWED = timedelta(seconds=3)
"""The time between two tries of an address that is slowed: of 83,521 room codes it finds one in a day and a half."""
KEPT = timedelta(days=30)
WAIT = f"There were too many wrong tries. Wait {WINDOW.seconds // 60} minutes, then try again."
WAIT_A_LITTLE = f"There were too many wrong tries. Wait {SLOWED.seconds} seconds, then try again."
log = logging.getLogger(__name__)


def slow_guessing(session: Session, what: str, source: str) -> None:
    """Raise MeetingFault where an address that tried wrong too often tries again at once.

    Whoever did not try wrong is never kept waiting by those who did, however many those are.
    """
    of_late = select(func.count(), func.max(Attempt.at)).where(
        col(Attempt.what) == what, col(Attempt.at) > now() - WINDOW
    )
    mine, last = session.exec(of_late.where(col(Attempt.source) == source)).one()
    too_many = mine >= MOST_FROM_ONE or (mine and session.exec(of_late).one()[0] >= MOST_IN_ALL)
    if too_many and now() - last < SLOWED:
        raise MeetingFault(WAIT_A_LITTLE)


def note_failure(engine: Engine, what: str, source: str) -> None:
    """Keep and log a wrong try; those older than a month are let go."""
    log.warning("wrong %s from %s", what, source or "an unknown address")
    with own_file.ask_and_write(engine) as session:
        _keep(session, what, source)


def count_try(engine: Engine, what: str, source: str) -> int:
    """Count a try as a wrong one beforehand, and return its number; raise MeetingFault where there are too many.

    Tries that come at the same time are so counted one after the other, and none is free.
    """
    with own_file.ask_and_write(engine) as session:
        tries = (
            select(func.count()).select_from(Attempt).where(col(Attempt.what) == what, col(Attempt.source) == source)
        )
        if session.exec(tries.where(col(Attempt.at) > now() - WINDOW)).one() >= MOST_FROM_ONE:
            raise MeetingFault(WAIT)
        return _keep(session, what, source)


def forgive(engine: Engine, number: int) -> None:
    """Count a try no longer, as it was right."""
    with own_file.ask_and_write(engine) as session:
        session.execute(delete(Attempt).where(col(Attempt.id) == number))


def _keep(session: Session, what: str, source: str) -> int:
    kept = Attempt(what=what, source=source)
    session.add(kept)
    session.execute(delete(Attempt).where(col(Attempt.at) < now() - KEPT))
    session.flush()
    return kept.id or 0
