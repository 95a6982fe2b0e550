"""The slides of the Agreement page say how far its codings agree, as tables, in messages of their own."""

import pytest

from components.agreement import agreement_slides
from data.exporting.slide_parts import Grid
from data.filters.filter import Filter

pytestmark = pytest.mark.usefixtures("shown")


def test_each_facet_is_a_row_and_its_codes_agreed_on_least_are_a_slide():
    by_facet, *by_code = agreement_slides.of(Filter())()
    assert by_facet.message == "Beyond chance, coders agree most on direction and least on policy levers"
    (grid,) = by_facet.parts
    assert isinstance(grid, Grid)
    assert [name for name, _ in grid.rows] == ["Direction", "Themes", "Policy levers"]
    first = next([cell.text for cell in cells] for _, cells in grid.rows)
    assert first == ["543", "0.84", "0.79", "0.79", "0.74 to 0.83"]
    assert [page.message.split(",")[0] for page in by_code] == ["Of direction", "Of themes", "Of policy levers"]
    for page in by_code:
        (codes,) = page.parts
        told = [float(cells[0].text) for _, cells in codes.rows]
        assert told == sorted(told)
        assert page.message.endswith(f"“{codes.rows[0][0]}” is agreed on least")


def test_few_findings_have_their_scope_and_no_slide_of_codes_that_one_finding_would_swing():
    (page,) = agreement_slides.of(Filter(region=("TLC",)))()
    assert page.message == "In the North East: beyond chance, coders agree most on direction and least on policy levers"
    assert "All findings, in the North East" in page.source
    assert "[z]: does not apply." in page.source


def test_where_no_finding_is_coded_twice_there_is_no_slide():
    assert agreement_slides.of(Filter(region=("FRA",), theme=("T1.9",), lever=("L6.4",)))() == ()
