"""Votes by study: the rule at its edges, the share with its interval, and every table against the CSV files."""

import numpy as np
import pytest
from scipy.stats import binomtest

from data.filters.filter import Filter
from data.queries.votes import (
    VOTES,
    Balance,
    Votes,
    balance,
    direction_by,
    overall,
    proposals,
    sides_of_levers,
    votes_of,
)
from tests.data.reckoning import (
    LEVERS,
    REGIONS,
    ROLES,
    SIDE_OF_ROLE,
    STRANDS,
    THEMES,
    inside,
    roles_of,
    votes,
    wide,
)  # fmt: skip

FILTERS = [
    Filter(),
    Filter(region=("TLC", "TLD")),
    Filter(strand=("community",), theme=("T1",)),
    Filter(lever=("L1",), role=("applied", "withdrawn"), confidence=("high", "moderate")),
]
COLUMNS = ["findings", "sources", "studies", "strengthened", "impeded", "mixed"]


@pytest.mark.parametrize(
    ("up", "down", "mixed", "vote"),
    [
        (7, 3, 0, "strengthened"), (6, 3, 0, "mixed"), (69, 31, 0, "mixed"), (2, 1, 0, "mixed"),
        (3, 1, 0, "strengthened"), (0, 1, 0, "impeded"), (1, 1, 0, "mixed"), (0, 0, 2, "mixed"),
        (3, 0, 7, "mixed"), (0, 7, 3, "impeded"), (0, 0, 0, ""),
    ],
)  # fmt: skip
def test_a_study_takes_the_direction_of_seven_tenths_of_its_claims(up, down, mixed, vote):
    votes = votes_of(*(np.array([number]) for number in (up, down, mixed)))
    assert [VOTES[place] for place in votes] == [vote]


def test_the_interval_is_wilsons_and_the_test_the_exact_sign_test():
    """Newcombe 1998 gives 81 of 263 as .2553 to .3662; 8 of 10 heads has p = 112/1024 by the binomial."""
    assert balance(Votes(81, 182, 5))[:3] == pytest.approx((81 / 263, 0.2553, 0.3662), abs=5e-5)
    assert balance(Votes(8, 2, 0)).p == pytest.approx(112 / 1024)


def test_below_ten_studies_with_a_direction_the_test_wants_caution():
    assert [balance(Votes(up, 1, 50)).few for up in (8, 9)] == [True, False]


def test_without_a_study_that_takes_a_side_there_is_no_share():
    assert balance(Votes(0, 0, 4)) is None
    assert isinstance(balance(Votes(1, 0, 0)), Balance)


@pytest.mark.parametrize("wanted", FILTERS, ids=lambda wanted: wanted.to_address() or "all")
def test_levers_vote_by_role_as_the_files_say(session, codebook, wanted):
    rows = inside(wanted)
    table = direction_by(session, wanted, codebook, "lever")
    expected = {
        (lever, role): votes(
            row for row in rows if (lever, role) in roles_of(row) and (not wanted.role or role in wanted.role)
        )
        for lever in LEVERS
        for role in ROLES
    }
    if wanted.lever:
        table = table[table["code"].isin(["L1"])]
        expected = {key: numbers for key, numbers in expected.items() if key[0] == "L1"}
    assert {(row.code, row.role): tuple(row[4:]) for row in table.itertuples(index=True)} == expected


@pytest.mark.parametrize("wanted", FILTERS[:3], ids=lambda wanted: wanted.to_address() or "all")
@pytest.mark.parametrize(("by", "codes"), [("theme", THEMES), ("region", REGIONS), ("strand", STRANDS)])
def test_other_groups_vote_as_the_files_say(session, codebook, wanted, by, codes):
    held = {
        "theme": lambda row: wide(row.themes),
        "region": lambda row: wide(row.regions),
        "strand": lambda row: {row.strand},
    }
    rows = inside(wanted)
    table = direction_by(session, wanted, codebook, by)
    assert set(table["role"]) == {""}
    assert {row.code: tuple(row[4:]) for row in table.itertuples()} == {
        code: votes(row for row in rows if code in held[by](row)) for code in codes
    }


@pytest.mark.parametrize("wanted", FILTERS[:3], ids=lambda wanted: wanted.to_address() or "all")
def test_a_study_votes_once_on_a_side_whichever_of_its_roles_are_told(session, codebook, wanted):
    rows = inside(wanted)
    table = sides_of_levers(session, wanted, codebook)
    assert {(row.code, row.side): tuple(row[5:]) for row in table.itertuples()} == {
        (lever, side): votes(
            row
            for row in rows
            if any((not lever or code == lever) and SIDE_OF_ROLE.get(role) == side for code, role in roles_of(row))
        )
        for lever in ("", *LEVERS)
        for side in ("applied", "withdrawn or lacking")
    }


def test_all_studies_together_vote_once_each(session, codebook):
    assert overall(session, Filter(), codebook) == votes(inside(Filter()))[3:]


def test_proposals_are_counted_for_each_lever(session, codebook):
    rows = inside(Filter())
    assert proposals(session, Filter(), codebook) == {
        lever: sum((lever, "proposed") in roles_of(row) for row in rows) for lever in LEVERS
    }


@pytest.mark.parametrize("strengthened", [0, 1, 6, 12, 29, 30, 1_500])
@pytest.mark.parametrize("impeded", [0, 1, 6, 30, 1_400])
def test_interval_and_test_are_those_of_a_statistics_library(strengthened, impeded):
    found = balance(Votes(strengthened, impeded, 4))
    if not strengthened + impeded:
        assert found is None
        return
    test = binomtest(strengthened, strengthened + impeded)
    interval = test.proportion_ci(0.95, method="wilson")
    assert (found.low, found.high, found.p) == pytest.approx((interval.low, interval.high, test.pvalue))
