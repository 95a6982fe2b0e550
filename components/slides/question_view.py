"""A slide's question on the wall, with what may be answered."""

import streamlit as st
from markupsafe import Markup

from components.store import store
from data.presenting.briefing import Question

STYLE = """
<style>
.asked { font-size: max(1.6rem, 3.2vw); font-weight: 650; line-height: 1.2; margin: 2vh 0; padding: 0; }
.how { font-size: max(1.05rem, 1.6vw); margin: 0 0 2vh 0; }
.choices { font-size: max(1.1rem, 1.9vw); line-height: 1.5; columns: 2 24em; margin: 0; }
</style>
"""


def _list_of(question: Question) -> Markup:
    # A number before an option reads as its rank; only how far one agrees goes from 1 to 5.
    return Markup("ol" if question.of_kind.scale else "ul")


def show(question: Question, options: bool = True) -> None:
    """Draw a question, how it is answered, and its options where these do not stand in its results."""
    choices = question.choices(store.codebook()) if options else {}
    listed = Markup("").join(Markup("<li>{}</li>").format(choice) for choice in choices.values())
    st.html(STYLE)
    st.html(
        Markup('<h1 class="asked">{}</h1><p class="how">{}</p>').format(question.text, question.of_kind.hint)
        + (Markup('<{0} class="choices">{1}</{0}>').format(_list_of(question), listed) if choices else Markup(""))
    )
