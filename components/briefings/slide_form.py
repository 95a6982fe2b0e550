"""The form of one slide: its words, its view and filter, its claim, its question, the notes."""

from collections.abc import Callable
from dataclasses import replace

import pandas as pd
import streamlit as st
from markupsafe import Markup

from components.briefings import briefing_edits, slide_draft
from components.briefings.slide_draft import FIELDS, KINDS, SOURCES, Begun
from components.figures import count_tables
from components.store import kept_drafts, store
from data.collection import clock
from data.presenting import claims, messages, numbers
from data.presenting.briefing import VIEWS, Briefing, Slide, free_ref
from data.presenting.briefing_checks import LONGEST, LONGEST_QUESTION, typed_numbers
from data.presenting.editions import KeptBriefing

WORDED = ("message", "text", "holds", "filter", "view")
"""What a slide says and of what: where one of these changes, its message counts as written anew."""
SAVED = "slide_saved"
"""The form that was saved last: a second press may come while the first is being kept."""


def show(kept: KeptBriefing, briefing: Briefing, slide: Slide, choose: Callable[[str], None]) -> None:
    """Draw the form of a slide; what is typed in it is kept as a draft, and becomes the slide when it is saved.

    Where another has changed the slide since something was typed, both stand there to choose from; `choose` is called
    with the ref of a slide that is made so.
    """
    form = slide_draft.begun(briefing, slide)
    overtaken = form.overtaken(slide)
    with st.container(border=True, key=f"{form.key}_form"):
        if overtaken:
            _say_overtaken(kept, briefing, slide, form, choose)
        elif form.typed:
            kept_drafts.say_found(form.typed, slide_draft.let_go, form.subject)
        _words(form)
        _question(form)
        st.text_area("Speaker's notes", str(form.start["notes"]), key=f"{form.key}_notes", max_chars=LONGEST["notes"])
        st.checkbox(
            "The message is right for today's numbers", bool(form.start["right"]), key=f"{form.key}_right",
            help="Keeps today's numbers with the message, so that a note is shown when they move.",
        )  # fmt: skip
        if not overtaken:
            st.button("Save this slide", type="primary", key=f"{form.key}_save", on_click=_save,
                      args=(kept, briefing, slide, form))  # fmt: skip
        kept_drafts.watch(form.subject, form.key, FIELDS, slide_draft.fields(slide), {slide_draft.OF: form.of})
    if typed := typed_numbers(slide):
        st.html(
            Markup(
                '<p class="note" role="note">Typed by hand, so nobody counts it anew: {}. A name in braces would.</p>'
            ).format(", ".join(typed))
        )
    with st.expander("Numbers that a message may name"):
        st.html(_named(slide))


def _say_overtaken(
    kept: KeptBriefing, briefing: Briefing, slide: Slide, form: Begun, choose: Callable[[str], None]
) -> None:
    st.html(
        '<p class="note" role="status">This slide was changed after you had begun: above it stands as it is now, and '
        "below what you typed. Nothing of either is lost until you choose.</p>"
    )
    with st.container(horizontal=True):
        st.button("Mine in its place", key=f"{form.key}_mine", on_click=_save, args=(kept, briefing, slide, form))
        st.button("Leave it as it is now", key=f"{form.key}_theirs", on_click=slide_draft.let_go, args=(form.subject,))
        st.button("Keep both: mine as a last slide", key=f"{form.key}_both", on_click=_save_beside,
                  args=(kept, briefing, form, choose))  # fmt: skip


def _words(form: Begun) -> None:
    key, start = form.key, {name: str(value) for name, value in form.start.items()}
    st.text_area(
        "Message", start["message"], key=f"{key}_message", max_chars=LONGEST["message"], height="content",
        help="One sentence. A name in braces is filled from the evidence: {findings:finding} gives 543 findings.",
    )  # fmt: skip
    left, right = st.columns([1, 1])
    views = list(VIEWS)
    left.selectbox("View", views, views.index(start["view"]), format_func=VIEWS.__getitem__, key=f"{key}_view")
    right.text_input(
        "Filter", start["filter"], key=f"{key}_filter", max_chars=LONGEST["filter"],
        help="As in the address of a page, after the question mark: region=TLC&lever=L6",
    )  # fmt: skip
    st.text_input(
        "What must hold for the message to be true", start["holds"], key=f"{key}_holds", max_chars=LONGEST["holds"],
        help="Such as: applied.strengthened > applied.impeded and gone.impeded > gone.strengthened",
    )  # fmt: skip
    st.text_area("Text beneath the message", start["text"], key=f"{key}_text", max_chars=LONGEST["text"])


def _question(form: Begun) -> None:
    key, start = form.key, {name: str(value) for name, value in form.start.items()}
    left, right = st.columns([1, 1])
    left.selectbox("Question to the room", KINDS, KINDS.index(start["kind"]), key=f"{key}_kind")
    right.selectbox("Options", list(SOURCES), list(SOURCES).index(start["from"]), key=f"{key}_from",
                    format_func=SOURCES.__getitem__)  # fmt: skip
    st.text_input("Words of the question", start["asked"], key=f"{key}_asked", max_chars=LONGEST_QUESTION)
    st.text_area("Options, one a line", start["options"], key=f"{key}_options")


def _save(kept: KeptBriefing, briefing: Briefing, slide: Slide, form: Begun) -> None:
    if st.session_state.get(SAVED) == form.key:
        return
    typed = slide_draft.now(form)
    new = slide_draft.as_slide(typed, slide)
    changed = any(getattr(new, name) != getattr(slide, name) for name in WORDED)
    if changed or typed["right"] or slide.written_for is None:
        new = written_today(new, briefing)
    if briefing_edits.put(kept, briefing, new):
        st.session_state[SAVED] = form.key
        slide_draft.let_go(form.subject)


def _save_beside(kept: KeptBriefing, briefing: Briefing, form: Begun, choose: Callable[[str], None]) -> None:
    new = slide_draft.as_slide(slide_draft.now(form), Slide(free_ref(briefing.slides), "", "text"))
    if briefing_edits.put(kept, briefing, written_today(new, briefing)):
        slide_draft.let_go(form.subject)
        choose(new.ref)


@store.beside_the_page()
def written_today(slide: Slide, briefing: Briefing) -> Slide:
    """Return a slide with today's numbers kept with its message, as anyone may see them: a room is told of them.

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


@store.beside_the_page()
def _named(slide: Slide) -> Markup:
    values = store.named_numbers(slide.wanted(store.codebook()), tuple(numbers.FAMILY_OF))
    table = pd.DataFrame(
        [(f"{{{name}}}", f"{value:,}" if isinstance(value, int) else value) for name, value in values.items()],
        columns=["name", "now"],
    )
    return count_tables.html_table(table, "Names and what they stand for under this slide's filter",
                             {"name": "Write", "now": "To say"})  # fmt: skip
