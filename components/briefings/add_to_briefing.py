"""Add to briefing: the view now on screen, with its filter, as the last slide of a briefing; for editors."""

import streamlit as st

from components.briefings import briefing_edits, slide_form
from components.slides import page_slides
from components.slides.page_slides import ON_PAGE
from components.store import kept_briefings, pending_presses, visitor
from data.filters.filter import Filter
from data.presenting.briefing import VIEWS, free_ref

WISHED = "add_to_briefing_wished"


def show(script: str, wanted: Filter) -> None:
    """Draw the way to add this page's view to a briefing, for an editor."""
    if script not in ON_PAGE or not visitor.current().edits:
        return
    if pending_presses.take(WISHED) == script:
        _add(f"add_{script}", wanted)
    briefing_edits.show_notice()
    opened = st.popover("Add to briefing", width="stretch", key=f"add_{script}", on_change="rerun")
    if opened.open:
        with opened:
            _choose(script)


def _choose(script: str) -> None:
    found = {
        kept.code: briefing[1].title
        for kept in kept_briefings.listed()
        if (briefing := kept_briefings.opened(kept.code))
    }
    if not found:
        st.html('<p class="note">There is no briefing yet: make one on the page Briefings.</p>')
        return
    key = f"add_{script}"
    st.selectbox("Briefing", list(found), format_func=found.__getitem__, key=f"{key}_to")
    st.selectbox("View", ON_PAGE[script], format_func=VIEWS.__getitem__, key=f"{key}_view")
    st.button("Add as its last slide", key=f"{key}_add", on_click=pending_presses.note, args=(WISHED, script))


def _add(key: str, wanted: Filter) -> None:
    code, view = str(st.session_state[f"{key}_to"]), str(st.session_state[f"{key}_view"])
    opened = kept_briefings.opened(code)
    if opened is None:
        st.session_state[briefing_edits.FAULTS] = ["The briefing is not there any more."]
        return
    kept, briefing = opened
    slide = page_slides.of_view(free_ref(briefing.slides), view, wanted)
    if briefing_edits.put(kept, briefing, slide_form.written_today(slide, briefing)):
        st.session_state[briefing_edits.NOTICE] = f"Added as slide {len(briefing.slides) + 1} of “{briefing.title}”."
