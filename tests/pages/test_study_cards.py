"""The findings beneath an answer stand by study: one study, one card, so that none fills the first view."""

import re
from collections import defaultdict

import pytest

from components.findings.study_cards import FIRST, PAGE_SIZE
from data.filters.filter import Filter
from tests.data.reckoning import CONFIDENCES, inside
from tests.pages.test_pages import said


def in_order(rows) -> list[list[str]]:  # type: ignore[no-untyped-def]
    """Return the findings' texts by study, the study of the surest finding first, from the files."""
    found = defaultdict(list)
    for row in sorted(rows, key=lambda row: (CONFIDENCES.index(row.confidence), row.ref)):
        found[row.study].append(row.ref)
    return list(found.values())


def refs(app) -> list[str]:  # type: ignore[no-untyped-def]
    """Return the refs of the findings that are drawn as cards, in the order of the page."""
    fronts = [part.body for part in app.get("html") if '<p class="said">' in part.body]
    return [re.search(r"· ([A-Z]+-E\d+)</p>", front)[1] for front in fronts]  # type: ignore[index]


@pytest.mark.parametrize("script", ["overview", "themes", "levers", "regions", "gaps"])
def test_the_first_view_holds_as_many_studies_as_cards(open_page, script):
    wanted = Filter(lever=("L6",), strand=("literature",))
    app = open_page(script, wanted.to_query())
    assert not app.exception
    studies = in_order(inside(wanted))
    assert refs(app) == [ref for study in studies[:PAGE_SIZE] for ref in study[:FIRST]]
    assert f"Studies 1 to {PAGE_SIZE} of {len(studies)}." in said(app)


def test_the_other_findings_of_a_study_open_on_a_press(open_page):
    wanted = Filter(finding=tuple(row.ref for row in inside(Filter()) if row.study == "space-for-community"))
    app = open_page("overview", wanted.to_query())
    ((first, second, *more),) = in_order(inside(wanted))
    assert refs(app) == [first, second]
    assert f"{2 + len(more)} findings here, from " in said(app)
    assert f"{len(more)} more findings of this study" in [part.label for part in app.expander]
    app.session_state["overview_more_space-for-community"] = True
    app.run()
    assert refs(app) == [first, second, *more]
