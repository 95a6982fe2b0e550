"""Words that may be names: capitals within a sentence and titles, but no places of the codebook."""

import pytest

from data.meeting.personal_names import perhaps


@pytest.mark.parametrize(
    ("text", "known", "found"),
    [
        ("The library closed. We asked why, and I went.", (), []),
        ("We asked Mrs Oakapple and then Brendan-Lee.", (), ["Oakapple", "Brendan-Lee"]),
        ("Cllr. Thornby said so.", (), ["Thornby"]),
        ("They closed it in the North East and in Leeds.", ("North East",), ["Leeds"]),
        ("it was Zoë, Zoë and O’Hara", (), ["Zoë", "O’Hara"]),
        ("“My hall” is Ours: No.\nYes, I’ve seen it.", (), ["Ours"]),
        ("", (), []),
    ],
)
def test_words_are_pointed_out_once_and_in_order(text, known, found):
    assert perhaps(text, known) == found
