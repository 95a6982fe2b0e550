"""The regions page: what is known of a place, on the map and without it."""

from data.collection import geography
from tests.data.reckoning import OVERSEAS, ROWS, UK_REGIONS, wide
from tests.pages.test_pages import answer, said

HOME_PARTS = set(UK_REGIONS) - {"ENG", "UK", "GLO"}


def test_it_answers_with_the_regions_and_countries_that_findings_cover(open_page):
    findings = {code: sum(code in wide(row.regions) for row in ROWS) for code in HOME_PARTS}
    abroad = len({code for row in ROWS for code in row.regions} & OVERSEAS)
    assert answer(open_page("regions")) == (
        f"Findings cover all 12 UK regions and nations, from {min(findings.values())} about the South East to "
        f"{max(findings.values())} about the North East, and {abroad} other countries."
    )


def test_it_says_how_many_findings_stand_on_no_map(open_page):
    without = sum(row.point is None for row in ROWS)
    assert f"and {without} name no place that can be put on a map." in said(open_page("regions"))


def test_without_the_boundaries_all_but_the_map_is_there(open_page, monkeypatch, tmp_path):
    monkeypatch.setattr(geography, "FOLDER", tmp_path)
    app = open_page("regions")
    assert not app.exception
    words = said(app)
    assert "The map cannot be drawn" in words
    assert "uk_regions.geojson" in words
    assert "Findings by region or nation" in words


def test_where_no_finding_names_a_place_the_map_is_drawn_without_points(open_page):
    inside = [row for row in ROWS if "TLL" in row.regions and "T3" in wide(row.themes)]
    assert inside
    assert not any(row.point for row in inside)
    app = open_page("regions", {"region": "TLL", "theme": "T3"})
    assert not app.exception
    assert f"0 of {len(inside)} findings stand on a point of this map" in said(app)
