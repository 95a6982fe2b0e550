"""A slide: every view can be drawn for a room and written for a phone, and no text in it is more than text."""

from datetime import date

import pytest

from components.slides import slide
from components.slides.slide_views import VIEWS as BUILT
from components.slides.slide_views import explored
from data.filters.filter import Filter
from data.presenting.briefing import VIEWS, Slide, WrittenFor

pytestmark = pytest.mark.slow


def test_every_view_that_a_slide_may_name_is_made_by_one():
    assert set(VIEWS) == set(BUILT)


@pytest.mark.parametrize("filter_", ["", "region=TLN", "region=TLN&lever=L1.5&role=applied"])
@pytest.mark.parametrize("view", VIEWS)
def test_every_view_is_prepared_whatever_its_filter_holds(shown, view, filter_):
    ready = slide.prepared(Slide("a", "{findings:finding}", view, filter_))
    written = slide.as_html(Slide("a", "{findings:finding}", view, filter_))
    assert ready.said.message in written
    assert "Data version 1" in written
    if ready.figure:
        assert ready.figure.numbers in written


def test_a_slide_counts_findings_sources_and_studies_and_says_how_sure(shown, csv_findings):
    line = slide.prepared(Slide("a", "So", "levers", "region=TLC")).source
    assert "23 findings from 21 sources, reporting 19 separate studies." in line
    assert "16 of 23 findings (70\N{NO-BREAK SPACE}%) are of low" in line
    assert "155 more findings are about all of England or all of the United Kingdom." in line
    assert "Choose a bar" not in line


def test_a_grid_has_its_long_table_folded_above_what_the_room_is_asked(shown):
    written = slide.as_html(Slide("a", "So", "definitions"))
    assert "<details><summary>The numbers as a table</summary>" in written


def test_words_of_an_editor_are_shown_as_they_are_written(shown):
    hostile = "<img src=x onerror=alert(1)> **bold**"
    written = slide.as_html(Slide("a", hostile, "text", text=f"{hostile}\n\n{hostile}"), level=2)
    assert "<img" not in written
    assert "&lt;img src=x onerror=alert(1)&gt; **bold**</h2>" in written


def test_a_moved_number_is_noted_above_the_figure_that_has_it(shown, csv_findings):
    kept = WrittenFor("earlier", date(2026, 5, 1), (("findings", 500),))
    written = slide.as_html(Slide("a", "{findings:finding}", "strands", written_for=kept))
    assert f"since this message was written on 1 May 2026: findings 500 → {len(csv_findings)}." in written


def test_a_finding_shows_its_levers_with_their_roles(shown):
    written = slide.as_html(Slide("a", "One", "finding", "finding=LIT-E002"))
    assert "Policy levers: Family, youth and early-years services (applied)" in written


@pytest.mark.parametrize(
    ("view", "picked", "filter_"),
    [
        ("levers", ["L6", "Withdrawn or lacking", "impeded"], Filter(lever=("L6",), role=("lacking", "withdrawn"))),
        ("themes", ["T1", "", "mixed"], Filter(theme=("T1",))),
        ("strands", ["community"], Filter(strand=("community",))),
        ("gap map", ["T1", ""], Filter(theme=("T1",))),
        ("lever places", ["UK", "Applied", "mixed"], Filter()),
    ],
)
def test_a_click_narrows_to_what_was_clicked(view, picked, filter_):
    assert explored(view, Filter(), picked) == filter_
