"""Circles among codes and their parents are found, each once, and named."""

import pytest

from data.importing.codebook.parents import circles, in_words


@pytest.mark.parametrize(
    ("parents", "found"),
    [
        ({}, []),
        ({"a": None, "b": "a", "c": "b"}, []),
        ({"a": "x"}, []),
        ({"a": "a"}, ["a below a"]),
        ({"a": "b", "b": "a"}, ["a below b below a"]),
        ({"d": "a", "a": "b", "b": "c", "c": "a", "e": "c"}, ["a below b below c below a"]),
        ({"a": "b", "b": "a", "c": "d", "d": "c"}, ["a below b below a", "c below d below c"]),
    ],
)
def test_a_circle_is_named_once(parents: dict[str, str | None], found: list[str]) -> None:
    assert [in_words(circle) for circle in circles(parents)] == found
