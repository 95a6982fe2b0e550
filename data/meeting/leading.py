"""Leading a meeting: one presenter's window leads at a time and moves the room; another may take over."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta

from sqlalchemy import Engine
from sqlmodel import Session

from data.collection import database
from data.collection.access import Standing, Visitor, require
from data.collection.database import Busy
from data.meeting.meeting_fault import MeetingFault, need
from data.meeting.rooms import briefing_of, held, slide_of
from data.safekeeping import own_file
from models import OPENING, Answer, Meeting, Pane, now

LEASE = timedelta(seconds=30)
"""A window that has not been seen for this long leads no more."""
SEEN_ANEW = LEASE / 3
"""For how long it need not be written down anew that a window was seen."""


class Led(MeetingFault):
    """Another window leads this meeting; the message says whose."""


def take(engine: Engine, meeting_id: int, visitor: Visitor, token: str, over: bool = False) -> None:
    """Take the lead for a window, or keep it; raises Led where another leads, unless it is taken `over`.

    To keep it waits for nobody who writes meanwhile: the wall is drawn at once.
    """
    require(visitor, Standing.EDITOR, "lead a meeting")
    now_held = database.ask(engine, held, meeting_id)
    keeps = now_held.leader == token and now_held.ended is None
    if keeps and now_held.leader_seen and now() - now_held.leader_seen < SEEN_ANEW:
        return
    try:
        _take(engine, meeting_id, visitor, token, over, 0 if keeps else None)
    except Busy:
        if not keeps:
            raise


def _take(engine: Engine, meeting_id: int, visitor: Visitor, token: str, over: bool, patience: float | None) -> None:
    with own_file.ask_and_write(engine, patience) as session:
        meeting = held(session, meeting_id)
        need(meeting.ended is None, "This meeting has ended.")
        if leads_elsewhere(meeting, token) and not over:
            raise Led(f"{meeting.leader_name or 'Another presenter'} leads this meeting in another window.")
        meeting.leader, meeting.leader_name, meeting.leader_seen = token, visitor.name, now()
        session.add(meeting)


def leads_elsewhere(meeting: Meeting, token: str) -> bool:
    """Tell whether another window than this one leads, and was seen of late."""
    seen = meeting.leader_seen
    return bool(meeting.leader) and meeting.leader != token and seen is not None and now() - seen < LEASE


def move(engine: Engine, meeting_id: int, visitor: Visitor, token: str, slide: str) -> None:
    """Show the room another slide, or the OPENING; its question closes, and results go, with the slide that is left."""

    def change(meeting: Meeting) -> None:
        known = slide == OPENING or briefing_of(meeting).slide(slide) is not None
        need(known, f"This meeting's briefing has no slide {slide}.")
        if meeting.slide != slide:
            meeting.slide, meeting.moved, meeting.open, meeting.shown, meeting.blank = slide, now(), "", "", False
            meeting.pane = Pane.SLIDE

    _lead(engine, meeting_id, visitor, token, change)


def blank(engine: Engine, meeting_id: int, visitor: Visitor, token: str, on: bool) -> None:
    """Show the room nothing, or its slide again."""
    _lead(engine, meeting_id, visitor, token, lambda meeting: setattr(meeting, "blank", on))


def open_question(engine: Engine, meeting_id: int, visitor: Visitor, token: str, on: bool) -> None:
    """Let the room answer the question of its slide, or end that; answers stay when it is opened again.

    A question that opens stands on the wall at once; one that closes stays there until something else is shown.
    """

    def change(meeting: Meeting) -> None:
        _need_question(meeting)
        meeting.open = meeting.slide if on else ""
        if on:
            meeting.pane, meeting.blank = Pane.QUESTION, False

    _lead(engine, meeting_id, visitor, token, change)


def show_results(engine: Engine, meeting_id: int, visitor: Visitor, token: str, on: bool) -> None:
    """Show the room the results of its slide's question, on the wall and on phones at once, or hide them."""

    def change(meeting: Meeting) -> None:
        _need_question(meeting)
        meeting.shown = meeting.slide if on else ""
        if on:
            meeting.pane, meeting.blank = Pane.QUESTION, False

    _lead(engine, meeting_id, visitor, token, change)


def show_pane(engine: Engine, meeting_id: int, visitor: Visitor, token: str, pane: Pane) -> None:
    """Show on the wall the room's slide itself, the findings under it, or its question; phones stay as they are."""

    def change(meeting: Meeting) -> None:
        need(meeting.slide != OPENING, "The room is before the first slide; go on to it first.")
        if pane == Pane.QUESTION:
            _need_question(meeting)
        meeting.pane, meeting.blank = pane, False

    _lead(engine, meeting_id, visitor, token, change)


def show_join(engine: Engine, meeting_id: int, visitor: Visitor, token: str, on: bool) -> None:
    """Show the code to join with in a corner of the wall on every slide, or hide it."""
    _lead(engine, meeting_id, visitor, token, lambda meeting: setattr(meeting, "joining", on))


def _need_question(meeting: Meeting) -> None:
    asks = meeting.slide != OPENING and slide_of(meeting).question is not None
    need(asks, "This slide asks no question.")


def let_through(
    engine: Engine, meeting_id: int, visitor: Visitor, participant: int, slide: str, on: bool, seen: str
) -> None:
    """Let a short text through to the room, or take it back; any editor may, whoever leads.

    Only what the editor has `seen` is: a text that its writer changed meanwhile is refused, to be read first.
    """
    require(visitor, Standing.EDITOR, "let answers through")
    with own_file.ask_and_write(engine) as session:
        meeting = held(session, meeting_id)
        answer = session.get(Answer, (participant, slide))
        if answer is None or answer.meeting_id != meeting_id:
            raise MeetingFault("There is no such answer in this meeting.")
        need(_asks_for_words(meeting, slide), "Only short texts are let through one by one.")
        need(not on or answer.value == [seen], "Its writer has changed this text meanwhile; read it anew.")
        meeting.revision += answer.let_through != on
        answer.let_through = on


def _asks_for_words(meeting: Meeting, ref: str) -> bool:
    slide = briefing_of(meeting).slide(ref)
    return bool(slide and slide.question and slide.question.of_kind.in_words)


@contextmanager
def leading_from(engine: Engine, meeting_id: int, visitor: Visitor, token: str) -> Iterator[tuple[Session, Meeting]]:
    """Give the window that leads a meeting what it changes there: all of it is kept at the end, or nothing.

    Raises NotAllowed, Led, and MeetingFault where the meeting has ended.
    """
    require(visitor, Standing.EDITOR, "lead a meeting")
    with own_file.ask_and_write(engine) as session:
        meeting = held(session, meeting_id)
        need(meeting.ended is None, "This meeting has ended.")
        _must_lead(meeting, token)
        meeting.leader_seen = now()
        session.add(meeting)
        yield session, meeting


def _lead(engine: Engine, meeting_id: int, visitor: Visitor, token: str, change: Callable[[Meeting], None]) -> None:
    with leading_from(engine, meeting_id, visitor, token) as (_, meeting):
        before = _seen(meeting)
        change(meeting)
        meeting.revision += before != _seen(meeting)


def _must_lead(meeting: Meeting, token: str) -> None:
    if meeting.leader != token:
        who = meeting.leader_name or "another presenter"
        raise Led(f"{who} leads this meeting now; take over first." if meeting.leader else "Take the lead first.")


def _seen(meeting: Meeting) -> tuple[str, bool, str, str]:
    return meeting.slide, meeting.blank, meeting.open, meeting.shown
