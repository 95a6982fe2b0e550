"""From how many addresses the answers to a question came and how fast, without an address: each is a letter."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from string import ascii_uppercase
from typing import NamedTuple

from sqlalchemy import case, func, select
from sqlmodel import Session, col

from models import Answer, Origin, Participant, now

MINUTE = timedelta(minutes=1)
MANY_DEVICES = 60
"""Devices of one address beyond which they are pointed out: twice a room of thirty that all come by one proxy."""
MANY_A_MINUTE = 300
"""Answers within one minute beyond which they are pointed out: as many phones as a room is promised to hold."""


class Address(NamedTuple):
    """One address: its number, its letter in the order they came, and what came from it."""

    origin: int
    letter: str
    devices: int
    answers: int
    last_minute: int
    """Of its answers, those given or changed in the last minute."""
    left_out: int
    """Of its devices, those that are left out."""
    closed: bool
    """Whether each device that comes from it is left out."""


class Arrivals(NamedTuple):
    """Where the answers to one question came from, and the most that came within a minute and count."""

    addresses: tuple[Address, ...]
    busiest: int

    @property
    def crowded(self) -> bool:
        """Tell whether unusually many devices that count come from one address."""
        return any(address.devices - address.left_out > MANY_DEVICES for address in self.addresses)

    @property
    def fast(self) -> bool:
        """Tell whether unusually many answers that count came within a minute."""
        return self.busiest > MANY_A_MINUTE


class Device(NamedTuple):
    """One device: its number in the order they joined, its address's letter, when it came and answered, if it did."""

    participant: int
    number: int
    letter: str
    joined: datetime
    answered: datetime | None
    left_out: bool


NO_ARRIVALS = Arrivals((), 0)


def arrivals(session: Session, meeting_id: int, slide: str) -> Arrivals:
    """Return where the answers to a slide's question came from, the address with the most devices first."""
    recent = func.count(case((col(Answer.at) > now() - MINUTE, 1)))
    counted = (
        select(col(Origin.id), col(Origin.left_out), func.count(col(Participant.id)), func.count(col(Answer.at)),
               recent, func.count(col(Participant.left_out)))
        .join(Participant, col(Participant.origin_id) == col(Origin.id), isouter=True)
        .join(Answer, (col(Answer.participant_id) == col(Participant.id)) & (col(Answer.slide) == slide), isouter=True)
        .where(col(Origin.meeting_id) == meeting_id)
        .group_by(col(Origin.id))
    )  # fmt: skip
    known = _letters(session, meeting_id)
    found = [
        Address(origin, known[origin], devices, answers, last_minute, left_out, closed is not None)
        for origin, closed, devices, answers, last_minute, left_out in session.execute(counted)
    ]
    found.sort(key=lambda address: (-address.devices, address.origin))
    return Arrivals(tuple(found), _busiest(session, meeting_id, slide))


def devices(
    session: Session, meeting_id: int, slide: str, origin: int | None, first: int, most: int
) -> tuple[Device, ...]:
    """Return at `most` so many devices of a meeting, the newest first, from the `first` on; of one address if named.

    What a device answered is not told, only when.
    """
    place = func.row_number().over(order_by=col(Participant.id)).label("place")
    here = col(Participant.meeting_id) == meeting_id
    numbered = select(col(Participant.id).label("id"), place).where(here).subquery()
    listed = (
        select(Participant, numbered.c.place, col(Answer.at))
        .join(numbered, numbered.c.id == col(Participant.id))
        .join(Answer, (col(Answer.participant_id) == col(Participant.id)) & (col(Answer.slide) == slide), isouter=True)
        .order_by(col(Participant.id).desc())
        .offset(first)
        .limit(most)
    )
    if origin is not None:
        listed = listed.where(col(Participant.origin_id) == origin)
    known = _letters(session, meeting_id)
    return tuple(
        Device(one.id, number, known.get(one.origin_id, ""), one.joined, answered, one.left_out is not None)
        for one, number, answered in session.execute(listed)
    )


def letter(place: int) -> str:
    """Return the letter of the first address, 0, which is A, or of a later one: B, and so on to Z, then AA."""
    rest, last = divmod(place, len(ascii_uppercase))
    return (letter(rest - 1) if rest else "") + ascii_uppercase[last]


def busiest_minute(times: Sequence[datetime]) -> int:
    """Return the most of these times that lie within one minute; they are in order."""
    most = first = 0
    for last, time in enumerate(times):
        while time - times[first] >= MINUTE:
            first += 1
        most = max(most, last - first + 1)
    return most


def _letters(session: Session, meeting_id: int) -> dict[int, str]:
    numbers = session.scalars(
        select(col(Origin.id)).where(col(Origin.meeting_id) == meeting_id).order_by(col(Origin.id))
    )
    return {number or 0: letter(place) for place, number in enumerate(numbers)}


def _busiest(session: Session, meeting_id: int, slide: str) -> int:
    times = session.scalars(
        select(col(Answer.at))
        .join(Participant, col(Participant.id) == col(Answer.participant_id))
        .where(col(Answer.meeting_id) == meeting_id, col(Answer.slide) == slide)
        .where(col(Participant.left_out).is_(None))
        .order_by(col(Answer.at))
    )
    return busiest_minute(list(times))
