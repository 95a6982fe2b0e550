"""What the method page says of agreement, of the reporting items and of loads, from made-up numbers."""

from datetime import UTC, datetime

import pandas as pd
import pytest

from data.coders.agreement_summary import COLUMNS
from data.curating.visible_loads import LoadTold
from data.sentences import on_method

ONE = ("One against other", "Direction", 8, 8, 0.75, 0.5, None)
SETS = ("One against other", "Themes", 8, 8, None, None, 0.4)
ROLES = ("One against other", "Role of a lever", 3, 2, 1.0, 1.0, None)


def table(*rows) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=COLUMNS)


def test_the_answer_gives_findings_and_share_and_no_statistic():
    assert on_method.answer(table(ONE, SETS)) == ("Two blind codings gave the same direction to 6 of 8 findings (75 %)")


def test_without_codings_the_answer_claims_nothing():
    assert on_method.answer(table()) == "How far coders agree is not known for this collection"


def test_each_comparison_is_one_sentence():
    assert on_method.agreed(table(ONE, SETS, ROLES)) == [
        "One against other, 8 findings: direction: 75 % agree, Cohen's kappa 0.50; themes: sets overlap 0.40 "
        "(Jaccard); role of a lever: 3 levers in 2 findings, 100 % agree, Cohen's kappa 1.00."
    ]


@pytest.mark.parametrize(
    ("known", "said"),
    [
        (10, "Every finding of the collection was coded twice."),
        (4, "4 of the collection's 10 findings were coded twice; of how far coders agree on the others nothing is "
            "known here."),
    ],
)  # fmt: skip
def test_it_says_of_how_many_findings_the_agreement_speaks(known, said):
    assert on_method.share_known(known, 10) == said


def test_the_nine_items_are_answered_in_order():
    items = on_method.swim()
    assert list(items["item"]) == list(range(1, 10))
    assert items["here"].str.len().min() > 80


def test_a_load_is_told_with_its_files_and_what_it_did():
    load = LoadTold(7, datetime(2026, 6, 24, 8, 5, tzinfo=UTC), 3, 2, 1, 0, "b" * 64, (("findings.csv", "a" * 64),))
    assert on_method.history([load]).to_dict("records") == [
        {
            "version": 7, "at": "2026-06-24 09:05 BST", "added": 3, "changed": 2, "withdrawn": 1,
            "codebook_changes": 0, "digest": "bbbbbbbbbbbb", "files": "findings.csv (aaaaaaaaaaaa)",
        }
    ]  # fmt: skip
