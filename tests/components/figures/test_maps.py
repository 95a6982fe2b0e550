"""Maps: shades in steps of proportion, dots by area, words for each, and nothing fetched from anywhere."""

import json
import re

import pandas as pd
import pytest

from components.figures import maps, theme
from data import palette
from data.collection import geography

COUNTS = pd.DataFrame([("TLC", "North East", 42), ("TLD", "North West", 7)], columns=["code", "name", "findings"])
PLACES = pd.DataFrame(
    [("@@=alert(1)", 54.9, -1.6, 9, 5, 1, 0, "strengthened"), ("", 53.4, -2.9, 1, 0, 0, 0, "")],
    columns=["place", "latitude", "longitude", "findings", "strengthened", "impeded", "mixed", "leading"],
)


@pytest.fixture(scope="module")
def drawn() -> dict:
    """Return the map of the United Kingdom as deck.gl reads it."""
    deck = maps.evidence_map(geography.read("UK"), COUNTS, {"TLC"}, PLACES, maps.VIEWS["UK"], 3)
    return json.loads(deck.to_json())


def layer(drawn: dict, name: str) -> dict:
    """Return a layer of the map by what its id begins with."""
    return next(layer for layer in drawn["layers"] if layer["id"].startswith(name))


def test_shades_are_even_steps_of_proportion_and_name_what_lies_in_them():
    classes = maps.shades([0, 1, 2, 1000])
    assert [(shade.first, shade.last) for shade in classes] == [(1, 2), (1000, 1000)]
    assert classes[-1].colour == palette.SEQUENCE[-1]
    assert maps.shade_of(0, classes) == palette.SEQUENCE[0]


def test_no_finding_anywhere_makes_no_shade():
    assert maps.shades([0, 0]) == ()


def test_a_dot_of_four_findings_has_four_times_the_area_of_one():
    assert maps.radius(4, 4) == pytest.approx(2 * maps.radius(1, 4), abs=0.1)


def test_every_region_of_the_map_is_drawn_with_its_number(drawn):
    codes = [area.code for area in geography.read("UK")]
    assert [feature["properties"]["code"] for feature in layer(drawn, maps.AREAS)["data"]] == codes
    numbers = dict(zip(codes, (row["number"] for row in layer(drawn, maps.NUMBERS)["data"]), strict=True))
    assert (numbers["TLC"], numbers["TLD"], numbers["TLE"]) == ("42", "7", "0")


def test_the_chosen_region_alone_is_outlined(drawn):
    assert [feature["properties"]["code"] for feature in layer(drawn, maps.CHOSEN)["data"]] == ["TLC"]


def test_words_of_the_evidence_never_begin_a_text_that_could_be_a_formula(drawn):
    said = [row["said"] for row in layer(drawn, maps.PLACES)["data"]]
    assert said == [
        "9 findings: @@=alert(1)\n▲ strengthened 5  ▼ impeded 1".replace("  ", "\n") + f"\n{rest(3)}",
        f"1 finding: a place without a name\n{rest(1)}",
    ]


def rest(number: int) -> str:
    """Return how findings that claim no effect are told."""
    return f"{theme.DIRECTION_SYMBOLS['context']} {maps.NO_CLAIM} {number}"


def test_a_map_names_no_address_that_a_browser_would_fetch(drawn):
    assert not re.findall(r"https?://(?!www\.w3\.org/)", json.dumps(drawn))
