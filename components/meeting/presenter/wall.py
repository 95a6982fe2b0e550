"""A meeting on the wall: what Present adds when it leads a room: the way in, the question, and its results."""

from collections.abc import Callable

import streamlit as st
from markupsafe import Markup

from components.meeting.follower import joining, meeting_queries, result_bars, room_page, title_page
from components.meeting.presenter import lead as led
from components.store import visitor
from data.filters.wording import number_of
from data.presenting.briefing import Slide
from models import Meeting, Pane

EVERY_SECONDS = 0.7
DRAWN = "wall_drawn"


def meeting() -> Meeting | None:
    """Return the meeting that this wall shows, or None where it shows a briefing alone.

    Only presenters have a wall: by a meeting's number anyone would else be in its room without the room's letters.
    """
    return led.opened() if st.query_params.get("meeting") and visitor.current().edits else None


def lead(of: Meeting) -> bool:
    """Take or keep the lead for this wall and watch for moves made in the speaker's window; tell whether it leads."""
    leads = led.taken(of)
    led.say()
    st.session_state[DRAWN] = _seen(of.id or 0)
    st.fragment(_watch, run_every=EVERY_SECONDS)(of.id or 0)
    return leads


def _seen(number: int) -> tuple[object, ...]:
    """Return all that this wall shows of a meeting, but for how many are there and have answered."""
    found = meeting_queries.meeting(number)
    return meeting_queries.state(number), found.pane, found.joining, found.leader == led.token()


def _watch(number: int) -> None:
    if _seen(number) != st.session_state.get(DRAWN):
        st.rerun()


def go(of: Meeting, slide: str | None, pane: str) -> None:
    """Show the room another slide where one is named, and this pane of it, or nothing; for callbacks.

    `pane` is one of Pane, or "blank". What a press does not change is left to the speaker's window.
    """
    number = of.id or 0
    if slide is not None:
        led.act(led.move, number, slide)
    if pane not in tuple(Pane):
        led.act(led.blank, number, True)
    elif of.blank and slide is None and pane == Pane.SLIDE:
        led.act(led.blank, number, False)  # what was shown before comes back
    elif pane != (of.pane if slide is None else Pane.SLIDE):
        led.act(led.show_pane, number, Pane(pane))


def toggle_join(of: Meeting) -> None:
    """Show the code to join with on every slide, or hide it; for callbacks."""
    led.act(led.show_join, of.id or 0, not of.joining)


def opening(of: Meeting) -> None:
    """Draw the opening slide: title, place, and the way in."""
    st.html(title_page.on_wall(of))


def corner(of: Meeting) -> None:
    """Draw how to join, small, on each slide, and how many did; with the code where it is wanted."""
    if of.joining:
        st.html(Markup('<aside class="wall-code" aria-label="How to join">{}</aside>').format(joining.written(of)))
    with st.container(key="wall_join"):
        st.fragment(_joined, run_every=EVERY_SECONDS)(of.id or 0)


def _joined(number: int) -> None:
    of = meeting_queries.meeting(number)
    address = "" if of.joining else joining.address(of.room)
    st.html(
        Markup('<p class="wall-join">{}<strong>{}</strong> · {}</p>').format(
            f"Join at {address} with " if address else "Room ",
            of.room,
            number_of(meeting_queries.joined(number), "participant"),
        )
    )


def shows_results(of: Meeting | None, slide: Slide) -> bool:
    """Tell whether the room sees the results of a slide's question."""
    return of is not None and of.shown == slide.ref


def results(of: Meeting, slide: Slide) -> None:
    """Draw how many have answered a slide's question, its results where the room sees them, and the hand on it."""
    number = of.id or 0
    st.fragment(_answered, run_every=EVERY_SECONDS)(number, slide)
    if of.leader == led.token():
        _hand(of, slide)


def _answered(number: int, slide: Slide) -> None:
    if slide.question is None:
        return
    found, now = meeting_queries.results_of(number, slide), meeting_queries.state(number)
    if now.shown == slide.ref:
        st.html(Markup('<div class="wall-results">{}</div>').format(room_page.of_results(slide.question, found)))
        return
    told = "Open for answers" if now.open == slide.ref else "Closed"
    st.html(
        Markup('<p class="wall-answered"><span>{}</span> <strong>{}</strong></p>').format(
            f"{told}:", result_bars.how_many(found)
        )
    )


def _hand(of: Meeting, slide: Slide) -> None:
    number, is_open, is_shown = of.id or 0, of.open == slide.ref, of.shown == slide.ref
    with st.container(horizontal=True, key="wall_hand"):
        _toggle("Close the question" if is_open else "Open the question", led.open_question, number, not is_open)
        _toggle("Hide the results" if is_shown else "Show the results", led.show_results, number, not is_shown)


def _toggle(label: str, action: Callable[[int, bool], None], number: int, on: bool) -> None:
    # Each label has a key: pressed twice, a button does that once, and not what it says from then on.
    st.button(label, key=f"wall_{action.__name__}_{on}", on_click=led.act, args=(action, number, on))
