"""Headlines claim no more than they can bear: few findings are shown, a side left out is not missing."""

import re

import pytest

from tests.data.reckoning import ROWS, upward, votes
from tests.pages.test_pages import answer, said

FEW = {"lever": "L6.1", "region": "TLC"}
HELD = [row for row in ROWS if "TLC" in row.regions and "L6.1" in {lever for lever, _ in row.levers}]


@pytest.mark.parametrize("script", ["overview", "regions", "themes", "levers", "gaps"])
def test_few_findings_are_shown_in_the_place_of_ratios(open_page, script):
    app = open_page(script, FEW)
    assert not app.exception
    assert 0 < len(HELD) <= 5
    sources = len({row.source for row in HELD})
    assert answer(app) == (
        f"Library and cultural services, in the North East: {len(HELD)} findings from {sources} sources, "
        "shown here one by one."
    )
    words = said(app)
    for row in HELD:
        assert words.count(row.cells["finding"]) == 1, row.ref
    assert "Wilson" not in words
    assert " of 1 study" not in words


def test_a_bar_that_takes_a_side_out_does_not_make_it_missing(open_page):
    app = open_page("levers", {"lever": "L6", "role": "lacking,withdrawn"})
    words = said(app)
    assert "where applied" not in answer(app)
    assert "no study here reports an effect where applied" not in words.lower()
    assert "what is told of them as applied and proposed is left out, not missing" in words


def test_two_totals_of_one_place_are_both_right_and_it_is_said_why(open_page):
    """In the North East 5 of 18 studies strengthen; where levers were applied, 6 of 8: over other findings."""
    here = [row for row in ROWS if "TLC" in row.regions]
    applied = [row for row in here if "applied" in {role for _, role in row.levers}]
    (up, down, mixed), told = votes(here)[3:], votes(applied)[3:]
    assert up < told[0]
    app = open_page("regions", {"region": "TLC"})
    assert answer(app) == f"In the North East: {up} studies report strengthening, {down} impeding and {mixed} a mix."
    words = said(app)
    assert f"Where policy levers were applied, {told[0]} of {sum(told)} studies report strengthening" in words
    assert (
        "These numbers have different totals, and all are right: each study votes once over all its findings" in words
    )


@pytest.mark.parametrize("script", ["overview", "regions"])
def test_no_totals_are_called_different_where_no_study_reports_an_effect(open_page, script):
    words = said(open_page(script, {"direction": "context", "region": "ENG"}))
    assert "no study here reports an effect" in words.casefold()
    assert "different totals" not in words


def test_a_lever_beside_its_parts_has_other_numbers_all_right_and_it_is_said_why(open_page, codebook):
    def applied(lever: str) -> tuple[int, ...]:
        return votes(
            [row for row in ROWS if any(lever in upward(code) and role == "applied" for code, role in row.levers)]
        )[3:]

    whole, parts = applied("L6"), {code: applied(code) for code in codebook.parts("lever", "L6")}
    assert sum(map(sum, parts.values())) > sum(whole)
    app = open_page("levers", {"lever": "L6"})
    words = " ".join(said(app).split())
    assert f"where applied, {whole[0]} of {sum(whole)} studies report strengthening" in answer(app)
    for code, (up, down, mixed) in parts.items():
        assert f"{codebook.name('lever', code)} applied" in words
        assert re.search(rf"{re.escape(codebook.name('lever', code))} applied \d+ \d+ \d+ {up} {down} {mixed} ", words)
    assert f"These bars are the parts of {codebook.name('lever', 'L6')}. A study votes once on the whole" in words
    assert "all are right" in words


@pytest.mark.parametrize("script", ["method", "agreement", "levers", "overview"])
def test_no_statistic_is_named_in_a_headline(open_page, script):
    headline = answer(open_page(script)).lower()
    assert not [word for word in ("kappa", "alpha", "wilson", "interval", "p =", "p <") if word in headline]
