"""A slide's question on the wall, with what may be answered."""

import streamlit as st
from markupsafe import Markup

from components.store import store
from data.presenting.briefing import Question


def _list_of(question: Question) -> Markup:
    # A number before an option reads as its rank; only how far one agrees goes from 1 to 5.
    return Markup("ol" if question.of_kind.scale else "ul")


def show(question: Question, options: bool = True) -> None:
    """Draw a question, how it is answered, and its options where these do not stand in its results."""
    choices = question.choices(store.codebook()) if options else {}
    listed = Markup("").join(Markup("<li>{}</li>").format(choice) for choice in choices.values())
    st.html(
        Markup('<h1 class="asked">{}</h1><p class="how">{}</p>').format(question.text, question.of_kind.hint)
        + (Markup('<{0} class="choices">{1}</{0}>').format(_list_of(question), listed) if choices else Markup(""))
    )
