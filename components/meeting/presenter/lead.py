"""The presenter's hand on a meeting: one token for all windows of one presenter, and what its buttons do."""

import secrets
from collections.abc import Callable

import streamlit as st
from markupsafe import Markup

from components.meeting.follower import meeting_queries
from components.store import store, visitor
from data.collection.access import NotAllowed
from data.collection.database import DatabaseFault
from data.meeting import leading, leaving_out
from data.meeting.leading import Led
from data.meeting.meeting_fault import MeetingFault
from models import Meeting, Pane

TOKEN, SAID = "lead", "meeting_said"


def new_token() -> str:
    """Return what tells one presenter's windows from another's; it stands in the addresses of both."""
    return secrets.token_urlsafe(8)


def token() -> str:
    """Return the token of this window, from its address; a window without one is given one."""
    if not st.query_params.get(TOKEN):
        st.query_params[TOKEN] = new_token()
    return st.query_params[TOKEN]


def opened() -> Meeting | None:
    """Return the meeting that the address names, or None where it names none that there is."""
    number = st.query_params.get("meeting", "")
    if not (number.isascii() and number.isdigit() and len(number) < 10):
        return None
    try:
        return meeting_queries.meeting(int(number))
    except MeetingFault:
        return None


def taken(meeting: Meeting) -> bool:
    """Take or keep the lead for this window; where another leads, say so, offer to take over, and return False."""
    try:
        leading.take(store.engine(), meeting.id or 0, visitor.current(), token())
    except Led as fault:
        st.html(Markup('<p class="lead" role="status">{} This window only watches.</p>').format(str(fault)))
        st.button("Take over the lead", key="take_over", on_click=act, args=(_take_over, meeting.id))
        return False
    except (MeetingFault, NotAllowed, DatabaseFault) as fault:
        st.html(Markup('<p class="lead" role="status">{}</p>').format(str(fault)))
        return False
    return True


def _take_over(number: int) -> None:
    leading.take(store.engine(), number, visitor.current(), token(), over=True)


def act(action: Callable[..., None], *arguments: object) -> None:
    """Do something to the meeting, before the page is drawn again; what is refused is said where `say` stands."""
    st.session_state[SAID] = ""
    try:
        action(*arguments)
    except (MeetingFault, NotAllowed, DatabaseFault) as fault:
        st.session_state[SAID] = str(fault)


def say(until_the_next: bool = False) -> None:
    """Say what was refused since the page was last drawn; or `until_the_next` press, where it is drawn all the time."""
    said = st.session_state.get(SAID, "")
    if not until_the_next:
        st.session_state[SAID] = ""
    if said:
        st.html(Markup('<p class="lead" role="alert">{}</p>').format(said))


def move(number: int, slide: str) -> None:
    """Show the room another slide."""
    leading.move(store.engine(), number, visitor.current(), token(), slide)


def blank(number: int, on: bool) -> None:
    """Show the room nothing, or its slide again."""
    leading.blank(store.engine(), number, visitor.current(), token(), on)


def open_question(number: int, on: bool) -> None:
    """Let the room answer, or end that."""
    leading.open_question(store.engine(), number, visitor.current(), token(), on)


def show_results(number: int, on: bool) -> None:
    """Show the room the results, or hide them."""
    leading.show_results(store.engine(), number, visitor.current(), token(), on)


def show_pane(number: int, pane: Pane) -> None:
    """Show on the wall the slide itself, the findings under it, or its question."""
    leading.show_pane(store.engine(), number, visitor.current(), token(), pane)


def show_join(number: int, on: bool) -> None:
    """Show the code to join with on every slide of the wall, or hide it."""
    leading.show_join(store.engine(), number, visitor.current(), token(), on)


def leave_out(number: int, device: int, on: bool) -> None:
    """Leave out what a device answers, or take it in again."""
    leaving_out.leave_out(store.engine(), number, visitor.current(), token(), device, on)


def leave_out_address(number: int, origin: int, on: bool) -> None:
    """Leave out all that comes from an address, or take it in again."""
    leaving_out.leave_out_address(store.engine(), number, visitor.current(), token(), origin, on)


def let_through(number: int, participant: int, slide: str, on: bool, seen: str) -> None:
    """Let a short text through to the room as it was seen here, or take it back."""
    leading.let_through(store.engine(), number, visitor.current(), participant, slide, on, seen)
