"""The heading of a page that is not about the filter's findings."""

import streamlit as st
from markupsafe import Markup


def show(answer: str) -> None:
    """Draw a page's answer as its first heading."""
    st.html(Markup('<h1 class="answer">{}</h1>').format(answer))
