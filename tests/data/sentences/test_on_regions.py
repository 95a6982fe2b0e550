"""Sentences on regions: how many have findings, in the number that each count asks for."""

import pytest

from data.sentences.on_regions import covered


@pytest.mark.parametrize(
    ("counts", "said"),
    [
        ((12, 12, 36), "12 of 12 UK regions and nations and 36 other countries have findings"),
        ((3, 12, 1), "3 of 12 UK regions and nations and 1 other country have findings"),
        ((1, 12, 0), "1 of 12 UK regions and nations has findings"),
        ((0, 12, 2), "0 of 12 UK regions and nations and 2 other countries have findings"),
        ((4, 12, 0), "4 of 12 UK regions and nations have findings"),
    ],
)
def test_regions_and_other_countries_with_findings_are_counted_in_words(counts: tuple[int, int, int], said: str):
    assert covered(*counts) == said
