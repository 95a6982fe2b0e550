"""A meeting on the wall: what Present adds when it leads a room: the way in, the question, and its results."""

from collections.abc import Callable

import streamlit as st
from markupsafe import Markup

from components import theme, visitor
from components.meeting import asked, led, room_page
from components.meeting.meetings import links
from data.meeting.following import State
from data.meeting.tables import Meeting
from data.presenting.briefings import Slide
from data.wording import number_of

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
    st.session_state[DRAWN] = (asked.state(of.id or 0), leads)
    st.fragment(_watch, run_every=EVERY_SECONDS)(of.id or 0)
    return leads


def _watch(number: int) -> None:
    if (asked.state(number), asked.meeting(number).leader == led.token()) != st.session_state.get(DRAWN):
        st.rerun()


def move(number: int, slide: str) -> None:
    """Show the room another slide; for callbacks."""
    led.act(led.move, number, slide)


def blank(number: int, on: bool) -> None:
    """Show the room nothing, or its slide again; for callbacks."""
    led.act(led.blank, number, on)


def corner(of: Meeting) -> None:
    """Draw how to join, small, on each slide."""
    found = links(of.room)
    address = found[0].split("?")[0].removeprefix("http://") if found else ""
    st.html(STYLE)
    st.html(
        Markup('<p class="wall-join">{}<strong>{}</strong> · {}</p>').format(
            f"Join at {address} with " if address else "Room ", of.room,
            number_of(asked.joined(of.id or 0), "participant"),
        )
    )  # fmt: skip


def shows_results(of: Meeting | None, slide: Slide) -> bool:
    """Tell whether the room sees the results of a slide's question."""
    return of is not None and of.shown == slide.ref


def results(of: Meeting, slide: Slide) -> None:
    """Draw the results of a slide's question where the room sees them, and the presenter's hand on it."""
    number = of.id or 0
    state = asked.state(number)
    st.html(room_page.STYLE)
    if slide.question and state.shown == slide.ref:
        found = asked.results_of(number, slide)
        st.html(Markup('<div class="wall-results">{}</div>').format(room_page.of_results(slide.question, found)))
    elif slide.question:
        st.html(Markup('<p class="how" role="status">{}</p>').format(_told(number, slide, state)))
    if of.leader == led.token():
        _hand(number, slide, state)


def _told(number: int, slide: Slide, state: State) -> str:
    answered = number_of(asked.results_of(number, slide).answered, "answer")
    return f"Open for answers: {answered} so far." if state.open == slide.ref else f"Closed: {answered}."


def _hand(number: int, slide: Slide, state: State) -> None:
    is_open, is_shown = state.open == slide.ref, state.shown == slide.ref
    with st.container(horizontal=True, key="wall_hand"):
        _toggle("Close the question" if is_open else "Open the question", led.open_question, number, not is_open)
        _toggle("Hide the results" if is_shown else "Show the results", led.show_results, number, not is_shown)


def _toggle(label: str, action: Callable[[int, bool], None], number: int, on: bool) -> None:
    # Each label has a key: pressed twice, a button does that once, and not what it says from then on.
    st.button(label, key=f"wall_{action.__name__}_{on}", on_click=led.act, args=(action, number, on))


STYLE = f"""
<style>
.wall-join {{ color: {theme.MUTED}; font-size: max(1rem, 1.25vw); margin: 0; }}
/* One line in the corner, beside the number of the slide, so that no title runs into it. */
@media (min-width: 1000px) {{
  .stElementContainer:has(.wall-join) {{ position: absolute; right: 3.2vw; top: 2.6vh; width: auto; }}
  .stElementContainer:has(.wall-join) .wall-join {{ white-space: nowrap; }}
}}
.wall-join strong {{ color: {theme.TEXT}; letter-spacing: .18em; font-size: 1.25em; }}
.wall-results {{ font-size: max(1.1rem, 1.7vw); }}
</style>
"""
