"""Sentences say what their numbers say, in the right number and no more."""

import pandas as pd
import pytest

from data.filters.filter import Filter
from data.queries.counting import Counts, SetAside
from data.queries.votes import SIDES, Votes
from data.sentences import on_votes


def sides(*rows):
    """Return a sides table of rows (code, side, strengthened, impeded, mixed)."""
    return pd.DataFrame(
        [
            {"code": code, "name": code, "side": side, "where": "", "strengthened": up, "impeded": down, "mixed": mixed}
            for code, side, up, down, mixed in rows
        ]
    )


APPLIED, GONE = SIDES


@pytest.mark.parametrize(
    ("table", "said"),
    [
        (
            sides(("", APPLIED, 34, 6, 12), ("", GONE, 1, 28, 2)),
            "Where applied, 34 of 52 studies report strengthening; "
            "where withdrawn or lacking, 28 of 31 report impeding.",
        ),
        (
            sides(("", APPLIED, 1, 0, 0), ("", GONE, 0, 0, 0)),
            "Where applied, the one study reports strengthening; "
            "no study here reports an effect where withdrawn or lacking.",
        ),
        (
            sides(("", APPLIED, 0, 0, 0), ("", GONE, 0, 1, 1)),
            "No study here reports an effect where applied; "
            "where withdrawn or lacking, 1 of 2 studies reports impeding.",
        ),
        (
            sides(("", APPLIED, 0, 0, 0), ("", GONE, 0, 0, 0)),
            "No study here reports an effect where applied; "
            "no study here reports an effect where withdrawn or lacking.",
        ),
    ],
)
def test_both_sides_of_a_lever_are_told_with_their_totals(table, said):
    assert on_votes.both_sides(table) == said


def test_a_lever_without_a_voting_study_is_left_out_of_the_comparison():
    table = sides(
        ("L1", APPLIED, 3, 1, 0), ("L1", GONE, 0, 2, 0), ("L2", APPLIED, 1, 1, 0), ("L2", GONE, 0, 0, 0)
    )  # fmt: skip
    assert on_votes.levers_in_words(table, ["L1", "L2"]) == (
        "Where applied, strengthening outnumbers impeding for 1 of 2 levers; "
        "where withdrawn or lacking, impeding outnumbers strengthening for 1 of 1 lever"
    )


def test_evidence_is_told_as_findings_sources_and_studies():
    assert on_votes.how_much(Counts(1, 1, 1)) == "1 finding from 1 source, reporting 1 separate study."
    assert on_votes.how_much(Counts(1204, 900, 1)) == ("1,204 findings from 900 sources, reporting 1 separate study.")


def test_low_and_very_low_confidence_are_told_as_a_part_of_the_whole():
    table = pd.DataFrame({"code": ["high", "moderate", "low", "very low"], "findings": [1, 0, 2, 1]})
    assert on_votes.how_sure(table) == "3 of 4 findings (75 %) are of low or very low confidence."
    one = table.assign(findings=[1, 0, 0, 0])
    assert on_votes.how_sure(one) == "The one finding is of high or moderate confidence."


def test_a_share_comes_with_its_interval_and_a_caution_where_studies_are_few():
    # Wilson 95 % for 3 of 4: 30.06 % to 95.44 % (Wilson 1927); exact two-sided sign test 2 * (1 + 4) / 16 = 0.625.
    assert on_votes.share_of(Votes(3, 1, 5)) == (
        "Of the 4 studies that took a side, 3 (75 %) report strengthening; 95 % Wilson interval 30 % to 95 %; "
        "two-sided sign test p = 0.62. Fewer than ten studies: read the test with caution."
    )
    assert on_votes.share_of(Votes(0, 0, 2)) == "No study takes a side, so no share is given."


def test_a_filter_by_direction_owns_up_to_its_shares(codebook):
    said = on_votes.nearby(Filter(direction=("impeded",)), SetAside(0, 0, 0), codebook)
    assert said == ["This view chooses findings by their direction, so its shares show that choice, not the evidence."]


def test_findings_just_outside_are_told(codebook):
    said = on_votes.nearby(Filter(region=("TLC",), year=(2015, 2020)), SetAside(155, 1, 0), codebook)
    assert said == [
        "155 more findings are about all of England or all of the United Kingdom.",
        "1 finding is left out because the source shows no year.",
    ]


def test_findings_without_a_place_are_told():
    assert on_votes.without_place(Counts(23, 1, 1), SetAside(0, 0, 10)) == (
        "10 of 23 findings here name no place, so no point shows them."
    )
    assert on_votes.without_place(Counts(2, 1, 1), SetAside(0, 0, 0)) == "Every finding here names a place."


def test_a_side_that_the_roles_leave_out_is_not_said_to_hold_no_study():
    table = sides(("", APPLIED, 3, 1, 0), ("", GONE, 0, 5, 1))
    assert on_votes.both_sides(table, wanted=Filter(role=("applied",))) == (
        "Where applied, 3 of 4 studies report strengthening."
    )
    assert on_votes.both_sides(table, wanted=Filter(role=("withdrawn",))) == (
        "Where withdrawn, 5 of 6 studies report impeding."
    )
    assert on_votes.both_sides(table, wanted=Filter(role=("proposed",))) == "What is only proposed has no vote."


def test_the_roles_left_out_are_named(codebook):
    said = on_votes.nearby(Filter(role=("lacking", "withdrawn")), SetAside(0, 0, 0), codebook)
    assert said == [
        "This view chooses policy levers by their role: what is told of them as applied and proposed is left out, "
        "not missing."
    ]


def test_of_one_study_there_is_no_share_interval_or_test():
    assert on_votes.share_of(Votes(1, 0, 3)) == (
        "The one study that took a side reports strengthening: too little for a share."
    )
    assert on_votes.direction_of(Votes(0, 0, 1)) == "The one study that reports an effect reports a mix."


def test_all_or_none_of_low_confidence_is_told_the_other_way_round():
    table = pd.DataFrame({"code": ["high", "moderate", "low", "very low"], "findings": [3, 4, 0, 0]})
    assert on_votes.how_sure(table) == "All 7 findings are of high or moderate confidence."
    assert on_votes.how_sure(table.assign(findings=[0, 0, 2, 1])) == (
        "All 3 findings are of low or very low confidence."
    )
