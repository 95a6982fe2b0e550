"""Limits on guessing: room codes and passphrases are few, so tries are counted by address and altogether."""

import logging
from datetime import timedelta

from sqlalchemy import Engine, delete
from sqlmodel import Session, col, func, select

from data import database
from data.meeting.faults import MeetingFault
from data.meeting.tables import Attempt, now

WINDOW = timedelta(minutes=10)
MOST_FROM_ONE = 20
"""Wrong tries from one address in the window; people on one hotspot may share an address, and mistype."""
MOST_IN_ALL = 300
"""Wrong tries from everywhere in the window: of 83,521 room codes, that many find one in a day of trying on average."""
KEPT = timedelta(days=30)
log = logging.getLogger(__name__)


def refuse_guessing(session: Session, what: str, source: str, in_all: bool = True) -> None:
    """Raise MeetingFault where there were too many wrong tries of late, from this address or, with `in_all`, any."""
    since = now() - WINDOW
    tries = select(func.count()).select_from(Attempt).where(col(Attempt.what) == what, col(Attempt.at) > since)
    mine = session.exec(tries.where(col(Attempt.source) == source)).one()
    if mine >= MOST_FROM_ONE or (in_all and session.exec(tries).one() >= MOST_IN_ALL):
        raise MeetingFault(f"There were too many wrong tries. Wait {WINDOW.seconds // 60} minutes, then try again.")


def note_failure(engine: Engine, what: str, source: str) -> None:
    """Keep and log a wrong try; those older than a month are let go."""
    log.warning("wrong %s from %s", what, source or "an unknown address")
    with database.ask_and_write(engine) as session:
        session.add(Attempt(what=what, source=source))
        session.execute(delete(Attempt).where(col(Attempt.at) < now() - KEPT))
