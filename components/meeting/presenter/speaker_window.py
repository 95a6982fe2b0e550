"""The speaker's window, on the laptop's own screen: this slide and the next, notes, time, answers, and every button."""

from datetime import timedelta

import streamlit as st
from markupsafe import Markup

from components.figures import list_parts, plain_text
from components.frame.shell import name_tab, page_path
from components.meeting.follower import meeting_queries, pulse, title_page
from components.meeting.presenter import answers_by, answers_from, lead
from components.slides import slide as slides
from components.slides import thumbnail
from components.store import store
from data.filters.wording import number_of
from data.meeting.following import MeetingState
from data.meeting.results import Results
from data.presenting.briefing import Briefing, Slide
from models import OPENING, Meeting, Pane, now

EVERY_SECONDS = 1.0
TEXTS = 20
"""Short texts that are listed at a time: a list of hundreds, drawn each second, would keep the presses waiting."""


def show() -> None:
    """Draw the window of the meeting that the address names; other presenters are told who leads."""
    meeting = lead.opened()
    if meeting is None:
        st.title("There is no such meeting", anchor=False)
        st.page_link(page_path("meeting"), label="To the roundtables", icon=":material/arrow_back:")
        return
    name_tab("Speaker", meeting.title)
    leads = lead.taken(meeting)
    st.fragment(_window)(meeting.id or 0, leads)


@store.beside_the_page()
def _window(number: int, leads: bool) -> None:
    """Draw the window, a fragment, with the numbers that the room is shown: those that anyone may see."""
    meeting, state = meeting_queries.meeting(number), meeting_queries.state(number)
    if leads != (meeting.leader == lead.token()):
        st.rerun()  # another has taken over, or this window has
    briefing = meeting_queries.briefing(meeting)
    place = briefing.place_of(state.slide)
    shown = briefing.slides[place - 1] if place else None
    lead.say(until_the_next=True)
    _top(meeting, state, place, len(briefing.slides))
    here, aside = st.columns([3, 2], gap="large")
    with here:
        _wall(meeting, shown)
        _moves(meeting, briefing, place, leads)
        if shown:
            _notes(shown)
    with aside:
        if place < len(briefing.slides):
            _screen("Next", thumbnail.of_slide(briefing.slides[place]))
        if shown:
            _question(number, shown, state, leads)
    pulse.beat(EVERY_SECONDS)


def _top(meeting: Meeting, state: MeetingState, place: int, last: int) -> None:
    passed = now() - meeting.started
    left = timedelta(minutes=meeting.minutes) - passed
    told = f"{_minutes(left)} left" if left > timedelta() else f"{_minutes(-left)} over time"
    st.html(
        Markup('<p class="speaker-top"><strong>Room {}</strong> · {} · {} gone, <strong>{}</strong> · {}'
               "{}</p>").format(
            meeting.room, f"slide {place} of {last}" if place else f"before slide 1 of {last}", _minutes(passed), told,
            number_of(meeting_queries.joined(meeting.id or 0), "participant"),
            " · ended" if state.ended else "",
        )
    )  # fmt: skip


def _minutes(span: timedelta) -> str:
    seconds = max(int(span.total_seconds()), 0)
    return f"{seconds // 60}:{seconds % 60:02} min"


NOTHING = Markup("")


def _screen(name: str, drawn: Markup, beneath: Markup = NOTHING) -> None:
    st.html(Markup('<section class="speaker-slide"><h2>{}</h2>{}{}</section>').format(name, drawn, beneath))


def _slide(name: str, slide: Slide) -> None:
    asks = Markup('<p class="note">Asks: {}</p>').format(slide.question.text) if slide.question else Markup("")
    _screen(name, thumbnail.of_slide(slide), asks + slides.prepared(slide).source)


def _wall(meeting: Meeting, slide: Slide | None) -> None:
    """Draw small what the wall shows now, under its name; the slide itself is named where the wall shows more."""
    if meeting.blank:
        _screen("On the wall: nothing, it is blank", thumbnail.of_words())
    elif slide is None:
        letters = f"Room {meeting.room}, with the code to join"
        said = thumbnail.of_words(meeting.title, title_page.place(meeting), letters)
        _screen("On the wall: title, place and how to join", said)
    elif meeting.pane == Pane.QUESTION and slide.question:
        shown = "the question and its results" if meeting.shown == slide.ref else "the question"
        _screen(f"On the wall: {shown}", thumbnail.of_question(slide.question), _message(slide))
    elif meeting.pane == Pane.FINDINGS:
        _screen("On the wall: the findings under the slide", thumbnail.of_slide(slide))
    else:
        _slide("On the wall", slide)


def _message(slide: Slide) -> Markup:
    return Markup('<p class="note">Of the slide: {}</p>').format(slides.prepared(slide).said.message)


def _notes(slide: Slide) -> None:
    st.html(Markup('<section class="speaker-notes"><h2>Notes</h2><p>{}</p></section>').format(slide.notes or "None."))


def _moves(meeting: Meeting, briefing: Briefing, place: int, leads: bool) -> None:
    number, refs = meeting.id or 0, [OPENING, *(slide.ref for slide in briefing.slides)]
    last = len(refs) - 1
    with st.container(horizontal=True):
        _button("Previous", lead.move, number, refs[max(place - 1, 0)], disabled=not leads or place == 0)
        _button("Next", lead.move, number, refs[min(place + 1, last)], disabled=not leads or place == last, main=True)
        _button("Show again" if meeting.blank else "Blank", lead.blank, number, not meeting.blank, disabled=not leads)
        if place:
            _panes(meeting, briefing.slides[place - 1], leads)
        _button("Hide the code" if meeting.joining else "Code to join", lead.show_join, number, not meeting.joining,
                disabled=not leads)  # fmt: skip


def _panes(meeting: Meeting, slide: Slide, leads: bool) -> None:
    """Draw what else the wall may show of the slide, or the way back to it."""
    for pane, label in ((Pane.QUESTION, "Question"), (Pane.FINDINGS, "Findings")):
        if pane == Pane.QUESTION and slide.question is None:
            continue
        shown = meeting.pane == pane
        _button(f"{label} off the wall" if shown else f"{label} on the wall", lead.show_pane, meeting.id or 0,
                Pane.SLIDE if shown else pane, disabled=not leads)  # fmt: skip


def _button(label: str, action, *arguments: object, disabled: bool = False, main: bool = False) -> None:  # type: ignore[no-untyped-def]
    st.button(
        label, key=f"speaker_{label}_{action.__name__}", on_click=lead.act,
        args=(action, *arguments), disabled=disabled, type="primary" if main else "secondary",
    )  # fmt: skip


def _question(number: int, slide: Slide, state: MeetingState, leads: bool) -> None:
    st.html('<h2 class="figure-title">The room\'s answers</h2>')
    if slide.question is None:
        st.html('<p class="note">This slide asks no question.</p>')
        return
    found = meeting_queries.results_of(number, slide)
    is_open, is_shown = state.open == slide.ref, state.shown == slide.ref
    with st.container(horizontal=True):
        _button("Close the question" if is_open else "Open the question", lead.open_question, number, not is_open,
                disabled=not leads, main=not is_open)  # fmt: skip
        _button("Hide results" if is_shown else "Results to the room", lead.show_results, number, not is_shown,
                disabled=not leads)  # fmt: skip
    st.html(
        Markup('<p class="note" role="status">{}. The room {} the results.</p>').format(
            "Open for answers" if is_open else "Closed", "sees" if is_shown else "does not see"
        )
    )
    answers_by.show(number, slide, found, is_open)
    answers_from.show(number, slide.ref, leads)
    if slide.question.of_kind.in_words:
        _texts(number, slide.ref, found)


def _texts(number: int, slide: str, found: Results) -> None:
    total, first = len(found.texts), 0
    if total > TEXTS:
        number = list_parts.choose(st.columns([2, 3])[0], total, TEXTS, f"speaker_texts_{slide}")
        st.html(list_parts.told("Texts", number, total, TEXTS))
        first = (number - 1) * TEXTS
    for text in found.texts[first : first + TEXTS]:
        with st.container(border=True, key=f"text_{text.participant}"):
            st.html(Markup('<p class="said-text"><bdi>{}</bdi></p>').format(text.said))
            st.button(
                plain_text.label("Take back from the room" if text.let_through else "Let through to the room"),
                key=f"{'take_back' if text.let_through else 'let'}_{text.participant}", on_click=lead.act,
                args=(lead.let_through, number, text.participant, slide, not text.let_through, text.said),
            )  # fmt: skip
