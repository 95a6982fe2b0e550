"""A rapporteur's page: what is said, noted by slide with the speaker's sector and codes, on a laptop or a phone."""

import streamlit as st
from markupsafe import Markup

from components import slide as slides
from components import store
from components.meeting import asked, coding, led
from components.shell import page_path
from data.access import NotAllowed, Visitor
from data.database import DatabaseFault
from data.meeting import notes
from data.meeting.faults import MeetingFault
from data.meeting.notes import LONGEST_NOTE, Noted
from data.meeting.rooms import SECTORS
from data.meeting.tables import Meeting, Note
from data.presenting.briefings import Briefing
from data.wording import number_of

EVERY_SECONDS = 2.0
FORM = "noting"
DONE = "noted"
MOVED = "note_moved"
KEPT = "note_kept"
"""Which form was kept last."""
ROUND = "note_round"
"""Raised with each note that is kept, so that the next begins with empty fields."""


def show(who: Visitor) -> None:
    """Draw the form for a note of the meeting that the address names, and the notes so far."""
    meeting = led.opened()
    if meeting is None:
        st.title("There is no such meeting", anchor=False)
        st.page_link(page_path("meeting"), label="To the roundtables", icon=":material/arrow_back:")
        return
    number, briefing = meeting.id or 0, asked.briefing(meeting)
    st.html(Markup('<h1 class="answer">Notes of “{}”</h1>').format(meeting.title))
    led.say()
    if said := st.session_state.pop(DONE, ""):
        st.html(Markup('<p class="note" role="status">{}</p>').format(said))
    taken = asked.notes(number)
    writing, list_of = st.columns([3, 2], gap="large")
    with writing:
        _form(meeting, briefing, taken, who)
    with list_of:
        _list(number, briefing, taken, who)


def _form(meeting: Meeting, briefing: Briefing, taken: list[Note], who: Visitor) -> None:
    edited = next((note for note in taken if note.id == st.session_state.get(_edited(meeting.id))), None)
    # Each note has fields of its own, so that nothing of one is left in the next.
    key = f"{FORM}_{meeting.id}_{edited.id if edited else ''}_{st.session_state.get(ROUND, 0)}"
    st.html(Markup('<h2 class="figure-title">{}</h2>').format("Change a note" if edited else "A new note"))
    refs = [slide.ref for slide in briefing.slides]
    coding.remember(f"{key}_slide", edited.slide if edited else asked.slide(meeting).ref)
    st.selectbox("Slide", refs, key=f"{key}_slide", format_func=lambda ref: _named(briefing, ref))
    if not edited and meeting.ended is None:
        st.fragment(_follow, run_every=EVERY_SECONDS)(meeting.id or 0, briefing, key)
    coding.remember(f"{key}_said", edited.said if edited else "")
    st.text_area("What was said", key=f"{key}_said", max_chars=LONGEST_NOTE, height=140,
                 help="What, not who: leave names out.")  # fmt: skip
    coding.remember(f"{key}_sector", edited.sector if edited else "")
    st.selectbox("Sector of the speaker", ("", *SECTORS), key=f"{key}_sector",
                 format_func=lambda code: code[:1].upper() + code[1:] or "Not said")  # fmt: skip
    coding.themes(key, edited.themes if edited else ())
    coding.levers(key, edited.levers if edited else {})
    coding.region(key, edited.region if edited else meeting.region)
    number = edited.id if edited else None
    with st.container(horizontal=True):
        st.button("Keep the changes" if edited else "Keep the note", type="primary", key=f"{key}_keep",
                  on_click=led.act, args=(_keep, meeting.id, who, key, number))  # fmt: skip
        if edited:
            st.button("Leave it as it was", key=f"{key}_leave", on_click=_leave, args=(meeting.id,))


def _follow(number: int, briefing: Briefing, key: str) -> None:
    """Offer the slide that the room has moved on to."""
    now = asked.slide(asked.meeting(number)).ref
    if now == st.session_state.get(f"{key}_slide"):
        st.html('<p class="note" role="status">The room is on this slide.</p>')
        return
    st.html(Markup('<p class="note" role="status">The room is on slide {}.</p>').format(_named(briefing, now)))
    st.button("Note at the room's slide", key=f"{key}_to", on_click=_go_to, args=(f"{key}_slide", now))
    if st.session_state.pop(MOVED, False):
        st.rerun()


def _go_to(key: str, slide: str) -> None:
    st.session_state[key], st.session_state[MOVED] = slide, True


def _named(briefing: Briefing, ref: str) -> str:
    slide, place = briefing.slide(ref), briefing.place_of(ref)
    return f"{place}: {slides.prepared(slide).said.message}" if slide else ref


def _keep(meeting: int, who: Visitor, key: str, number: int | None) -> None:
    if st.session_state.get(KEPT) == key:
        return  # a second press on one form, which may come while the first is being kept
    st.session_state[KEPT] = key
    try:
        _note(meeting, who, key, number)
    except (MeetingFault, NotAllowed, DatabaseFault):
        del st.session_state[KEPT]
        raise


def _note(meeting: int, who: Visitor, key: str, number: int | None) -> None:
    slide, said, sector = (st.session_state[f"{key}_{field}"] for field in ("slide", "said", "sector"))
    noted = Noted(slide, said, sector, *coding.held(key))
    notes.note(store.engine(), meeting, who, noted, number)
    st.session_state[DONE] = "The note is changed." if number else "The note is kept."
    _leave(meeting)


def _leave(meeting: int) -> None:
    st.session_state.pop(_edited(meeting), None)
    st.session_state[ROUND] = st.session_state.get(ROUND, 0) + 1


def _list(number: int, briefing: Briefing, taken: list[Note], who: Visitor) -> None:
    st.html(Markup('<h2 class="figure-title">{} so far</h2>').format(number_of(len(taken), "note")))
    st.page_link(page_path("record"), label="The meeting's record", query_params={"meeting": str(number)})
    st.html(coding.STYLE)
    for note in reversed(taken):
        with st.container(border=True, key=f"note_{note.id}"):
            st.html(_written(note, briefing))
            with st.container(horizontal=True):
                st.button("Change", key=f"change_{note.id}", on_click=_edit, args=(number, note.id))
                with st.popover("Remove"):
                    st.button("Remove this note", key=f"remove_{note.id}", on_click=led.act,
                              args=(_remove, number, who, note.id))  # fmt: skip


def _written(note: Note, briefing: Briefing) -> Markup:
    codebook = store.codebook()
    codes = [codebook.name("theme", code) for code in note.themes]
    codes += [f"{codebook.name('lever', code)} ({role})" for code, role in note.levers.items()]
    codes += [codebook.name("region", note.region)] if note.region else []
    place = briefing.place_of(note.slide)
    return Markup('<p class="note">Slide {}{}</p><p class="noted"><bdi>{}</bdi></p><p class="note">{}</p>').format(
        place, f" · {note.sector}" if note.sector else "", note.said, "; ".join(codes) or "Not coded yet."
    )


def _edited(meeting: int | None) -> str:
    return f"note_edited_{meeting}"


def _edit(meeting: int, number: int) -> None:
    st.session_state[_edited(meeting)] = number


def _remove(meeting: int, who: Visitor, number: int) -> None:
    notes.remove(store.engine(), meeting, who, number)
    st.session_state[DONE] = "The note is removed."
