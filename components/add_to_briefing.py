"""Add to briefing: the view now on screen, with its filter, as the last slide of a briefing; for editors."""

import streamlit as st

from components import briefing_edits, kept_briefings, region_pair, slide_form, visitor, wishes
from data.filters import Filter
from data.presenting.briefings import VIEWS, Slide, free_ref

ON_PAGE = {
    "overview": ("levers", "strands", "coverage", "confidence"),
    "regions": ("map", "regions", "place themes", "two regions", "countries", "world map"),
    "themes": ("themes", "fine themes", "themes together"),
    "levers": ("levers", "lever places", "confidence"),
    "gaps": ("gap map",),
    "findings": ("finding",),
    "sources": ("methods", "years"),
    "definitions": ("definitions",),
    "method": ("limits",),
}
"""The views of each page, the first one first offered."""
MESSAGES = {
    "levers": "{says.sides}",
    "lever places": "{says.sides}",
    "confidence": "{says.confidence}",
    "themes": "Told most: {says.themes}",
    "fine themes": "Told most: {says.themes}",
    "place themes": "{says.place}, told most: {says.themes}",
    "themes together": "Told most: {says.themes}",
    "gap map": "Of {gaps.pairs} pairings of a narrow theme with a narrow lever, {gaps.empty} hold no finding",
    "definitions": "{definitions.physical_places} of {definitions.total} definitions count in physical places",
    "limits": "What to know before using these findings",
}
"""What a new slide says until it is edited: a sentence that is computed, and so true."""
OTHER = "{says.counts}"
WISHED = "add_to_briefing_wished"


def show(script: str, wanted: Filter) -> None:
    """Draw the way to add this page's view to a briefing, for an editor."""
    if script not in ON_PAGE or not visitor.current().edits:
        return
    if wishes.take(WISHED) == script:
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
    st.button("Add as its last slide", key=f"{key}_add", on_click=wishes.make, args=(WISHED, script))


def _add(key: str, wanted: Filter) -> None:
    code, view = str(st.session_state[f"{key}_to"]), str(st.session_state[f"{key}_view"])
    opened = kept_briefings.opened(code)
    if opened is None:
        st.session_state[briefing_edits.FAULTS] = ["The briefing is not there any more."]
        return
    kept, briefing = opened
    slide = Slide(free_ref(briefing.slides), MESSAGES.get(view, OTHER), view, shown(view, wanted).to_address())
    if briefing_edits.put(kept, briefing, slide_form.written_today(slide, briefing)):
        st.session_state[briefing_edits.NOTICE] = f"Added as slide {len(briefing.slides) + 1} of “{briefing.title}”."


def shown(view: str, wanted: Filter) -> Filter:
    """Return the filter that shows a view as it is now on screen: of two regions, the two that are chosen there."""
    pair = region_pair.on_screen(wanted) if view == "two regions" else None
    return wanted.narrowed(region=pair) if pair else wanted
