"""A map on the wall: beside it stand the same numbers as bars, of every region whatever region is chosen."""

import json
from collections import Counter

import pytest

from components.figures import maps
from components.slides import room_map, slide, slide_views
from data.collection import geography
from data.filters.filter import Filter
from data.presenting.briefing import Slide
from tests.data.reckoning import ROWS

COUNTED = Counter(code for row in ROWS for code in row.regions)
HOME = [f"TL{letter}" for letter in "CDEFGHIJKLMN"]


@pytest.mark.parametrize("wanted", [Filter(), Filter(region=("TLC",))])
def test_the_bars_beside_the_map_are_each_regions_findings_in_the_csv_files(shown, wanted):
    bars = room_map.bars(wanted, "UK").figure["data"][0]
    assert dict(zip(bars["y"], bars["x"], strict=True)) == {code: COUNTED[code] for code in HOME}
    assert list(bars["x"]) == sorted(bars["x"], reverse=True)


def test_the_numbers_on_the_map_are_those_of_the_bars(shown):
    drawn = json.loads(room_map.of(Filter(), "UK").deck.to_json())
    numbers = next(layer for layer in drawn["layers"] if layer["id"].startswith(maps.NUMBERS))
    assert numbers["getSize"] == 26
    assert sorted(int(row["number"]) for row in numbers["data"]) == sorted(COUNTED[code] for code in HOME)


def test_the_world_has_a_bar_for_each_country_with_findings_and_no_other(shown):
    bars = room_map.bars(Filter(), "World").figure["data"][0]
    world = {code: number for code, number in COUNTED.items() if len(code) == 3 and code not in (*HOME, "ENG", "GLO")}
    assert {code: number for code, number in zip(bars["y"], bars["x"], strict=True) if code != "UK"} == world
    assert all(bars["x"])


def test_a_phone_has_the_bars_and_a_wall_the_map_too(shown):
    of_map = Slide("a", "So", "map", "region=TLC")
    assert slide.prepared(of_map).map is not None
    assert slide.prepared(Slide("a", "So", "coverage", "region=TLC")).map is None
    assert "North East" in slide.as_html(of_map)
    assert "deck" not in slide.as_html(of_map)


def test_without_its_boundaries_the_slide_has_the_bars_alone(shown, monkeypatch, tmp_path):
    monkeypatch.setattr(geography, "FOLDER", tmp_path)
    ready = slide.prepared(Slide("a", "So", "map"))
    assert ready.map is None
    assert ready.figure is not None


def test_an_area_that_is_chosen_narrows_to_its_region():
    assert slide_views.explored("map", Filter(strand=("community",)), ["TLC"]) == Filter(
        region=("TLC",), strand=("community",)
    )
