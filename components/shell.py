"""The frame of every page: the menu, the filter panel, and the handing of the filter to the page."""

from dataclasses import dataclass

import streamlit as st
from markupsafe import Markup

from components import panel, store, theme, under_way
from data.database import DatabaseFault
from data.filters import Filter

HANDED_OVER = "handed_over"


@dataclass(frozen=True)
class Place:
    """One page in the menu."""

    script: str
    title: str
    question: str


PLACES = (
    Place("overview", "Overview", "What is here, and what does it say?"),
    Place("regions", "Regions", "What do we know about this place?"),
    Place("themes", "Themes", "What matters to communities?"),
    Place("levers", "Policy levers", "What has been tried, and did it strengthen or impede?"),
    Place("gaps", "Gap map", "Where is evidence thick, thin or missing?"),
    Place("findings", "Findings", "Show me the proof"),
    Place("sources", "Sources", "Where does it come from?"),
    Place("definitions", "Definitions", "What do people mean by social infrastructure?"),
    Place("method", "Method", "Can I trust it?"),
)

PRESENTING = (
    Place("briefings", "Briefings", "What do we show the room?"),
    Place("present", "Present", "A briefing on the wall"),
)
"""Pages that show the evidence to a room: they stand without the filter panel."""
IN_MENU = ("briefings",)
"""Those of them that the menu names."""


def navigation():  # type: ignore[no-untyped-def]
    """Set the menu and return the page that the address asks for."""
    pages = [
        st.Page(
            f"pages/{place.script}.py",
            title=place.title,
            url_path=place.script if number else None,
            default=not number,
            help=place.question,
        )
        for number, place in enumerate(PLACES)
    ]
    pages += [
        st.Page(
            f"pages/{place.script}.py",
            title=place.title,
            url_path=place.script,
            help=place.question,
            visibility="visible" if place.script in IN_MENU else "hidden",
        )
        for place in PRESENTING
    ]
    return st.navigation(pages, position="top")


def page_path(script: str) -> str:
    """Return a page's file, as links between pages name it."""
    return f"pages/{script}.py"


def open_collection() -> None:
    """Ask for the current data version; where there is none to show, say what to do and stop the page."""
    st.html(theme.STYLE)
    try:
        store.renew()
    except DatabaseFault as fault:
        st.title("There is no evidence to show yet", anchor=False)
        st.html(Markup('<p class="lead">{}</p>').format(_sentence(str(fault))))
        st.stop()
    if not store.counts(Filter()).findings:
        st.title("The collection is empty", anchor=False)
        st.html('<p class="lead">Bring the evidence in with: <code>python -m data load</code>, then reload.</p>')
        st.stop()


def _sentence(words: str) -> str:
    return f"{words[:1].upper()}{words[1:]}."


def hand_over(page) -> None:  # type: ignore[no-untyped-def]
    """Draw the filter panel and hand its filter to the page about to run; pages for a room stand without a panel."""
    if page.url_path in [place.script for place in PRESENTING]:
        panel.put_away()
        st.session_state[HANDED_OVER] = Filter()
    else:
        st.session_state[HANDED_OVER] = panel.show(page.url_path)
    if page.url_path != "present":
        under_way.show_way_back(page_path("present"))


def current_filter() -> Filter:
    """Return the filter that dashboard.py handed to this page.

    Where there is none, Streamlit ran the page by itself, as it does for the first visitor after a start who follows
    a link to it: switch that off, and run again through dashboard.py at the same address.
    """
    wanted: Filter | None = st.session_state.pop(HANDED_OVER, None)
    if wanted is None:
        navigation()
        st.rerun()
    return wanted
