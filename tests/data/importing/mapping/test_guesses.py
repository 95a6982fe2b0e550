"""Which codes of people's own are guessed to mean which of ours: on words that tell one code from the others."""

import pytest

from data.collection.codebook import Codebook
from data.importing.mapping.mapping import Mapping
from data.importing.mapping.suggesting.word_suggestions import WordRow, words
from data.importing.mapping.targets import entries
from data.importing.readers.raw import CODE_SEPARATOR, RawCode, RawFile

GUESSED = {
    "pubs": "theme T1.4", "Village halls": "theme T1.1", "community centre": "theme T1.1", "Mosques": "theme T1.7",
    "Youth clubs": "theme T1.6", "Leisure centres": "theme T1.5", "Allotments": "theme T1.3", "Museums": "theme T1.2",
    "Libraries": "theme T1.2", "Parks": "theme T1.3", "Trust": "theme T2.3", "Belonging": "theme T2.4",
    "Pride in place": "theme T2.4", "Loneliness": "theme T2.5", "Bridging": "theme T2.2", "Crime": "theme T6.4",
    "Anti-social behaviour": "theme T6.4", "Third places": "theme T1.4", "Sure Start": "lever L6.2",
    "Asset transfer": "lever L2.1", "Buses": "lever L6.4", "Training": "lever L5.2",
    "Enablers": "direction strengthened",
}  # fmt: skip
OPEN = {
    "All::Places": "theme T1", "Place": "theme T2.4", "People": "lever L5", "Support": "lever L5.2",
    "Change": "lever L6.1", "Ties": "theme T2.1", "Power": "theme T4", "Grants": "lever L1.1", "Skills": "theme T5.2",
    "Funding": "theme T5.1", "Transport": "theme T1.9", "Meeting places": "theme T2.2",
    "Communities": "strand community",
    "High street": "", "Women": "", "Children": "", "Other": "", "Great quotes": "", "Interview 3": "", "Covid": "",
}  # fmt: skip
"""Codes for which nothing is filled in, with one that is offered."""


def row_of(code: str, codebook: Codebook) -> WordRow:
    """Return what is suggested for a code, by its path, of a codebook that holds it and those around it."""
    names = code.split(CODE_SEPARATOR)
    paths = [CODE_SEPARATOR.join(names[: depth + 1]) for depth in range(len(names))]
    codes = [RawCode(path, path.rpartition(CODE_SEPARATOR)[2], path.rpartition(CODE_SEPARATOR)[0]) for path in paths]
    file = RawFile("team.qdc", "REFI-QDA codebook", "", [], codes)
    return next(row for row in words(file, Mapping("team"), codebook) if row.word == code)


@pytest.mark.parametrize("code", GUESSED)
def test_a_code_that_tells_one_of_ours_from_the_others_is_guessed_to_mean_it(code: str, codebook: Codebook) -> None:
    row = row_of(code, codebook)
    assert ([str(target) for target in row.targets], row.guess) == ([GUESSED[code]], True)


@pytest.mark.parametrize("code", OPEN)
def test_a_code_of_a_word_that_many_of_ours_share_is_offered_and_not_guessed(code: str, codebook: Codebook) -> None:
    row = row_of(code, codebook)
    assert (row.targets, row.guess) == ((), False)
    assert OPEN[code] in [*map(str, row.choices), ""]


def test_our_own_names_mean_our_codes_and_are_no_guesses(codebook: Codebook) -> None:
    of_name: dict[str, list[str]] = {}
    for facet in ("theme", "lever"):
        for entry in entries(codebook, facet).values():
            of_name.setdefault(entry.name, []).append(f"{facet} {entry.code}")
    told = {name: row_of(name, codebook) for name in of_name}
    meant = {name: ([str(target) for target in row.targets], row.guess) for name, row in told.items()}
    assert meant == {name: (codes, False) for name, codes in of_name.items()}
