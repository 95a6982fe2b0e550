"""The briefings: each with its title, where it came from, and the ways to present and to edit it."""

import streamlit as st
from markupsafe import Markup

from components import kept_briefings, present
from data.wording import number_of


def show() -> None:
    """Draw the list of briefings."""
    st.html('<h1 class="answer">Briefings</h1>')
    for kept in kept_briefings.listed():
        opened = kept_briefings.opened(kept.code)
        if opened is None:
            continue
        with st.container(border=True):
            briefing = opened[1]
            st.html(Markup('<h2 class="figure-title">{}</h2><p class="note">{}</p>').format(
                briefing.title, number_of(len(briefing.slides), "slide")))  # fmt: skip
            present.link("Present", {"briefing": kept.code})
