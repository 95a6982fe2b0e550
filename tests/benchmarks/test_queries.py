"""The two sides of the benchmark ask the same: their answers are compared, and a difference ends the run."""

import shutil

import pytest

from benchmarks import hand_sql, queries
from benchmarks.report import Limit


@pytest.mark.parametrize(("query", "held"), [("", hand_sql.UNFILTERED), (hand_sql.QUERY, hand_sql.FILTERED)])
def test_every_question_has_the_same_answer_by_hand(shipped_file, tmp_path, query, held):
    path = tmp_path / "evidence.sqlite"
    shutil.copy(shipped_file, path)
    times = queries.compared(path, query, held)
    assert set(times) == {question.name for asked in queries.PAGES.values() for question in asked}


def test_a_difference_is_noticed(shipped_file, tmp_path):
    path = tmp_path / "evidence.sqlite"
    shutil.copy(shipped_file, path)
    with pytest.raises(AssertionError, match="the answers differ"):
        queries.compared(path, "region=TLD", hand_sql.FILTERED)


@pytest.mark.parametrize(("measured", "said"), [(1.5, "met: Load: 1.5"), (1.51, "NOT MET: Load: 1.51")])
def test_a_limit_says_whether_it_is_kept(measured, said):
    assert str(Limit("Load", measured, 1.5)) == said
