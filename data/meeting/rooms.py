"""Rooms: a meeting is started, found by its code, and ended."""

import secrets
from datetime import timedelta
from functools import lru_cache
from hashlib import sha256

from sqlalchemy import ColumnElement, Engine
from sqlmodel import Session, col, func, select

from data.collection import database
from data.collection.access import Standing, Visitor, require
from data.collection.codebook import Codebook
from data.meeting.attempts import note_failure, slow_guessing
from data.meeting.meeting_fault import MeetingFault, need
from data.meeting.origins import forget, note
from data.presenting import toml_files
from data.presenting.briefing import Briefing, Slide
from data.queries.spread import home_parts
from data.safekeeping import own_file
from models import Meeting, Participant, now

LETTERS = "CDFHJKLMNPQRTWXYZ"
"""No vowels, so that no word can be read in a code, and none taken for another from afar: no B, G, S, V."""
ROOM = "room code"
LONGEST = timedelta(hours=12)
"""A meeting that nobody ended is over after this."""
SECTORS = ("policymaker", "academia", "civil society", "community", "other")
MOST_DEVICES = 2_000
LONGEST_PLACE = 80
"""Characters of the place of a meeting, so that it stays on one line of the wall."""


def new_room(taken: frozenset[str] = frozenset()) -> str:
    """Return a room code that is not taken."""
    while (room := "".join(secrets.choice(LETTERS) for _ in range(4))) in taken:
        pass
    return room


def start(
    engine: Engine, briefing: Briefing, region: str, visitor: Visitor, minutes: int = 60, place: str = ""
) -> Meeting:
    """Start a meeting on a briefing as it is now, before its first slide, and return it.

    `place` says where it is, in the words of who starts it. Raises NotAllowed, MeetingFault.
    """
    require(visitor, Standing.EDITOR, "start a meeting")
    need(bool(briefing.slides), "This briefing has no slides yet; add one first.")
    need(len(place) <= LONGEST_PLACE, f"The place has {len(place)} characters; {LONGEST_PLACE} at most fit the wall.")
    with own_file.ask_and_write(engine) as session:
        for over in past_meetings(session):
            if over.address_key:  # nobody ended it
                forget(session, over)
        running = {meeting.room for meeting in running_meetings(session)}
        meeting = Meeting(
            room=new_room(frozenset(running)), title=briefing.title, briefing=briefing.code, region=region,
            content=toml_files.write(briefing), minutes=minutes, by=visitor.name, place=place.strip(),
            version=str(database.data_version(session)),
        )  # fmt: skip
        session.add(meeting)
        session.flush()
        session.refresh(meeting)
        session.expunge(meeting)
        return meeting


def end(engine: Engine, meeting_id: int, visitor: Visitor) -> None:
    """End a meeting: its room is free again, its answers stay, where they came from is forgotten."""
    require(visitor, Standing.EDITOR, "end a meeting")
    with own_file.ask_and_write(engine) as session:
        meeting = held(session, meeting_id)
        meeting.ended, meeting.open, meeting.shown = meeting.ended or now(), "", ""
        meeting.revision += 1
        forget(session, meeting)


def running_meetings(session: Session) -> list[Meeting]:
    """Return the meetings under way, newest first."""
    under_way = (col(Meeting.ended).is_(None), col(Meeting.started) > now() - LONGEST)
    return list(session.exec(select(Meeting).where(*under_way).order_by(col(Meeting.id).desc())))


def past_meetings(session: Session) -> list[Meeting]:
    """Return the meetings that are over, newest first."""
    running = [meeting.id for meeting in running_meetings(session)]
    over = select(Meeting).where(col(Meeting.id).not_in(running))
    return list(session.exec(over.order_by(col(Meeting.id).desc())))


def is_over(meeting: Meeting) -> bool:
    """Tell whether a meeting has ended, or was forgotten for so long that it counts as ended."""
    return meeting.ended is not None or now() - meeting.started > LONGEST


def held(session: Session, meeting_id: int) -> Meeting:
    """Return a meeting by its number; raise MeetingFault where there is none."""
    meeting = session.get(Meeting, meeting_id)
    if meeting is None:
        raise MeetingFault("There is no such meeting.")
    return meeting


def enter(engine: Engine, room: str, source: str) -> int:
    """Return the number of the meeting under way in a room; wrong codes are counted by the address they come from.

    Raises MeetingFault, also where an address with too many wrong tries of late does not wait between them.
    """
    wanted = "".join(letter for letter in room.upper() if letter.isalpha())[:8]
    with database.explained(engine), database.asking(engine) as session:
        slow_guessing(session, ROOM, source)
        found = next((meeting.id for meeting in running_meetings(session) if meeting.room == wanted), None)
    if found is None:
        note_failure(engine, ROOM, source)
        raise MeetingFault("There is no meeting in that room now. Look at the four letters on the wall once more.")
    return found


def briefing_of(meeting: Meeting) -> Briefing:
    """Return the meeting's briefing as it was when the meeting began, about its region where it takes one."""
    return _briefing(meeting.content, meeting.briefing, meeting.region)


@lru_cache(maxsize=16)
def _briefing(content: str, code: str, region: str) -> Briefing:
    # Every follower and every answer asks for it; to read and check the text anew each time is most of their cost.
    return toml_files.read(content, code).about(region)


def slide_of(meeting: Meeting) -> Slide:
    """Return the slide that the room sees; before it, the first."""
    briefing = briefing_of(meeting)
    return briefing.slide(meeting.slide) or briefing.slides[0]


def device_in(meeting_id: int, key: str) -> str:
    """Return under what a device is kept: a hash that tells nothing of it, and differs in the next meeting."""
    return sha256(f"{meeting_id}:{key}".encode()).hexdigest()


def join(engine: Engine, meeting_id: int, key: str, address: str | None = None) -> int:
    """Take a device into a meeting, once however often it comes; return its number there. Raises MeetingFault.

    Where it comes from is noted where that is told.
    """
    with own_file.ask_and_write(engine) as session:
        return participant(session, meeting_id, key, address).id or 0


def introduce(engine: Engine, meeting_id: int, key: str, sector: str, region: str, codebook: Codebook) -> None:
    """Keep what a device's holder says of themselves, each of which may be left out. Raises MeetingFault."""
    need(sector in ("", *SECTORS), f"Choose a sector among {', '.join(SECTORS)}, or none.")
    known = {"", *home_parts(codebook)}
    need(region in known, "Choose one of the United Kingdom's regions and nations, or none.")
    with own_file.ask_and_write(engine) as session:
        found = participant(session, meeting_id, key)
        found.sector, found.region = sector, region
        session.add(found)


def participant(session: Session, meeting_id: int, key: str, address: str | None = None) -> Participant:
    """Return the participant that a device is in a meeting under way, taken in where it is new.

    Where it comes from is noted where that is told.
    """
    need(8 <= len(key) <= 100 and key.isprintable(), "This device has no key of its own; reload the page.")
    meeting = held(session, meeting_id)
    need(not is_over(meeting), "This meeting has ended.")
    device = device_in(meeting_id, key)
    mine = select(Participant).where(Participant.meeting_id == meeting_id)
    found = session.exec(mine.where(Participant.device == device)).first()
    is_new, found = found is None, found or Participant(meeting_id=meeting_id, device=device)
    if address is not None:
        note(session, meeting, found, address)
    if is_new:
        # A flood that was left out takes nobody's place, and is bounded as the room is.
        beside = left_out(session, meeting_id) if found.left_out else joined(session, meeting_id)
        need(beside < MOST_DEVICES, "This room is full.")
        session.add(found)
        session.flush()
    return found


def joined(session: Session, meeting_id: int) -> int:
    """Return how many devices have joined a meeting, those that are left out aside."""
    return _devices(session, meeting_id, col(Participant.left_out).is_(None))


def left_out(session: Session, meeting_id: int) -> int:
    """Return how many devices of a meeting a presenter leaves out."""
    return _devices(session, meeting_id, col(Participant.left_out).is_not(None))


def _devices(session: Session, meeting_id: int, which: ColumnElement[bool]) -> int:
    return session.exec(select(func.count()).where(col(Participant.meeting_id) == meeting_id, which)).one()
