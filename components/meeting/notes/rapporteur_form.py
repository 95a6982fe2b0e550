"""A rapporteur's page: what is said, noted by slide with the speaker's sector and codes, on a laptop or a phone."""

import streamlit as st
from markupsafe import Markup

from components.frame.shell import name_tab, page_path
from components.meeting.follower import meeting_queries
from components.meeting.notes import coding, note_fields
from components.meeting.presenter import lead
from components.slides import slide as slides
from components.store import kept_drafts, store
from data.collection import drafts
from data.collection.access import NotAllowed, Visitor
from data.collection.database import DatabaseFault
from data.filters.wording import number_of
from data.meeting import notes
from data.meeting.meeting_fault import MeetingFault
from data.meeting.notes import LONGEST_NOTE, Noted, Overtaken
from data.meeting.rooms import SECTORS
from data.presenting.briefing import Briefing
from models import Meeting, Note

EVERY_SECONDS = 2.0
FORM = "noting"
DONE = "noted"
MOVED = "note_moved"
KEPT = "note_kept"
"""Which form was kept last."""
OVERTAKEN = "note_overtaken_by"
"""What was refused because another had changed the note, until a choice is made."""
ROUND = "note_round"
"""Raised with each note that is kept, so that the next begins with empty fields."""


def show(who: Visitor) -> None:
    """Draw the form for a note of the meeting that the address names, and the notes so far."""
    meeting = lead.opened()
    if meeting is None:
        st.title("There is no such meeting", anchor=False)
        st.page_link(page_path("meeting"), label="To the roundtables", icon=":material/arrow_back:")
        return
    number, briefing = meeting.id or 0, meeting_queries.briefing(meeting)
    name_tab("Rapporteur", meeting.title)
    st.html(Markup('<h1 class="answer">Notes of “{}”</h1>').format(meeting.title))
    lead.say()
    if said := st.session_state.pop(DONE, ""):
        st.html(Markup('<p class="note" role="status">{}</p>').format(said))
    taken = meeting_queries.notes(number)
    writing, list_of = st.columns([3, 2], gap="large")
    with writing:
        _form(meeting, briefing, taken, who)
    with list_of:
        _list(number, briefing, taken, who)


def _form(meeting: Meeting, briefing: Briefing, taken: list[Note], who: Visitor) -> None:
    number = _begun(meeting)
    edited = next((note for note in taken if note.id == number), None)
    # Each note has fields of its own, so that nothing of one is left in the next.
    key = f"{FORM}_{meeting.id}_{number or ''}_{st.session_state.get(ROUND, 0)}"
    began = notes.noted(edited) if edited else Noted(_slide_now(meeting, briefing), "", region=meeting.region)
    draft = _draft(meeting, number, key)
    start = note_fields.noted(draft.content, began) if draft else began
    st.html(Markup('<h2 class="figure-title">{}</h2>').format("Change a note" if number else "A new note"))
    _say_overtaken(meeting.id or 0, briefing, who, number, key)
    if draft:
        kept_drafts.say_found(draft, _anew, meeting.id, number, edited and notes.noted(edited))
    _fields(meeting, briefing, key, start, follows=not number and meeting.ended is None)
    with st.container(horizontal=True):
        st.button("Keep the changes" if number else "Keep the note", type="primary", key=f"{key}_keep",
                  on_click=lead.act, args=(_keep, meeting.id, who, key, number))  # fmt: skip
        if number:
            st.button("Leave it as it was", key=f"{key}_leave", on_click=_let_go, args=(meeting.id, number))
    seen = st.session_state.get(_seen(meeting.id)) if number else None
    beside = {note_fields.SEEN: note_fields.plain(seen)} if seen else {}
    chosen = note_fields.fields(st.session_state[f"{key}_levers"])
    kept_drafts.watch(_subject(meeting.id, number), key, chosen, note_fields.plain(began), beside)


def _slide_now(meeting: Meeting, briefing: Briefing) -> str:
    """Return the slide that the room is on; before the first, that."""
    now = meeting_queries.state(meeting.id or 0).slide
    return now if briefing.slide(now) else briefing.slides[0].ref


def _begun(meeting: Meeting) -> int | None:
    """Return the note that is being changed; where this session has just begun, one that was being changed before."""
    state, beginning = st.session_state, _subject(meeting.id, None)
    if _edited(meeting.id) not in state:
        newest = next(iter(kept_drafts.every(beginning)), None)
        number = newest.subject.removeprefix(beginning) if newest else ""
        state[_edited(meeting.id)] = int(number) if number.isdigit() else None
        state[_seen(meeting.id)] = note_fields.seen(newest.content) if newest and number else None
    held: int | None = state[_edited(meeting.id)]
    return held


def _draft(meeting: Meeting, number: int | None, key: str) -> drafts.KeptDraft | None:
    """Return what was typed of this note before this form began, as long as the form stands on screen."""
    state = st.session_state
    if f"{key}_draft" not in state or f"{key}_said" not in state:
        state[f"{key}_draft"] = kept_drafts.found(_subject(meeting.id, number))
    draft: drafts.KeptDraft | None = state[f"{key}_draft"]
    return draft


def _fields(meeting: Meeting, briefing: Briefing, key: str, start: Noted, follows: bool) -> None:
    refs = [slide.ref for slide in briefing.slides]
    coding.remember(f"{key}_slide", start.slide if start.slide in refs else refs[0])
    st.selectbox("Slide", refs, key=f"{key}_slide", format_func=lambda ref: _named(briefing, ref))
    if follows:
        st.fragment(_follow, run_every=EVERY_SECONDS)(meeting.id or 0, briefing, key)
    coding.remember(f"{key}_said", start.said)
    st.text_area("What was said", key=f"{key}_said", max_chars=LONGEST_NOTE, height=140,
                 help="What, not who: leave names out.")  # fmt: skip
    coding.remember(f"{key}_sector", start.sector)
    st.selectbox("Sector of the speaker", ("", *SECTORS), key=f"{key}_sector",
                 format_func=lambda code: code[:1].upper() + code[1:] or "Not said")  # fmt: skip
    coding.themes(key, start.themes)
    coding.levers(key, start.levers or {})
    coding.region(key, start.region)


def _say_overtaken(meeting: int, briefing: Briefing, who: Visitor, number: int | None, key: str) -> None:
    """Show what another has made of the note meanwhile, beside what stands in the form, with what can be done."""
    fault: Overtaken | None = st.session_state.get(OVERTAKEN)
    if fault is None or number is None:
        return
    with st.container(border=True, key="note_overtaken"):
        now = fault.now
        if now:
            st.html('<p class="note">It says now:</p>')
            st.html(_written(now, briefing))
        st.html('<p class="note">What you typed stands in the form below.</p>')
        with st.container(horizontal=True):
            if now:
                st.button("Mine in its place", key=f"{key}_mine", on_click=lead.act,
                          args=(_take_mine, meeting, who, key, number, now))  # fmt: skip
                st.button("Leave it as it is now", key=f"{key}_theirs", on_click=_let_go, args=(meeting, number))
            st.button(
                "Keep both: mine as a new note" if now else "Keep mine as a new note",
                key=f"{key}_both",
                on_click=_both,
                args=(meeting, number, key),
            )


def _take_mine(meeting: int, who: Visitor, key: str, number: int, now: Noted) -> None:
    """Keep what stands in the form in place of what another has made of the note, as it was shown here."""
    st.session_state[_seen(meeting)] = now
    st.session_state.pop(OVERTAKEN, None)
    _keep(meeting, who, key, number)


def _both(meeting: int, number: int, key: str) -> None:
    """Begin a new note with what stands in the form."""
    typed = note_fields.plain(_typed(key))
    _let_go(meeting, number)
    kept_drafts.keep(_subject(meeting, None), typed)


def _follow(number: int, briefing: Briefing, key: str) -> None:
    """Offer the slide that the room has moved on to."""
    now = meeting_queries.slide(meeting_queries.meeting(number)).ref
    if now == st.session_state.get(f"{key}_slide"):
        st.html('<p class="note" role="status">The room is on this slide.</p>')
        return
    st.html(Markup('<p class="note" role="status">The room is on slide {}.</p>').format(_named(briefing, now)))
    st.button("Note at the room's slide", key=f"{key}_to", on_click=_go_to, args=(f"{key}_slide", now))
    if st.session_state.pop(MOVED, False):
        st.rerun()


def _go_to(key: str, slide: str) -> None:
    st.session_state[key], st.session_state[MOVED] = slide, True


@store.beside_the_page()
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
    seen = st.session_state.get(_seen(meeting)) if number else None
    try:
        notes.note(store.engine(), meeting, who, _typed(key), number, seen)
    except Overtaken as fault:
        st.session_state[OVERTAKEN] = fault
        raise
    st.session_state[DONE] = "The note is changed." if number else "The note is kept."
    _let_go(meeting, number)


def _typed(key: str) -> Noted:
    slide, said, sector = (st.session_state[f"{key}_{field}"] for field in ("slide", "said", "sector"))
    return Noted(slide, said, sector, *coding.coded_now(key))


def _anew(meeting: int, number: int | None, now: Noted | None) -> None:
    """Begin this form without what was typed before."""
    _let_go(meeting, number)
    st.session_state[_edited(meeting)], st.session_state[_seen(meeting)] = number, now


def _let_go(meeting: int, number: int | None) -> None:
    """Begin the next note: what was typed of this one is kept for good, or not wanted."""
    kept_drafts.forget(_subject(meeting, number))
    st.session_state[_edited(meeting)] = None
    st.session_state.pop(OVERTAKEN, None)
    st.session_state[ROUND] = st.session_state.get(ROUND, 0) + 1


def _list(number: int, briefing: Briefing, taken: list[Note], who: Visitor) -> None:
    st.html(Markup('<h2 class="figure-title">{} so far</h2>').format(number_of(len(taken), "note")))
    st.page_link(page_path("record"), label="The meeting's record", query_params={"meeting": str(number)})
    for note in reversed(taken):
        with st.container(border=True, key=f"note_{note.id}"):
            st.html(_written(notes.noted(note), briefing))
            with st.container(horizontal=True):
                st.button("Change", key=f"change_{note.id}", on_click=_edit, args=(number, note.id, notes.noted(note)))
                with st.popover("Remove"):
                    st.button("Remove this note", key=f"remove_{note.id}", on_click=lead.act,
                              args=(_remove, number, who, note.id, notes.noted(note)))  # fmt: skip


def _written(note: Noted, briefing: Briefing) -> Markup:
    codebook = store.codebook()
    codes = [codebook.name("theme", code) for code in note.themes]
    codes += [f"{codebook.name('lever', code)} ({role})" for code, role in (note.levers or {}).items()]
    codes += [codebook.name("region", note.region)] if note.region else []
    place = briefing.place_of(note.slide)
    return Markup('<p class="note">Slide {}{}</p><p class="noted"><bdi>{}</bdi></p><p class="note">{}</p>').format(
        place, f" · {note.sector}" if note.sector else "", note.said, "; ".join(codes) or "Not coded yet."
    )


def _edited(meeting: int | None) -> str:
    return f"note_edited_{meeting}"


def _seen(meeting: int | None) -> str:
    return f"note_seen_{meeting}"


def _subject(meeting: int | None, number: int | None) -> str:
    return f"note:{meeting}/{number or ''}"


def _edit(meeting: int, number: int, seen: Noted) -> None:
    st.session_state[_edited(meeting)], st.session_state[_seen(meeting)] = number, seen
    st.session_state.pop(OVERTAKEN, None)


def _remove(meeting: int, who: Visitor, number: int, seen: Noted) -> None:
    notes.remove(store.engine(), meeting, who, number, seen)
    st.session_state[DONE] = "The note is removed."
