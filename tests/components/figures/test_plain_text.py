"""Text is shown as it is: labels that Streamlit reads as Markdown, and numbers that keep their signs."""

from hypothesis import given
from hypothesis import strategies as st

from components.figures.plain_text import MARKDOWN, label, unbroken


def test_every_sign_that_could_mean_something_is_escaped():
    assert label("**bold** [x](y) :red[z] $a$") == r"\*\*bold\*\* \[x\]\(y\) \:red\[z\] \$a\$"


@given(st.text())
def test_taking_the_escapes_away_gives_the_text_back(text):
    escaped = label(text)
    assert MARKDOWN.sub("", text) == MARKDOWN.sub("", escaped)
    assert len(escaped) == len(text) + len(MARKDOWN.findall(text))


def test_a_line_never_ends_within_a_percentage_or_a_p_value():
    assert unbroken("6 of 8 (75 %); p < 0.001, p = 0.62") == (
        "6 of 8 (75\N{NO-BREAK SPACE}%); p\N{NO-BREAK SPACE}<\N{NO-BREAK SPACE}0.001, "
        "p\N{NO-BREAK SPACE}=\N{NO-BREAK SPACE}0.62"
    )
