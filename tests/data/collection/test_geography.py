"""Boundaries: every UK region and every country of the evidence has its shape, and a missing file is named."""

import pytest

from data.collection import geography
from data.collection.geography import BoundaryFault
from tests.data.reckoning import OVERSEAS, UK_REGIONS


def test_the_uk_map_has_the_twelve_regions_of_the_codebook():
    assert {area.code for area in geography.read("UK")} == set(UK_REGIONS) - {"ENG", "UK", "GLO"}


def test_the_world_map_has_almost_every_country_of_the_evidence():
    drawn = {area.code for area in geography.read("World")}
    assert "UK" in drawn
    assert len(OVERSEAS - drawn) <= 2


@pytest.mark.parametrize("sheet", ["UK", "World"])
def test_every_ring_ends_where_it_begins_and_lies_on_earth(sheet):
    for area in geography.read(sheet):
        for ring in (ring for polygon in area.polygons for ring in polygon):
            assert ring[0] == ring[-1]
            assert all(-180 <= longitude <= 180 and -90 <= latitude <= 90 for longitude, latitude in ring)


def test_a_missing_file_is_named_with_what_to_do(monkeypatch, tmp_path):
    monkeypatch.setattr(geography, "FOLDER", tmp_path)
    with pytest.raises(BoundaryFault, match=r"uk_regions\.geojson.*put it back from the project's files, then reload"):
        geography.read("UK")
