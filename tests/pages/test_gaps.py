"""The gap map counts its gaps as the files do, and follows the choice of its rows and columns."""

from collections import Counter

import pytest

from tests.data.reckoning import CODES, ROWS, roles_of, upward, wide
from tests.pages.test_pages import answer, said

PLURALS = {"theme": "themes", "lever": "policy levers", "strand": "strands", "confidence": "confidences"}
HELD = {
    "theme": lambda row: wide(row.themes),
    "lever": lambda row: {lever for lever, _ in roles_of(row)},
    "strand": lambda row: {row.strand},
    "confidence": lambda row: {row.confidence},
}


def leaves(facet: str) -> list[str]:
    """Return the codes of a facet that no other code lies in."""
    broad = (
        {wider for code in CODES[facet] for wider in upward(code) - {code}} if facet in ("theme", "lever") else set()
    )
    return [code for code in CODES[facet] if code not in broad]


def gaps(rows, down: str, across: str) -> str:
    """Say, from the files, how many pairs of codes hold nothing, and how many hold nothing to rest on."""
    all_of, sure = Counter(), Counter()
    for row in rows:
        for pair in ((first, second) for first in HELD[down](row) for second in HELD[across](row)):
            all_of[pair] += 1
            sure[pair] += row.confidence in ("high", "moderate")
    pairs = [(first, second) for first in leaves(down) for second in leaves(across)]
    empty = sum(not all_of[pair] for pair in pairs)
    unsure = sum(bool(all_of[pair]) and not sure[pair] for pair in pairs)
    return (
        f"{empty:,} of {len(pairs):,} combinations of {PLURALS[down]} and {PLURALS[across]} have no finding; "
        f"{unsure:,} more have findings, but none of high or moderate confidence."
    )


def test_it_answers_with_how_many_combinations_hold_nothing(open_page):
    assert answer(open_page("gaps")) == gaps(ROWS, "theme", "lever")


def test_a_filter_leaves_more_combinations_empty(open_page):
    rows = [row for row in ROWS if row.strand == "community"]
    assert answer(open_page("gaps", {"strand": "community"})) == (
        f"In the community strand: {gaps(rows, 'theme', 'lever')}"
    )


@pytest.mark.parametrize(("down", "across"), [("lever", "theme"), ("theme", "strand"), ("strand", "confidence")])
def test_other_rows_and_columns_are_counted_the_same_way(open_page, down, across):
    app = open_page("gaps")
    app.selectbox(key="gaps_columns").set_value(across)
    app.selectbox(key="gaps_rows").set_value(down).run()
    assert not app.exception
    assert answer(app) == gaps(ROWS, down, across)


def test_no_finding_is_not_told_as_no_effect(open_page):
    assert "No finding in this collection is not the same as no effect." in said(open_page("gaps"))
