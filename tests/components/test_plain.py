"""Labels that Streamlit reads as Markdown show text from evidence as it is."""

from hypothesis import given
from hypothesis import strategies as st

from components.plain import MARKDOWN, label


def test_every_sign_that_could_mean_something_is_escaped():
    assert label("**bold** [x](y) :red[z] $a$") == r"\*\*bold\*\* \[x\]\(y\) \:red\[z\] \$a\$"


@given(st.text())
def test_taking_the_escapes_away_gives_the_text_back(text):
    escaped = label(text)
    assert MARKDOWN.sub("", text) == MARKDOWN.sub("", escaped)
    assert len(escaped) == len(text) + len(MARKDOWN.findall(text))
