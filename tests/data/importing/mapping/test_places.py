"""Which region a name or code of a place means, on what ground, and which names are never guessed."""

import csv
from pathlib import Path

import pytest

from data.collection.codebook import Codebook
from data.importing.mapping.places import region_of

SURE = {
    "TLC": ("TLC", "our code"),
    "eng": ("ENG", "our code"),
    "North East": ("TLC", "our name"),
    "the North East": ("TLC", "our name"),
    "North East England": ("TLC", "a common name"),
    "Yorkshire": ("TLE", "a common name"),
    "yorkshire and the humber": ("TLE", "our name"),
    "London": ("TLI", "our name"),
    "Greater London": ("TLI", "a common name"),
    "Wales": ("TLL", "our name"),
    "Cymru": ("TLL", "a common name"),
    "England": ("ENG", "our name"),
    "United Kingdom": ("UK", "our name"),
    "GBR": ("UK", "ISO 3166 code of the United Kingdom"),
    "E12000003": ("TLE", "its GSS code"),
    "N92000002": ("TLN", "its GSS code"),
    "W04000100": ("TLL", "a GSS code of a place in that nation"),
    "S12000036": ("TLM", "a GSS code of a place in that nation"),
    "E09000007": ("TLI", "a GSS code of a London borough"),
    "TLC11": ("TLC", "an ITL or NUTS code within it"),
    "UKD3": ("TLD", "an ITL or NUTS code within it"),
    "Sunderland": ("TLC", "a place within it"),
    "Bristol": ("TLK", "a place within it"),
    "Caerphilly": ("TLL", "a place within it"),
    "Caerffili": ("TLL", "a place within it"),
    "Moray": ("TLM", "a place within it"),
    "Derry/Londonderry": ("TLN", "a place within it"),
    "USA": ("USA", "our code"),
    "South Korea": ("KOR", "our name"),
    "Korea, Republic of": ("KOR", "a name in ISO 3166"),
    "Cote d'Ivoire": ("CIV", "our name"),
    "Holland": ("NLD", "a common name"),
    "Kosovo": ("XKX", "our name"),
}
UNSURE = {
    "Georgia": (("GEO", "USA"), "a name of several places"),
    "Northern": (("TLC", "TLD", "TLE", "TLN"), "a name of several places"),
    "Korea": (("KOR", "PRK"), "a name of several places"),
    "Great Britain": (("UK", "ENG", "TLM", "TLL"), "a name of several places"),
    "NE": (("TLC", "NER"), "a name of several places"),
    "DE": (("DEU",), "an ISO 3166 code of two letters"),
    "E06000001": (("ENG",), "a GSS code of a place in England, which has regions"),
    "California": (("USA",), "a part of that country"),
}


@pytest.mark.parametrize("word", SURE)
def test_is_known_by_name_and_by_code(word: str, codebook: Codebook) -> None:
    code, how = SURE[word]
    assert region_of(word, codebook) == ((code,), how, True)


@pytest.mark.parametrize("word", UNSURE)
def test_of_which_there_are_several_is_offered_and_not_guessed(word: str, codebook: Codebook) -> None:
    codes, how = UNSURE[word]
    assert region_of(word, codebook) == (codes, how, False)


@pytest.mark.parametrize("word", ["", "can", "and", "nowhere in particular", "X12000001", "TLZ1"])
def test_that_nobody_knows_means_nothing(word: str, codebook: Codebook) -> None:
    assert region_of(word, codebook) is None


def test_every_place_of_the_shipped_evidence_that_is_known_lies_where_it_is_coded(codebook: Codebook) -> None:
    coded: dict[str, set[str]] = {}
    for path in Path("data/shipped/strands").glob("*/findings.csv"):
        with path.open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                if row["place"] and row["regions"].startswith("TL"):
                    coded.setdefault(row["place"], set()).update(row["regions"].split(";"))
    known = {place: found for place in coded if (found := region_of(place, codebook)) and found.sure}
    assert len(known) > 35
    assert {place: found.codes for place, found in known.items() if found.codes[0] not in coded[place]} == {}
