"""The form of one slide: its words, its view and filter, its claim, its question, the notes."""

from dataclasses import replace
from typing import Any

import pandas as pd
import streamlit as st
from markupsafe import Markup

from components import briefing_edits, store, tables
from data import clock
from data.codebook import FACET_NAMES
from data.presenting import claims, messages, numbers
from data.presenting.briefings import OPTIONS_FROM, VIEWS, Briefing, Kind, Question, Slide
from data.presenting.checking import LONGEST, LONGEST_QUESTION, typed_numbers
from data.presenting.keeping import Kept

NO_QUESTION = "no question"
FREE = "those below"
FIELDS = ("message", "view", "filter", "holds", "text", "kind", "from", "asked", "options", "notes", "right")
WORDED = ("message", "text", "holds", "filter", "view")
"""What a slide says and of what: where one of these changes, its message counts as written anew."""


def show(kept: Kept, briefing: Briefing, slide: Slide) -> None:
    """Draw the form of a slide; what is in it is kept when it is sent.

    It begins anew where the slide has changed, and stays as it is filled in where anything else of the briefing has.
    """
    key = f"slide_{briefing.code}_{slide.ref}_{hash(slide)}"
    with st.form(key, border=True):
        _words(slide, key)
        _question(slide, key)
        st.text_area("Speaker's notes", slide.notes, key=f"{key}_notes", max_chars=LONGEST["notes"])
        st.checkbox(
            "The message is right for today's numbers", key=f"{key}_right",
            help="Keeps today's numbers with the message, so that a note is shown when they move.",
        )  # fmt: skip
        st.form_submit_button("Save this slide", type="primary", on_click=_save, args=(kept, briefing, slide, key))
    if typed := typed_numbers(slide):
        st.html(
            Markup(
                '<p class="note" role="note">Typed by hand, so nobody counts it anew: {}. A name in braces would.</p>'
            ).format(", ".join(typed))
        )
    with st.expander("Numbers that a message may name"):
        st.html(_named(slide))


def _words(slide: Slide, key: str) -> None:
    st.text_area(
        "Message", slide.message, key=f"{key}_message", max_chars=LONGEST["message"], height="content",
        help="One sentence. A name in braces is filled from the evidence: {findings:finding} gives 543 findings.",
    )  # fmt: skip
    left, right = st.columns([1, 1])
    views = list(VIEWS)
    left.selectbox("View", views, views.index(slide.view), format_func=VIEWS.__getitem__, key=f"{key}_view")
    right.text_input(
        "Filter", slide.filter, key=f"{key}_filter", max_chars=LONGEST["filter"],
        help="As in the address of a page, after the question mark: region=TLC&lever=L6",
    )  # fmt: skip
    st.text_input(
        "What must hold for the message to be true", slide.holds, key=f"{key}_holds", max_chars=LONGEST["holds"],
        help="Such as: applied.strengthened > applied.impeded and gone.impeded > gone.strengthened",
    )  # fmt: skip
    st.text_area("Text beneath the message", slide.text, key=f"{key}_text", max_chars=LONGEST["text"])


def _question(slide: Slide, key: str) -> None:
    asked = slide.question or Question(NO_QUESTION, "")
    kinds = [NO_QUESTION, *map(str, Kind)]
    left, right = st.columns([1, 1])
    left.selectbox("Question to the room", kinds, kinds.index(asked.kind), key=f"{key}_kind")
    sources = [FREE, *OPTIONS_FROM]
    right.selectbox(
        "Options", sources, sources.index(asked.options_from or FREE), key=f"{key}_from",
        format_func=lambda name: name if name == FREE else f"the broad entries of: {FACET_NAMES[name]}",
    )  # fmt: skip
    st.text_input("Words of the question", asked.text, key=f"{key}_asked", max_chars=LONGEST_QUESTION)
    st.text_area("Options, one a line", "\n".join(asked.options), key=f"{key}_options")


def _save(kept: Kept, briefing: Briefing, slide: Slide, key: str) -> None:
    state = {name: st.session_state[f"{key}_{name}"] for name in FIELDS}
    said = {name: str(state[name]).strip() for name in ("message", "view", "filter", "holds", "text", "notes")}
    new = Slide(slide.ref, **said, question=_asked(state), written_for=slide.written_for)
    changed = any(getattr(new, name) != getattr(slide, name) for name in WORDED)
    if changed or state["right"] or slide.written_for is None:
        new = written_today(new, briefing)
    briefing_edits.put(kept, briefing, new)


def _asked(state: dict[str, Any]) -> Question | None:
    if state["kind"] == NO_QUESTION:
        return None
    kind = str(state["kind"])
    source = "" if state["from"] == FREE or kind not in (Kind.ONE, Kind.SEVERAL, Kind.RANK) else str(state["from"])
    lines = () if source else tuple(line.strip() for line in str(state["options"]).splitlines() if line.strip())
    return Question(kind, str(state["asked"]).strip(), lines, source)


def written_today(slide: Slide, briefing: Briefing) -> Slide:
    """Return a slide with today's numbers kept with its message.

    One that leaves its region open keeps none, as it has other numbers for each; one at fault is left to be refused.
    """
    if briefing.parameter:
        return replace(slide, written_for=None)
    bare = replace(slide, written_for=None)
    try:
        values = store.slide_values(slide.wanted(store.codebook()), bare)
    except (messages.MessageFault, claims.ClaimFault):
        return bare
    return replace(slide, written_for=messages.written_for(values, store.current().digest, clock.today()))


def _named(slide: Slide) -> Markup:
    values = store.named_numbers(slide.wanted(store.codebook()), tuple(numbers.FAMILY_OF))
    table = pd.DataFrame(
        [(f"{{{name}}}", f"{value:,}" if isinstance(value, int) else value) for name, value in values.items()],
        columns=["name", "now"],
    )
    return tables.html_table(table, "Names and what they stand for under this slide's filter",
                             {"name": "Write", "now": "To say"})  # fmt: skip
