"""Where codings differ, in what order, and what only one of them gave."""

from data.coders import coding_differences
from data.coders.coding_differences import CodingDifference, Reason
from data.coders.round_loads import FOLDER
from data.coders.rounds import AGREED, FACETS, NOTHING, CodedFinding, Round
from data.collection.database import ask
from data.filters.filter import Filter
from tests.conftest import read_csv

APPLIED, LACKING = frozenset({"applied"}), frozenset({"lacking"})


def coded(direction: str, themes: str = "", **roles: frozenset[str]) -> CodedFinding:
    return CodedFinding(direction, frozenset(themes.split()), frozenset(roles), roles)


ONE = Round("one", "One", FACETS, {
    "E1": coded("mixed", "T1 T2", L1=APPLIED), "E2": coded("mixed", "T1"), "E3": coded("context"),
    "E4": coded("mixed", "T1"),
})  # fmt: skip
OTHER = Round("other", "Other", FACETS, {
    "E1": coded("mixed", "T2 T3", L1=LACKING), "E2": coded("impeded", "T1"), "E3": coded("context"),
})  # fmt: skip
WITHOUT_ROLES = Round("plain", "Plain", ("direction", "lever"), {
    "E1": CodedFinding("mixed", levers=frozenset({"L1", "L2"}), roles={"L1": frozenset(), "L2": frozenset()})
})  # fmt: skip


def test_what_differs_is_told_by_facet_direction_first():
    why = {"E1": (Reason("", "", "Told", "Ada", "2026-11-24"),)}
    assert coding_differences.differences([ONE, OTHER], why) == (
        CodingDifference("E2", ("direction",), ()),
        CodingDifference("E1", ("theme", "role"), why["E1"]),
    )


def test_a_facet_that_one_of_them_did_not_code_is_no_difference():
    assert coding_differences.differing([ONE, WITHOUT_ROLES], "E1") == ("lever",)


def test_what_only_one_gave_and_what_it_did_not_give():
    assert [coding_differences.alone([ONE, OTHER], "one", "theme", "E1", code) for code in ("T1", "T2")] == [
        True,
        False,
    ]
    assert coding_differences.missed([ONE, OTHER], "one", "theme", "E1") == ("T3",)
    assert not coding_differences.alone([ONE, WITHOUT_ROLES], "one", "theme", "E1", "T1"), "the other coded no themes"


def test_settling_as_a_coding_without_roles_takes_roles_from_what_is_agreed_and_leaves_the_rest_to_a_person():
    agreed = coded("strengthened", "T9", L1=LACKING)
    assert coding_differences.proposal([ONE, WITHOUT_ROLES], "plain", "E1", agreed) == (
        "mixed", ("T9",), (("L1", "lacking"),), ("L2",),
    )  # fmt: skip


def test_the_shipped_differences_are_those_of_the_files_with_their_reasons(session, codebook, loaded):
    from data.coders import agreement_table  # noqa: PLC0415

    first, second = ({row["finding_id"]: row for row in read_csv(FOLDER / f"{name}_coding.csv")}
                     for name in ("first", "second"))  # fmt: skip
    expected = {
        ref
        for ref, row in first.items()
        if row["direction"] != second[ref]["direction"]
        or any({*row[column].split(";")} != {*second[ref][column].split(";")} for column in ("themes", "levers"))
    }
    held = ask(loaded, agreement_table.held, Filter(), codebook)
    reasons = coding_differences.reasons(session, Filter(), codebook, NOTHING)
    found = coding_differences.differences([held["first"], held["second"]], reasons)
    assert {one.finding for one in found} == expected
    given = {row["finding_id"]: row["why"] for row in read_csv(FOLDER / "settled.csv")}
    assert {one.finding: one.reasons[0].why for one in found if one.reasons} == given
    assert not any(one.settled_here for one in found)
    assert AGREED in held
