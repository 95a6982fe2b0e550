"""Questions about a meeting, asked anew each time: a room changes from one second to the next."""

from collections.abc import Mapping

from components.store import store
from data.collection import database
from data.meeting import arrivals as coming
from data.meeting import drafting, following, results, rooms
from data.meeting import notes as noting
from data.meeting.arrivals import Arrivals, Device
from data.meeting.draft_findings import DraftFinding
from data.meeting.following import MeetingState
from data.meeting.results import NO_RESULTS, Option, Results
from data.presenting.briefing import Briefing, Slide
from models import Meeting, Note


def meeting(number: int) -> Meeting:
    """Return a meeting by its number; raises MeetingFault."""
    return database.ask(store.engine(), rooms.held, number)


def number_of(stream: str) -> int | None:
    """Return the number of the meeting that a stream follows, or None where there is none."""
    return database.ask(store.engine(), following.number_of, stream)


def running() -> list[Meeting]:
    """Return the meetings under way, newest first."""
    return database.ask(store.engine(), rooms.running_meetings)


def past() -> list[Meeting]:
    """Return the meetings that are over, newest first."""
    return database.ask(store.engine(), rooms.past_meetings)


def state(number: int) -> MeetingState:
    """Return where a meeting is; raises MeetingFault."""
    return database.ask(store.engine(), following.state, number)


def briefing(of: Meeting) -> Briefing:
    """Return the briefing of a meeting as it was when that began."""
    return rooms.briefing_of(of)


def slide(of: Meeting) -> Slide:
    """Return the slide that a meeting is on."""
    return rooms.slide_of(of)


def joined(number: int) -> int:
    """Return how many devices have joined a meeting, those that are left out aside."""
    return database.ask(store.engine(), rooms.joined, number)


def left_out(number: int) -> int:
    """Return how many devices of a meeting are left out."""
    return database.ask(store.engine(), rooms.left_out, number)


def arrivals(number: int, slide: str) -> Arrivals:
    """Return where the answers to a slide's question came from."""
    return database.ask(store.engine(), coming.arrivals, number, slide)


def devices_from(number: int, slide: str, origin: int | None, first: int, most: int) -> tuple[Device, ...]:
    """Return some of the devices of a meeting, or of one of its addresses, the newest first."""
    return database.ask(store.engine(), coming.devices, number, slide, origin, first, most)


@store.beside_the_page()
def results_of(number: int, shown: Slide) -> Results:
    """Return what the room has answered to a slide's question so far; nothing where it asks none."""
    if shown.question is None:
        return NO_RESULTS
    choices = shown.question.choices(store.codebook())
    return database.ask(store.engine(), results.results, number, shown.ref, shown.question, choices)


@store.beside_the_page()
def by_group(number: int, shown: Slide, what: str) -> Mapping[str, tuple[Option, ...]]:
    """Return the same for each sector or region that is large enough; nothing where none may be told apart."""
    if shown.question is None:
        return {}
    choices = shown.question.choices(store.codebook())
    return database.ask(store.engine(), results.by_group, number, shown.ref, shown.question, choices, what)


def notes(number: int) -> list[Note]:
    """Return a rapporteur's notes of a meeting in the order they were taken."""
    return database.ask(store.engine(), noting.notes, number)


def drafts(number: int) -> list[DraftFinding]:
    """Return the draft findings of a meeting; raises MeetingFault."""
    return database.ask(store.engine(), drafting.drafts, number)
