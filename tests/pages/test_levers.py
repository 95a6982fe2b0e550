"""The policy levers page: a lever where applied beside where withdrawn or lacking, and the proof of every vote."""

import pytest

from tests.data.reckoning import OVERSEAS, ROWS, SIDE_OF_ROLE, upward, votes
from tests.pages.test_pages import answer, said

ON_SIDES = ("applied", "withdrawn or lacking")


def on_side(side: str, lever: str = "", rows=ROWS) -> list:
    """Return the findings in which the lever, or any, has a role of the side."""
    return [
        row
        for row in rows
        if any((not lever or lever in upward(code)) and SIDE_OF_ROLE.get(role) == side for code, role in row.levers)
    ]


def both_sides(lever: str = "", rows=ROWS) -> str:
    """Return the sentence on both sides, its numbers reckoned from the CSV files."""
    applied, gone = (votes(on_side(side, lever, rows))[3:] for side in ON_SIDES)
    return (
        f"where applied, {applied[0]} of {sum(applied)} studies report strengthening; "
        f"where withdrawn or lacking, {gone[1]} of {sum(gone)} report impeding."
    )


def about(place: str) -> list:
    """Return the findings about the United Kingdom, or about another country."""
    if place == "UK":
        return [row for row in ROWS if any("UK" in upward(code) for code in row.regions)]
    return [row for row in ROWS if row.regions & OVERSEAS]


def test_it_answers_for_every_lever_on_both_sides(open_page):
    assert answer(open_page("levers")) == f"Any policy lever: {both_sides()}"


@pytest.mark.parametrize("lever", ["L1", "L6.1", "L2.1"])
def test_it_answers_for_the_one_lever_that_is_chosen(open_page, codebook, lever):
    assert answer(open_page("levers", {"lever": lever})) == f"{codebook.name('lever', lever)}: {both_sides(lever)}"


def test_the_uk_stands_beside_overseas(open_page):
    words = said(open_page("levers"))
    assert f"UK: {both_sides(rows=about('UK'))} Overseas: {both_sides(rows=about('overseas'))}" in words


def test_proposals_are_counted_and_never_vote(open_page, codebook):
    proposed = [row for row in ROWS if any(role == "proposed" for _, role in row.levers)]
    words = said(open_page("levers"))
    assert f"{len(proposed)} findings propose a policy lever: counted here, but a proposal is no vote." in words


def test_a_share_is_said_with_its_interval_and_test(open_page):
    """112 of 142: Wilson's interval worked by hand from (p + z²/2n ± z √(p(1-p)/n + z²/4n²)) / (1 + z²/n), z = 1.96."""
    up, down, _ = votes(on_side("applied"))[3:]
    assert (up, up + down) == (112, 142)
    share, z2n = up / (up + down), 1.959964**2 / (up + down)
    spread = 1.959964 * (share * (1 - share) / (up + down) + z2n / (4 * (up + down))) ** 0.5
    low, high = ((share + z2n / 2 + sign * spread) / (1 + z2n) for sign in (-1, 1))
    assert (
        "Of the 142 studies that took a side, 112 (79 %) report strengthening; "
        f"95 % Wilson interval {100 * low:.0f} % to {100 * high:.0f} %"
    ) in said(open_page("levers"))


def test_few_studies_bring_a_caution(open_page):
    assert "Fewer than ten studies: read the test with caution." in said(open_page("levers", {"lever": "L8.1"}))


def test_every_study_with_a_vote_is_listed_on_its_side(open_page):
    app = open_page("levers", {"lever": "L6.1"})
    tables = [element.value for element in app.dataframe]
    for side, table in zip(ON_SIDES, tables, strict=True):
        findings, _, studies, up, down, mixed = votes(on_side(side, "L6.1"))
        assert (len(table), int(table["Findings"].sum())) == (studies, findings)
        assert dict(table["Vote"].value_counts().drop("no vote", errors="ignore")) == {
            vote: number
            for vote, number in zip(("strengthened", "impeded", "mixed"), (up, down, mixed), strict=True)
            if number
        }


def test_a_study_opens_the_findings_that_its_vote_rests_on(open_page):
    app = open_page("levers", {"lever": "L6.1"})
    top = app.dataframe[0].value.iloc[0]
    app.session_state["levers_studies_applied"] = {"selection": {"rows": [0], "columns": [], "cells": []}}
    app.run()
    shown = [
        row for row in on_side("applied", "L6.1") if row.cells["title"] == top["Study (title of one of its sources)"]
    ]
    assert shown
    assert all(row.ref in said(app) for row in shown)
    assert not app.exception
