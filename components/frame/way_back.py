"""A presentation under way: who explores from a slide finds the way back to it on every page."""

import streamlit as st

from components.frame import address
from data.filters.filter import Filter

PLACE, BEFORE = "under_way", "under_way_before"
"""The slide that is on the wall; and the filter that was looked at before the presentation."""


def note(place: int, query: dict[str, str], wanted: Filter) -> None:
    """Note the slide that is on the wall, counted from 1, its address, and the filter that it shows.

    Who explores from here begins with what the slide shows, whatever was looked at before.
    """
    if PLACE not in st.session_state:
        st.session_state[BEFORE] = st.session_state.get(address.SHOWN, Filter())
    st.session_state[PLACE] = (place, query)
    st.session_state[address.SHOWN] = wanted


def end() -> None:
    """Note that the presentation has ended: what was looked at before it is looked at again."""
    if st.session_state.pop(PLACE, None):
        st.session_state[address.SHOWN] = st.session_state.pop(BEFORE, Filter())


def step_back() -> None:
    """Put the slide's address in place of a bare one that the browser's Back leads to.

    A click on a slide's bar opens a page by Streamlit's switch_page, which leaves the presenting page with the other
    page's address in the history.
    """
    if PLACE in st.session_state and address.from_history():
        _, query = st.session_state[PLACE]
        if not query.keys() & st.query_params.keys() & {"briefing", "meeting"}:
            st.query_params.from_dict(query)


def show_way_back(page: str) -> None:
    """Draw the way back to the slide, where a presentation is under way; `page` is the file that presents."""
    if PLACE in st.session_state:
        place, query = st.session_state[PLACE]
        with st.container(key="way_back"):
            st.page_link(page, label=f"Back to slide {place}", icon=":material/slideshow:", query_params=query)
