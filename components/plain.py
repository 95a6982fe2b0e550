"""Text as text, where Streamlit would read Markdown: in the labels of buttons, chips, radios and boxes to tick.

The options of st.selectbox and st.multiselect are no Markdown: they are shown as they are, with nothing escaped.
"""

import re

MARKDOWN = re.compile(r"([\\`*_{}\[\]()#+\-.!|~<>$:^=&])")


def label(text: str) -> str:
    """Return text for a label that Streamlit reads as Markdown, every sign that could mean something escaped."""
    return MARKDOWN.sub(r"\\\1", text)
