"""Headlines claim no more than they can bear: few findings are shown, a side left out is not missing."""

import pytest

from tests.data.reckoning import ROWS
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


@pytest.mark.parametrize("script", ["method", "agreement", "levers", "overview"])
def test_no_statistic_is_named_in_a_headline(open_page, script):
    headline = answer(open_page(script)).lower()
    assert not [word for word in ("kappa", "alpha", "wilson", "interval", "p =", "p <") if word in headline]
