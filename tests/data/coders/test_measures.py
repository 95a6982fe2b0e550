"""Agreement beyond chance: published and hand-worked tables, and the packages' own answers on the shipped codings."""

import krippendorff
import numpy as np
import pytest
from nltk.metrics.agreement import AnnotationTask
from nltk.metrics.distance import masi_distance

from data.coders import measures
from data.coders.measures import measured
from data.coders.round_loads import FOLDER
from tests.conftest import read_csv

KRIPPENDORFF = (
    (1, 2, 3, 3, 2, 1, 4, 1, 2, 0, 0, 0),
    (1, 2, 3, 3, 2, 2, 4, 1, 2, 5, 0, 3),
    (0, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, 0),
    (1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, 0),
)
"""Four observers and twelve units, 0 where one is missing (Krippendorff 2011, section C); nominal alpha 0.743."""
ONCE = 1


def as_they_are(statistic, findings: int) -> list[float]:
    """Return a statistic of the findings themselves, each counted once."""
    return list(statistic(np.ones((ONCE, findings)))[0])


def counts(table) -> np.ndarray:
    """Return how many observers gave each value to each unit."""
    return np.array([[sum(row[unit] == value for row in table) for value in range(1, 6)] for unit in range(12)], float)


def test_alpha_is_the_one_that_krippendorff_prints():
    assert as_they_are(measures.alpha_of(counts(KRIPPENDORFF)), 12) == pytest.approx([0.743], abs=0.0005)


def test_alpha_of_a_resample_is_what_the_package_gives_of_the_units_drawn():
    drawn = np.array([0, 0, 3, 5, 5, 5, 6, 8, 9, 10, 11, 2])
    weights = np.bincount(drawn, minlength=12)[None, :].astype(float)
    expected = krippendorff.alpha(value_counts=counts(KRIPPENDORFF)[drawn].astype(int), level_of_measurement="nominal")
    assert measures.alpha_of(counts(KRIPPENDORFF))(weights)[0, 0] == pytest.approx(expected)


def test_kappa_takes_away_what_chance_would_give():
    """By hand: 45 + 15 of 100 agree; by chance .6 * .7 + .4 * .3 = .54 would; so (.6 - .54) / (1 - .54)."""
    first, second = np.repeat([[0, 0, 1, 1], [0, 1, 0, 1]], (45, 15, 25, 15), axis=1)
    expected = (0.6 - 0.54) / (1 - 0.54)
    assert as_they_are(measures.kappa_of(first, second), 100) == pytest.approx([expected])
    one, other = (1.0 - np.array([first, second]))[:, :, None]
    assert as_they_are(measures.kappa_by_code(one, other), 100) == pytest.approx([expected])
    both = (one + other, np.full(100, 2.0))
    assert as_they_are(measures.agreement_by_code(*both), 100) == pytest.approx([0.6])


def test_kappa_has_no_value_where_both_always_use_the_same_code():
    same = np.zeros(3, int)
    assert np.isnan(measured(measures.kappa_of(same, same), 3)[0]).all()


def test_things_of_one_finding_are_drawn_together():
    """Two levers of finding 0 agree, one of finding 1 does not: drawing finding 0 twice makes four of four agree."""
    counts_of_roles = np.array([[2, 0], [0, 2], [1, 1]], float)
    statistic = measures.agreement_of(counts_of_roles, np.array([0, 0, 1]))
    assert [row[0] for row in statistic(np.array([[1.0, 1.0], [2.0, 0.0], [0.0, 2.0]]))] == [2 / 3, 1.0, 0.0]


def test_the_interval_of_a_share_is_close_to_what_theory_gives():
    """Of 400 findings 300 agree: the normal interval is .75 give or take 1.96 * sqrt(.75 * .25 / 400) = .0424."""
    found = measured(measures.mean_of(np.repeat([1.0, 0.0], (300, 100))), 400)[0]
    assert found.value == 0.75
    assert (found.low, found.high) == pytest.approx((0.7076, 0.7924), abs=0.006)


def test_the_same_findings_give_the_same_interval_each_time():
    values = np.linspace(0, 1, 50)
    assert measured(measures.mean_of(values), 50) == measured(measures.mean_of(values), 50)


def test_blocks_of_resamples_are_the_resamples_at_once(monkeypatch):
    at_once = measures._drawn(20)
    monkeypatch.setattr(measures, "_BLOCK", 20 * 300)
    _, *blocks = measures._weights(20)
    assert [len(block) for block in blocks] == [300, 300, 300, 100]
    assert all((block.sum(axis=1) == 20).all() for block in (at_once, *blocks))


def test_many_findings_are_drawn_fewer_times():
    assert [measures.resamples(number) for number in (543, 2_000, 2_001)] == [1_000, 1_000, 200]
    assert sum(len(block) for block in measures._weights(2_001)) == 1 + 200


def test_a_measure_that_many_resamples_cannot_give_has_no_interval():
    """One finding of twelve carries the code: resamples without it have no kappa, and they are some 35 in 100."""
    one = np.eye(12)[:, :1]
    assert np.isnan(measured(measures.kappa_by_code(one, one), 12)[0]).tolist() == [False, True, True]


def test_a_handful_of_findings_has_no_interval():
    found = measured(measures.mean_of(np.arange(9.0)), 9)[0]
    assert (found.value, np.isnan(found.low), np.isnan(found.high)) == (4.0, True, True)


def test_sets_overlap_by_what_they_share_of_all_they_hold():
    pairs = [({"T1", "T2"}, {"T2", "T3"}), ({"T1"}, {"T1"}), ({"T1"}, set()), (set(), set())]
    assert [measures.jaccard(frozenset(a), frozenset(b)) for a, b in pairs] == [1 / 3, 1, 0, 1]


def test_masi_is_what_passonneau_gives_and_takes_no_code_as_a_judgement():
    """By hand: one of two shared, and held whole: 1 - 1/2 * 2/3; one of three shared: 1 - 1/3 * 1/3; none: 1."""
    sets = [frozenset(one) for one in ("a", "ab", "bc", "")]
    assert measures.masi_distances(sets) == pytest.approx(
        np.array([[0, 2 / 3, 1, 1], [2 / 3, 0, 8 / 9, 1], [1, 8 / 9, 0, 1], [1, 1, 1, 0]])
    )


def test_alpha_of_sets_is_what_nltk_gives_of_the_shipped_codings():
    rows = {name: read_csv(FOLDER / f"{name}_coding.csv") for name in ("first", "second", "check")}
    refs = sorted(row["finding_id"] for row in rows["first"])
    for column in ("themes", "levers"):
        given = {
            name: {row["finding_id"]: frozenset(filter(None, row[column].split(";"))) for row in found}
            for name, found in rows.items()
        }
        sets = [[of.get(ref) for ref in refs] for of in given.values()]
        data = [(name, ref, held or frozenset({"no code"})) for name, of in given.items() for ref, held in of.items()]
        expected = AnnotationTask(data, distance=masi_distance).alpha()
        assert as_they_are(measures.set_alpha_of(sets), len(refs)) == pytest.approx([expected])


def test_too_many_different_sets_are_not_compared(monkeypatch):
    monkeypatch.setattr(measures, "MOST_SETS", 2)
    assert measures.set_alpha_of([[frozenset("a"), frozenset("b")], [frozenset("c"), None]]) is None
