"""Two kinds of gap: nothing at all, and nothing of high or moderate confidence."""

import pandas as pd

from data.queries.gap_counts import Gaps, emptiest, gaps, gaps_in_words, widest

TABLE = pd.DataFrame(
    [
        ("T1.1", "L1", 5, 2),
        ("T1.1", "L2", 0, 0),
        ("T1.7", "L1", 0, 0),
        ("T1.7", "L2", 0, 0),
        ("T2.1", "L1", 3, 0),
        ("T2.1", "L2", 1, 1),
        ("T2.1", "", 9, 9),
        ("", "L1", 9, 9),
    ],
    columns=["row", "column", "findings", "sure"],
)


def test_empty_and_unsure_pairs_are_counted_apart_and_uncoded_findings_left_out():
    assert gaps(TABLE) == Gaps(pairs=6, empty=3, unsure=1)


def test_gaps_are_told_in_words():
    assert gaps_in_words(Gaps(6, 3, 1), "themes", "policy levers") == (
        "3 of 6 combinations of themes and policy levers have no finding; "
        "1 more have findings, but none of high or moderate confidence."
    )


def test_the_widest_gaps_are_named_emptiest_first(codebook):
    assert widest(TABLE, codebook, "theme", "policy levers") == [
        "Faith and belief settings: no finding in 2 of 2 policy levers",
        "Community buildings and hubs: no finding in 1 of 2 policy levers",
        "Bonding ties: none of high or moderate confidence in 1 of 2 policy levers",
    ]


def test_the_emptiest_entries_are_named_with_their_counts():
    table = pd.DataFrame({"name": ["a", "b", "c"], "findings": [3, 1, 2], "studies": [1, 1, 1]})
    assert emptiest(table, 2) == ["b (1 finding)", "c (2 findings)"]


def test_how_many_more_entries_have_as_few_is_said():
    """Three of many that hold nothing are not alone in that."""
    table = pd.DataFrame({"name": list("abcdef"), "findings": [0, 0, 4, 0, 0, 0], "studies": [0, 0, 3, 0, 0, 0]})
    assert emptiest(table) == ["a (0 findings)", "b (0 findings)", "d (0 findings)", "and 2 more with as few"]
    assert emptiest(table.iloc[[0, 1, 2]], 2) == ["a (0 findings)", "b (0 findings)"]
