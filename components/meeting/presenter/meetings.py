"""Roundtables: start one on a briefing, bring the room in, open its windows, end it, and find it again."""

import streamlit as st
from markupsafe import Markup

from components.frame.shell import page_path
from components.meeting.follower import joining, meeting_queries
from components.meeting.presenter import lead
from components.store import kept_briefings, pending_presses, store, visitor
from data.collection import clock
from data.filters.wording import number_of
from data.meeting import rooms
from data.presenting.briefing import Briefing
from data.queries.spread import home_parts
from models import Meeting

WISHED = "meeting_start_wished"


def show() -> None:
    """Draw the meetings under way, the way to start one, and those that are over."""
    st.html('<h1 class="answer">Bring the room in: the slides on every phone, and its answers back.</h1>')
    lead.say()
    running = meeting_queries.running()
    for meeting in running:
        _running(meeting)
    _start(bool(running))
    _past(meeting_queries.past())


def _running(meeting: Meeting) -> None:
    with st.container(border=True, key=f"meeting_{meeting.room}"):
        words, code = st.columns([3, 2], gap="large")
        with words:
            st.html(
                Markup('<h2 class="figure-title">{}</h2><p class="note" role="status">Under way since {}; {}.'
                       "</p>").format(meeting.title, clock.hour(meeting.started),
                                      number_of(meeting_queries.joined(meeting.id or 0), "participant"))
            )  # fmt: skip
            windows = {"meeting": str(meeting.id), lead.TOKEN: lead.new_token()}
            st.page_link(page_path("present"), label="On the wall", icon=":material/slideshow:", query_params=windows)
            st.page_link(page_path("speaker"), label="Speaker's window", icon=":material/co_present:",
                         query_params=windows)  # fmt: skip
            st.html('<p class="note">Open both in windows of their own: one on the projector, one on your screen.</p>')
            _papers(meeting)
            with st.popover("End the meeting"):
                st.html('<p class="note">Phones are told that it is over. What was answered stays.</p>')
                st.button("End it now", key=f"end_{meeting.id}", type="primary", on_click=lead.act,
                          args=(_end, meeting.id))  # fmt: skip
        with code:
            invitation(meeting)


def _papers(meeting: Meeting) -> None:
    named = {"meeting": str(meeting.id)}
    st.page_link(page_path("rapporteur"), label="Rapporteur's notes", icon=":material/edit_note:", query_params=named)
    st.page_link(page_path("record"), label="Record", icon=":material/summarize:", query_params=named)


def invitation(meeting: Meeting) -> None:
    """Draw how to join: the address and the room's letters, and both as a code for a phone's camera."""
    st.html(joining.written(meeting))
    if others := joining.links(meeting.room)[1:]:
        st.html(Markup('<p class="note">Other addresses of this machine: {}</p>').format(", ".join(others)))


def _start(others: bool) -> None:
    briefings = {kept.code: kept for kept in kept_briefings.listed()}
    titles = {code: opened[1] for code in briefings if (opened := kept_briefings.opened(code))}
    with st.container(border=True):
        st.html(Markup('<h2 class="figure-title">{}</h2>').format("Start another" if others else "Start a roundtable"))
        if not titles:
            st.html('<p class="note">There is no briefing to show; make one on the Briefings page first.</p>')
            return
        code = st.selectbox("Briefing", list(titles), format_func=lambda c: titles[c].title)
        region = _region(titles[code])
        place = st.text_input("Place, for the opening slide (optional)", max_chars=rooms.LONGEST_PLACE,
                              key="meeting_place")  # fmt: skip
        minutes = int(st.number_input("Minutes for it", 5, 480, 60, step=5))
        st.button("Start", type="primary", on_click=pending_presses.note, args=(WISHED,))
        if pending_presses.take(WISHED):
            lead.act(_begin, titles[code], region, minutes, place)
            st.rerun()


@store.beside_the_page()
def _region(briefing: Briefing) -> str:
    if not briefing.parameter:
        return ""
    words = store.codebook()
    chosen: str = st.selectbox("Region or nation", home_parts(words), format_func=lambda c: words.name("region", c))
    return chosen


def _begin(briefing: Briefing, region: str, minutes: int, place: str) -> None:
    rooms.start(store.engine(), briefing, region, visitor.current(), minutes, place)


def _end(number: int) -> None:
    rooms.end(store.engine(), number, visitor.current())


def _past(meetings: list[Meeting]) -> None:
    if not meetings:
        return
    st.html('<h2 class="figure-title">Over</h2>')
    for meeting in meetings:
        st.html(
            Markup("<p>{} · {} · room {} · {}</p>").format(
                meeting.title,
                clock.day_and_hour(meeting.started),
                meeting.room,
                number_of(meeting_queries.joined(meeting.id or 0), "participant"),
            )
        )
        st.page_link(page_path("record"), label="Record", icon=":material/summarize:",
                     query_params={"meeting": str(meeting.id)})  # fmt: skip
