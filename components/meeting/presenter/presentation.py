"""Present: a briefing on the wall, one slide a screen, moved by keys or buttons; its place stands in the address."""

from dataclasses import dataclass
from functools import partial

import streamlit as st
from markupsafe import Markup

from components.briefings import briefing_links
from components.figures import plain_text, stylesheet
from components.findings import study_cards
from components.frame import way_back
from components.frame.shell import name_tab, page_path
from components.meeting.presenter import presenter_keys, wall
from components.slides import question_view, slide, warming
from components.slides.slide_views import VIEWS, explored
from components.store import kept_briefings, store
from data.meeting import rooms
from data.presenting.briefing import Briefing, Slide
from data.queries.spread import home_parts
from models import OPENING, Meeting

PANE, EXPLORED, ENDED = "present_pane", "present_explored", "present_ended"
SLIDE, FINDINGS, QUESTION, BLANK, JOIN, LEFT = presenter_keys.ASKED
PANES = (
    ("Findings", "fact_check", FINDINGS, "F"),
    ("Question", "forum", QUESTION, "Q"),
    ("Blank", "visibility_off", BLANK, "B"),
)
"""The panes with the label, the sign and the key of each."""


@dataclass(frozen=True)
class Showing:
    """What is on the wall: the briefing, its region where it takes one, and the slide, counted from 1.

    The place is 0 at the opening slide, which a room has before them.
    """

    briefing: Briefing
    region: str
    place: int
    meeting: Meeting | None = None
    """The meeting whose room is led through it, where one is."""

    @property
    def slide(self) -> Slide:
        """Return the slide that is shown; at the opening, the first."""
        return self.briefing.slides[max(self.place, 1) - 1]

    @property
    def first(self) -> int:
        """Return the place that nothing stands before."""
        return 0 if self.meeting else 1

    def ref(self, place: int) -> str:
        """Return the ref of the slide at a place."""
        return self.briefing.slides[place - 1].ref if place else OPENING

    def query(self, place: int | None = None) -> dict[str, str]:
        """Return the address of a slide, this one where none is named; a meeting is where its room is."""
        if self.meeting:
            return {key: st.query_params.get(key, "") for key in ("meeting", "lead")}
        region = {"region": self.region} if self.region else {}
        return {"briefing": self.briefing.code, **region, "slide": str(place or self.place)}


def show() -> None:
    """Draw the slide that the address asks for, as anyone may see it, whoever presents; else say what may be shown."""
    with store.beside_the_page():
        _show()


def _show() -> None:
    way_back.step_back()
    showing = asked()
    if showing is None:
        return
    if st.session_state.pop(ENDED, False):
        way_back.end()
        st.switch_page(page_path("briefings"))
    way_back.note(showing.place, showing.query(), slide.prepared(showing.slide).wanted)
    if (wanted := st.session_state.pop(EXPLORED, None)) is not None:
        st.switch_page(page_path(VIEWS[showing.slide.view].page), query_params=wanted.to_query())
    pane = st.session_state.get(PANE, SLIDE)
    st.html(f"<style>{stylesheet.beside(__file__)}</style>")
    if showing.meeting:
        wall.lead(showing.meeting)
        pane = BLANK if showing.meeting.blank else showing.meeting.pane
    presenter_keys.listen((showing.first, showing.place, len(showing.briefing.slides)), pane, partial(go, showing))
    if pane == BLANK:
        _blank(showing)
        return
    if showing.meeting and not showing.place:
        wall.opening(showing.meeting)
        _controls_before(showing)
        warming.warm(showing.briefing, 1)
        return
    _top(showing)
    if pane == FINDINGS:
        _findings(showing)
    elif pane == QUESTION and showing.slide.question:
        question_view.show(showing.slide.question, options=not wall.shows_results(showing.meeting, showing.slide))
        if showing.meeting:
            wall.results(showing.meeting, showing.slide)
    else:
        slide.show(showing.slide, key="present", pick=lambda data: _explore(showing, data))
        if showing.slide.question:
            st.html(Markup('<p class="for-the-room">For the room: {}</p>').format(showing.slide.question.text))
    _controls(showing, pane)
    warming.warm(showing.briefing, showing.place)


def asked() -> Showing | None:
    """Return what the address asks for; where that cannot be shown, draw what can be, and return nothing."""
    query = st.query_params
    if meeting := wall.meeting():
        briefing = rooms.briefing_of(meeting)
        return Showing(briefing, meeting.region, briefing.place_of(meeting.slide), meeting)
    opened = kept_briefings.opened(query.get("briefing", ""))
    if opened is None:
        _offer(query.get("briefing", ""))
        return None
    briefing, region = opened[1], query.get("region", "")
    if not briefing.slides:
        st.title("This briefing has no slides yet", anchor=False)
        _back()
        return None
    if briefing.parameter and region not in home_parts(store.codebook()):
        _offer_regions(briefing, region)
        return None
    place = query.get("slide", "1")
    number = int(place) if place.isascii() and place.isdigit() and len(place) < 5 else 1
    region = region if briefing.parameter else ""
    return Showing(briefing.about(region), region, min(max(number, 1), len(briefing.slides)))


def _offer(code: str) -> None:
    st.title("There is no such briefing here" if code else "Which briefing?", anchor=False)
    for kept in kept_briefings.listed():
        if opened := kept_briefings.opened(kept.code):
            briefing_links.link(opened[1].title, {"briefing": kept.code})
    _back()


def _offer_regions(briefing: Briefing, region: str) -> None:
    st.title(f"{plain_text.label(briefing.title)}: which region?", anchor=False)
    if region:
        st.html(Markup('<p class="note" role="status">There is no region {} here.</p>').format(region))
    for code in home_parts(store.codebook()):
        briefing_links.link(store.codebook().name("region", code), {"briefing": briefing.code, "region": code})
    _back()


def _back() -> None:
    st.page_link(page_path("briefings"), label="To the briefings", icon=":material/arrow_back:")


def go(showing: Showing, place: int, pane: str = SLIDE, seen: int = 0) -> None:
    """Show the slide of this number, counted from 1, or a pane of it; a room that is led goes along; for callbacks.

    `seen` is the slide that was on screen, where that may be an earlier one than is `showing`: a pane that was asked
    for on it opens wherever the room is by now, and does not move it back.
    """
    turns = place != (seen or showing.place)
    st.session_state[ENDED] = pane == LEFT
    if pane == JOIN:
        if showing.meeting:
            wall.toggle_join(showing.meeting)
    elif showing.meeting:
        if pane != LEFT:
            wall.go(showing.meeting, showing.ref(place) if turns else None, pane)
    else:
        _go_alone(place if turns else 0, pane)


def _go_alone(place: int, pane: str) -> None:
    """Show a pane of a briefing that leads no room, of another slide where its place is given."""
    st.session_state[PANE] = SLIDE if pane == LEFT else pane
    if place and st.query_params.get("slide", "1") != str(place):
        st.query_params["slide"] = str(place)


def _explore(showing: Showing, data: list[object]) -> None:
    st.session_state[EXPLORED] = explored(showing.slide.view, slide.prepared(showing.slide).wanted, data)


def _top(showing: Showing) -> None:
    name_tab("Present", showing.briefing.title)
    st.html(
        Markup('<p class="slide-place" role="status">{} of {} · {}{}</p>').format(
            showing.place,
            len(showing.briefing.slides),
            showing.briefing.title,
            f" · {store.codebook().name('region', showing.region)}" if showing.region else "",
        )
    )
    if showing.meeting:
        wall.corner(showing.meeting)


def _findings(showing: Showing) -> None:
    ready = slide.prepared(showing.slide)
    st.html(Markup('<h1 class="message longer">{}</h1>').format(ready.said.message))
    st.html(ready.source)
    if store.counts(ready.wanted).findings:
        study_cards.show_findings(ready.wanted, "present", "The findings under this slide")


def _blank(showing: Showing) -> None:
    st.html("<style>.stApp { background: var(--text); }</style>")
    st.html('<p class="unseen-words" role="status">The screen is blank. Press B to show the slide again.</p>')
    with st.container(key="present_blank"):
        st.button("Show the slide again", key="present_unblank", on_click=go, args=(showing, showing.place))


def _controls_before(showing: Showing) -> None:
    """Draw the buttons of the opening slide."""
    with st.container(key="present_controls", horizontal=True, horizontal_alignment="right", gap="small"):
        _button(showing, "First slide", "arrow_forward", 1, SLIDE, "Right arrow, space or Page Down")
        _button(showing, "Blank", "visibility_off", 0, BLANK, "B")
        _button(showing, "End", "close", 0, LEFT, "Esc")


def _controls(showing: Showing, pane: str) -> None:
    place, last = showing.place, len(showing.briefing.slides)
    ready = slide.prepared(showing.slide)
    with st.container(
        key="present_controls", horizontal=True, horizontal_alignment="right", vertical_alignment="center", gap="small"
    ):
        to = partial(_button, showing)
        to("Previous", "arrow_back", max(place - 1, showing.first), SLIDE, "Left arrow or Page Up",
           place == showing.first)  # fmt: skip
        to("Next", "arrow_forward", min(place + 1, last), SLIDE, "Right arrow, space or Page Down", place == last)
        chosen = st.popover(
            f"Slide {place}", help="Or type a number, then Enter", key="present_list", on_change="rerun"
        )
        if chosen.open:
            with chosen:
                _list(showing)
        for label, icon, of, keys in PANES:
            if of != QUESTION or showing.slide.question:
                shown = pane == of
                to("Back to the slide" if shown else label, icon, place, SLIDE if shown else of, keys)
        if showing.meeting:
            to("Hide the code" if showing.meeting.joining else "Code to join", "qr_code_2", place, JOIN, "J")
        st.page_link(
            page_path(VIEWS[showing.slide.view].page),
            label="Explore this",
            icon=":material/travel_explore:",
            query_params=ready.wanted.to_query(),
        )
        to("End", "close", place, LEFT, "Esc")


def _list(showing: Showing) -> None:
    for number, each in enumerate(showing.briefing.slides, start=1):
        said = slide.prepared(each).said.message
        st.button(f"{number}\\. {plain_text.label(said)}", key=f"present_to_{number}", type="tertiary", on_click=go,
                  args=(showing, number))  # fmt: skip


def _button(showing: Showing, label: str, icon: str, place: int, pane: str, keys: str, disabled: bool = False) -> None:
    st.button(
        label, key=f"present_{icon}", icon=f":material/{icon}:", help=keys, on_click=go,
        args=(showing, place, pane),
        disabled=disabled, type="tertiary",
    )  # fmt: skip
