"""A presentation under way: who explores from a slide finds the way back to it on every page."""

import streamlit as st

PLACE = "under_way"


def note(place: int, query: dict[str, str]) -> None:
    """Note the slide that is on the wall, counted from 1, and its address."""
    st.session_state[PLACE] = (place, query)


def end() -> None:
    """Note that the presentation has ended."""
    st.session_state.pop(PLACE, None)


def show_way_back(page: str) -> None:
    """Draw the way back to the slide, where a presentation is under way; `page` is the file that presents."""
    if PLACE in st.session_state:
        place, query = st.session_state[PLACE]
        with st.container(key="way_back"):
            st.page_link(page, label=f"Back to slide {place}", icon=":material/slideshow:", query_params=query)
