"""Where the evidence comes from, in a line beneath each answer: who coded it, how much was read, and Method."""

import streamlit as st
from markupsafe import Markup

from components.figures import plain_text
from components.frame import address
from components.store import store
from data.filters.filter import Filter

EVERYTHING = Filter()
METHOD = "method"
"""The address of the Method page, beside those of the other pages."""


def show(wanted: Filter) -> None:
    """Draw the line of the filter's findings, where there is one."""
    if said := store.whence(wanted):
        st.html(Markup('<p class="note whence">{} {}</p>').format(plain_text.unbroken(said), way(wanted)))


def way(wanted: Filter = EVERYTHING, *, new_tab: bool = False) -> Markup:
    """Return the link to the Method page with the filter; in a new tab where what is open must stay, as on the wall."""
    target = (
        Markup(' target="_blank" rel="noopener noreferrer"') if new_tab else Markup(' class="within" target="_self"')
    )
    text = "Method (new tab)" if new_tab else "Method"
    return Markup('<a href="{}"{}>{}</a>').format(address.way(METHOD, wanted), target, text)
