"""The frame of every page: the menu, the filter panel, and the handing of the filter to the page."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import streamlit as st
from markupsafe import Markup

from components.figures import plain_text, stylesheet, theme, within
from components.frame import filter_panel, way_back
from components.requests import one_entry
from components.store import store, visitor
from data.collection.access import Standing, Visitor
from data.collection.database import DatabaseFault
from data.faults import ForPeople
from data.filters.filter import Filter
from data.filters.wording import in_words, number_of

HANDED_OVER = "handed_over"
IN_ROOM = "follow_in_room"
"""The room that this session was let into, and its meeting: (letters, number)."""
READING, EDITING = "", "Prepare"
"""The parts of an editor's menu: the line of pages that everyone reads, and what editors prepare with, to open."""
BEGINS = "load"
"""The page on which a collection begins."""
HISTORY, SOURCES = "history", "sources"
LONGEST_TITLE = 120
"""Characters of a filter in the title of a browser's tab."""


@dataclass(frozen=True)
class MenuPage:
    """One page in the menu."""

    script: str
    title: str
    question: str
    standing: Standing = Standing.VIEWER
    """Who may use it; the menu shows it to no others."""
    listed: bool = True
    """Whether the menu names it at all."""
    filtered: bool = True
    """Whether the filter panel stands beside it; else the panel's place only says who is here."""
    section: str = READING
    """The part of an editor's menu that it stands in."""


PLACES = (
    MenuPage("overview", "Overview", "What is here, and what does it say?"),
    MenuPage("regions", "Regions", "What do we know about this place?"),
    MenuPage("themes", "Themes", "What matters to communities?"),
    MenuPage("levers", "Policy levers", "What has been tried, and did it strengthen or impede?"),
    MenuPage("gaps", "Gap map", "Where is evidence thick, thin or missing?"),
    MenuPage("findings", "Findings", "Show me the proof"),
    MenuPage("sources", "Sources", "Where does it come from?"),
    MenuPage("definitions", "Definitions", "What do people mean by social infrastructure?"),
    MenuPage("agreement", "Agreement", "How far do coders agree?"),
    MenuPage("method", "Method", "Can I trust it?"),
    MenuPage("load", "Load", "How do I bring evidence in?", Standing.EDITOR, filtered=False, section=EDITING),
    MenuPage(
        "history",
        "History",
        "What changed, who did it, and can it be taken back?",
        Standing.EDITOR,
        filtered=False,
        section=EDITING,
    ),
)

ROOM = (
    MenuPage("briefings", "Briefings", "What do we show the room?", section=EDITING),
    MenuPage("meeting", "Roundtable", "How do we bring the room in?", Standing.EDITOR, section=EDITING),
    MenuPage("present", "Present", "A briefing on the wall", listed=False),
    MenuPage("speaker", "Speaker", "What comes next, and what does the room say?", Standing.EDITOR, listed=False),
    MenuPage("rapporteur", "Rapporteur", "What is being said, and by whom?", Standing.EDITOR, listed=False),
    MenuPage(
        "record", "Record", "What did the meeting leave, and what of it is evidence?", Standing.EDITOR, listed=False
    ),
    MenuPage("follow", "Follow", "What is on the wall?", listed=False),
)
"""Pages that show the evidence to a room: they stand without the filter panel."""


def navigation() -> Any:
    """Set the menu and return the page that the address asks for; what editors prepare with has a menu of its own."""
    who = visitor.current()
    sections: dict[str, list[Any]] = {READING: []}
    for place in (*PLACES, *ROOM):
        section = place.section if who.edits else READING
        sections.setdefault(section, []).append(_page(place, who))
    return st.navigation(sections, position="top")


def _page(place: MenuPage, who: Visitor) -> Any:
    first = place == PLACES[0]
    return st.Page(
        page_path(place.script),
        title=place.title,
        url_path=None if first else place.script,
        default=first,
        help=place.question,
        visibility="visible" if place.listed and who.may(place.standing) else "hidden",
    )


def page_path(script: str) -> str:
    """Return a page's file, as links between pages name it."""
    return f"pages/{script}.py"


@contextmanager
def told_in_its_place() -> Iterator[None]:
    """Say in the page's place what could not be done, where nothing nearer has said it: no error of ours is bare."""
    try:
        yield
    except ForPeople as refusal:
        st.error(plain_text.label(_sentence(str(refusal))), icon=":material/error:")


def open_collection(page) -> None:  # type: ignore[no-untyped-def]
    """Ask for the current data version; where there is none to show, say what to do and stop the page.

    The page that brings evidence in goes on for those who may use it.
    """
    st.html(stylesheet.of_dashboard())
    one_entry.keep()
    edits = visitor.current().edits
    try:
        store.renew()
        empty = not store.counts(Filter()).findings
    except DatabaseFault as fault:
        if page.url_path == BEGINS and edits:
            store.renew_as_empty()
            return
        st.title("There is no evidence to show yet", anchor=False)
        st.html(Markup('<p class="lead">{}</p>').format(_sentence(str(fault))))
        _offer_to_begin()
        st.stop()
    if empty and not (edits and page.url_path in (BEGINS, HISTORY)):
        _open_without_findings(page)


def _open_without_findings(page) -> None:  # type: ignore[no-untyped-def]
    """Say that there is no finding, and stop the page; that of sources goes on where any waits to be coded."""
    waiting = len(store.sources_without_findings(Filter()))
    if waiting and page.url_path == SOURCES:
        return
    if waiting:
        st.title(f"No finding yet, and {number_of(waiting, 'source')} to be coded", anchor=False)
        st.page_link(page_path(SOURCES), label="See the sources")
    else:
        st.title("The collection is empty", anchor=False)
        st.html('<p class="lead">Bring the evidence in with: <code>python -m data load</code>, then reload.</p>')
    _offer_to_begin()
    st.stop()


def _offer_to_begin() -> None:
    if visitor.current().edits:
        st.page_link(page_path(BEGINS), label="Bring evidence in from a file")


def _sentence(words: str) -> str:
    return f"{words[:1].upper()}{words[1:]}."


def hand_over(page) -> None:  # type: ignore[no-untyped-def]
    """Draw the filter panel and hand its filter to the page about to run; pages for a room stand without a panel."""
    in_room = page.url_path in [place.script for place in ROOM]
    if in_room:
        filter_panel.put_away()
        st.session_state[HANDED_OVER] = Filter()
    else:
        unfiltered = page.url_path in [place.script for place in PLACES if not place.filtered]
        if unfiltered or not store.current().number:
            filter_panel.put_away()
            st.session_state[HANDED_OVER] = filter_panel.show_without_filter()
        else:
            st.session_state[HANDED_OVER] = filter_panel.show(page.url_path or PLACES[0].script)
    st.set_page_config(page_title=tab_title(page.title, st.session_state[HANDED_OVER]))
    if not in_room:
        within.listen()
        _way_back()
    if page.url_path != "present":
        way_back.show_way_back(page_path("present"))


def tab_title(page: str, wanted: Filter) -> str:
    """Return what the browser's tab, its history and bookmarks call a page: its name, its filter, the dashboard."""
    said = in_words(wanted, store.codebook()) if wanted else ""
    said = said if len(said) <= LONGEST_TITLE else f"{said[: LONGEST_TITLE - 1].rstrip()}…"
    return f"{': '.join(filter(None, (page, said)))} – {theme.NAME}"


def name_tab(page: str, of: str) -> None:
    """Say in the browser's tab which briefing or meeting a page of the room shows, once that is known."""
    st.set_page_config(page_title=f"{page}: {of} – {theme.NAME}")


def _way_back() -> None:
    """Draw the way back to the room, for a session that was let into one and looks for itself."""
    if room := st.session_state.get(IN_ROOM):
        st.page_link(
            page_path("follow"),
            label=f"Back to the roundtable in room {room[0]}",
            icon=":material/arrow_back:",
            query_params={"room": room[0]},
        )


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
