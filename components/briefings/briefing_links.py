"""Links that open a briefing on the wall."""

import streamlit as st

from components.figures import plain_text
from components.frame.shell import page_path


def link(label: str, query: dict[str, str]) -> None:
    """Draw a link that opens a briefing on the wall."""
    st.page_link(page_path("present"), label=plain_text.label(label), icon=":material/slideshow:", query_params=query)
