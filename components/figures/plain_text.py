"""Text as text, where Streamlit would read Markdown: in the labels of buttons, chips, radios and boxes to tick.

The options of st.selectbox and st.multiselect are no Markdown: they are shown as they are, with nothing escaped.
"""

import re

UNBROKEN = re.compile(r"(?<=\d) (?=%)|(?<=\bp) (?=[<=] \d)|(?<=\bp [<=]) (?=\d)")
"""Spaces at which a line must not end: before the sign of a percentage, and within p < 0.001."""
MARKDOWN = re.compile(r"([\\`*_{}\[\]()#+\-.!|~<>$:^=&])")


def label(text: str) -> str:
    """Return text for a label that Streamlit reads as Markdown, every sign that could mean something escaped."""
    return MARKDOWN.sub(r"\\\1", text)


def unbroken(text: str) -> str:
    """Return text whose numbers keep their signs on the same line: "84 %", "p < 0.001"."""
    return UNBROKEN.sub("\N{NO-BREAK SPACE}", text)
