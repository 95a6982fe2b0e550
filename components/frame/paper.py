"""Pages on paper: every panel, row and word, without what is only there to be pressed, and whence it was printed."""

import pandas as pd
import streamlit as st
from markupsafe import Markup

from components.figures import count_tables, plain_text
from components.frame import address
from components.store import store
from data.collection import clock
from data.filters.filter import Filter
from data.filters.wording import in_words

MOST = 200
"""Rows of a sortable table that are printed: as many as a page sends for paper without being slower on screen."""


def rows(frame: pd.DataFrame, caption: str, total: int = 0) -> None:
    """Draw, on paper alone, the rows of a table that stands on screen as a picture with a scroll bar.

    `total` is how many rows there are, if the table shows only a part of them.
    """
    shown = frame.head(MOST).astype(object)
    shown = shown.where(shown.notna(), "").map(str)  # years and refs as they are: a table of counts parts thousands
    more = max(total, len(frame)) - len(shown)
    rest = Markup('<p class="note">And {:,} more in the workbook.</p>').format(more) if more else Markup("")
    st.html(Markup('<div class="printed">{}{}</div>').format(count_tables.html_table(shown, caption), rest))


def foot(wanted: Filter) -> None:
    """Draw, on paper alone, of which filter and version of the evidence a page is, from which address and what day."""
    said = (
        f"{in_words(wanted, store.codebook())}. Data version {store.current()}. {address.link(wanted)} "
        f"Printed as of {clock.today():%-d %B %Y}."
    )
    st.html(Markup('<p class="printed note">{}</p>').format(plain_text.unbroken(said)))
