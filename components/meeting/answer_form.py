"""The form in which a follower answers, and what they may say of themselves; all of it is checked in data/meeting."""

from collections.abc import Sequence

import streamlit as st
from markupsafe import Markup

from components import plain, store
from components.meeting import asked
from data.meeting import answers, rooms
from data.meeting.answers import LONGEST_TEXT
from data.meeting.faults import MeetingFault
from data.presenting.briefings import MOST_RANKED, Kind, Question, Slide
from data.queries.regions import home_parts

SAID = "answer_said"
NOBODY_SAYS = "Rather not say"


def show(meeting: int, participant: int, device: str, slide: Slide) -> None:
    """Draw the form for a slide's question, filled with what was answered before."""
    question = slide.question
    if question is None:
        return
    before = asked.given(participant, slide)
    key = f"answer_{meeting}_{slide.ref}"
    with st.form(f"{key}_form", border=True):
        value = _field(question, question.choices(store.codebook()), before, key)
        # One label for the first answer and for a change: with another name it would be another button, not pressed.
        sent = st.form_submit_button("Send my answer", type="primary")
    if sent:
        _send(meeting, device, slide.ref, value)
    _say(key if before or sent else "")


def _field(question: Question, choices: dict[str, str], before: Sequence[str], key: str) -> list[str]:
    """Draw the field of a question and return what it holds."""
    label, names = plain.label(question.text), {code: plain.label(name) for code, name in choices.items()}
    options = list(choices)
    if question.kind == Kind.TEXT:
        text = st.text_area(label, value=before[0] if before else "", max_chars=LONGEST_TEXT, key=key,
                            help="The presenter reads it first, and may show it to the room.")  # fmt: skip
        return [text or ""]
    if question.kind == Kind.RANK:
        return st.multiselect(
            f"{label} Choose up to {MOST_RANKED}, the most important first.",
            options, default=list(before), format_func=choices.__getitem__, max_selections=MOST_RANKED, key=key,
        )  # fmt: skip
    if question.kind == Kind.SEVERAL:
        st.html(Markup('<p class="asked-of">{} Choose all that apply.</p>').format(question.text))
        return [code for code in options if st.checkbox(names[code], value=code in before, key=f"{key}_{code}")]
    index = options.index(before[0]) if before and before[0] in options else None
    named = {c: f"{c}: {names[c]}" for c in options} if question.kind == Kind.AGREE else names
    chosen = st.radio(label, options, index=index, format_func=named.__getitem__, key=key)
    return [chosen] if chosen is not None else []


def _send(meeting: int, device: str, slide: str, value: list[str]) -> None:
    try:
        answers.answer(store.engine(), meeting, device, slide, value, store.codebook())
        st.session_state[SAID] = (
            "Your answer is counted. You may change it until the question is closed."
            if any(value)
            else "You have no answer to this question now."
        )
    except MeetingFault as fault:
        st.session_state[SAID] = str(fault)


def _say(key: str) -> None:
    said = st.session_state.pop(SAID, "") if key else ""
    st.html(Markup('<p class="note" role="status">{}</p>').format(said))


def introduce(meeting: int, device: str) -> None:
    """Draw what a follower may say of themselves; each is optional."""
    words = store.codebook()
    regions = ["", *home_parts(words)]
    with st.expander("About you (optional)"), st.form("about_you", border=False):
        st.html(
            '<p class="note">No name, no account. Answers are shown by sector or region only for groups of at least '
            "five people.</p>"
        )
        sector = st.selectbox("Sector", ["", *rooms.SECTORS], format_func=lambda code: code or NOBODY_SAYS)
        region = st.selectbox(
            "Region or nation", regions, format_func=lambda code: words.name("region", code) if code else NOBODY_SAYS
        )
        if st.form_submit_button("Keep this"):
            try:
                rooms.introduce(store.engine(), meeting, device, sector or "", region or "", words)
                st.html('<p class="note" role="status">Kept, for this meeting only.</p>')
            except MeetingFault as fault:
                st.html(Markup('<p class="note" role="status">{}</p>').format(str(fault)))
