"""The present question's answers by sector or by region, in the speaker's window alone: the room sees all together."""

import streamlit as st
from markupsafe import Markup

from components.meeting.follower import meeting_queries, result_bars, room_page
from components.meeting.follower.result_bars import Groups
from components.store import store
from data.meeting.results import FEWEST, Results
from data.presenting.briefing import Slide

ALL = "All"
WHAT = {ALL: "", "By sector": "sector", "By region": "region"}
WHILE_OPEN = "Groups are told apart once the question is closed."
NONE = f"No groups can be told apart: each needs at least {FEWEST} answers, and so do all the others together."


def show(number: int, slide: Slide, found: Results, is_open: bool) -> None:
    """Draw the results of a slide's question, all together or by what the presenter chooses beside them."""
    if slide.question is None:
        return
    chosen = ALL
    if not slide.question.of_kind.in_words:
        chosen = st.selectbox("Show the answers", list(WHAT), key=f"answers_by_{slide.ref}", width=200) or ALL
    if not WHAT[chosen]:
        st.html(room_page.of_results(slide.question, found, heading="h3"))
        return
    groups = _groups(number, slide, WHAT[chosen])
    st.html(result_bars.in_groups(slide.question, found, groups))
    if not groups:
        st.html(Markup('<p class="note" role="status">{}</p>').format(WHILE_OPEN if is_open else NONE))


def _groups(number: int, slide: Slide, what: str) -> Groups:
    """Return the groups that may be told apart under their names, in the order that data/meeting gives them."""
    found = meeting_queries.by_group(number, slide, what)
    words = store.codebook()
    return {words.name("region", code) if what == "region" else code: options for code, options in found.items()}
