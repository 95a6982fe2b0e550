"""Follow: on a phone in the room, the slide on the wall, the question to answer, and the way to look for oneself."""

import streamlit as st
from markupsafe import Markup

from components.frame import address
from components.frame.shell import IN_ROOM, name_tab, page_path
from components.meeting.follower import about_you, follower, meeting_queries
from components.store import store, turns
from data.collection.database import DatabaseFault
from data.meeting import rooms
from data.meeting.meeting_fault import MeetingFault

PARTICIPANT = "follow_participant"


def show() -> None:
    """Draw the room that the address names, or the way into one."""
    _step_back()
    room = st.query_params.get("room", "").upper()[:8]
    number = _let_in(room) if room else None
    if number is None:
        _door()
        return
    meeting = meeting_queries.meeting(number)
    name_tab("Follow", meeting.title)
    st.html(Markup('<p class="eyebrow">Roundtable in room {} · {}</p>').format(meeting.room, meeting.title))
    st.fragment(_room)(number)


def _room(number: int) -> None:
    """Draw the room, a fragment: what its holder does here must not cost a page; what the room does costs no run."""
    with turns.taken(), store.beside_the_page():
        meeting, state = meeting_queries.meeting(number), meeting_queries.state(number)
        device, leaves_for = follower.show(meeting, state)
        if leaves_for:
            shown = meeting_queries.slide(meeting).wanted(store.codebook())
            st.session_state[address.SHOWN] = shown  # whatever was looked at before
            st.switch_page(page_path(leaves_for), query_params=shown.to_query())
        if device and not state.ended:
            _take_part(number, device)


def _step_back() -> None:
    """Lead the browser's Back to the room, where switch_page has left this page without its room in the history."""
    known = st.session_state.get(IN_ROOM)
    if known and address.from_history() and "room" not in st.query_params:
        st.query_params.from_dict({"room": known[0]})


def _let_in(room: str) -> int | None:
    known = st.session_state.get(IN_ROOM)
    if known and known[0] == room:
        return int(known[1])
    try:
        number = rooms.enter(store.engine(), room, st.context.ip_address or "")
    except (MeetingFault, DatabaseFault) as fault:
        st.html(Markup('<p class="lead" role="status">{}</p>').format(str(fault)))
        return None
    st.session_state[IN_ROOM] = (room, number)
    return number


def _door() -> None:
    st.title("Join the roundtable", anchor=False)
    with st.form("door", border=False):
        room = st.text_input("The four letters on the wall", max_chars=8, autocomplete="off")
        if st.form_submit_button("Join", type="primary") and room:
            st.query_params["room"] = room.strip().upper()
            st.rerun()


def _take_part(number: int, device: str) -> None:
    try:
        if st.session_state.get(PARTICIPANT) != (number, device):
            rooms.join(store.engine(), number, device, st.context.ip_address or "")
            st.session_state[PARTICIPANT] = (number, device)
    except (MeetingFault, DatabaseFault) as fault:
        st.html(Markup('<p class="note" role="status">{}</p>').format(str(fault)))
        return
    about_you.show(number, device)
