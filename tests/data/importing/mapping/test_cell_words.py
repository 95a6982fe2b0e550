"""How the words of a cell are told apart, and which of them are the same."""

import pytest

from data.importing.mapping.cell_words import folded, parted

KNOWN = {"libraries, arts and culture", "parks", "london", "north east", "tyne and wear", "trinidad and tobago"}


@pytest.mark.parametrize(
    ("cell", "words"),
    [
        ("", []),
        ("Parks", ["Parks"]),
        ("Parks; London", ["Parks", "London"]),
        ("Parks | London\nNorth East", ["Parks", "London", "North East"]),
        ("Parks, London and North East", ["Parks", "London", "North East"]),
        ("London & North East", ["London", "North East"]),
        ("London / Parks", ["London", "Parks"]),
        ("Libraries, arts and culture", ["Libraries, arts and culture"]),
        ("Libraries, arts and culture, Parks", ["Libraries, arts and culture", "Parks"]),
        ("Tyne and Wear and London", ["Tyne and Wear", "London"]),
        ("France, Trinidad and Tobago", ["France", "Trinidad and Tobago"]),
        ("Health and wellbeing", ["Health and wellbeing"]),
        ("Health and wellbeing, London", ["Health and wellbeing", "London"]),
        ("London, and elsewhere", ["London", "elsewhere"]),
        ("Parks; Parks", ["Parks", "Parks"]),
    ],
)
def test_stand_apart_but_known_ones_stay_whole(cell: str, words: list[str]) -> None:
    assert parted(cell, lambda word: folded(word) in KNOWN) == words


@pytest.mark.parametrize("word", ["North East", " north  east ", "NORTH EAST.", "“North East”", "Nórth Eást"])
def test_are_the_same_whatever_their_case_spaces_accents_and_marks(word: str) -> None:
    assert folded(word) == "north east"


@pytest.mark.parametrize("word", ["+", "?", "-", "..."])
def test_that_are_marks_alone_stay(word: str) -> None:
    assert folded(word) == word
