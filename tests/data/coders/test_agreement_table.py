"""How far the shipped codings agree, against a few lines over their files and the figures their notes give."""

from collections import Counter

import pytest

from data.coders import agreement_summary, agreement_table
from data.coders.round_loads import FOLDER
from data.coders.rounds import AGREED, FACETS, CodedFinding, Round
from data.filters.filter import Filter
from tests.conftest import read_csv

FIRST, SECOND = (
    {row["finding_id"]: row for row in read_csv(FOLDER / f"{name}_coding.csv")} for name in ("first", "second")
)
REFS = sorted(FIRST)


@pytest.fixture(scope="module")
def held(loaded, codebook):
    from data.collection.database import ask  # noqa: PLC0415

    return ask(loaded, agreement_table.held, Filter(), codebook)


def whole(held, codebook, *names: str) -> dict[str, dict[str, object]]:
    """Return the row of each facet as a whole, by facet."""
    table = agreement_table.compare([held[name] for name in names], codebook)
    return {row["facet"]: row for row in table[table["code"] == ""].to_dict("records")}


def kappa(pairs: list[tuple[object, object]]) -> float:
    """Return Cohen's kappa by its definition."""
    total = len(pairs)
    one, other = Counter(a for a, _ in pairs), Counter(b for _, b in pairs)
    observed = sum(a == b for a, b in pairs) / total
    chance = sum(one[code] * other[code] for code in one) / total**2
    return (observed - chance) / (1 - chance)


def test_the_two_codings_agree_as_their_notes_say(held, codebook):
    """Notes: direction agrees in 84 % (kappa 0.79); sets of themes overlap 0.69, of levers 0.55."""
    rows = whole(held, codebook, "first", "second")
    assert list(rows) == ["direction", "theme", "lever"]
    assert (round(rows["direction"]["agree"], 2), round(rows["direction"]["kappa"], 2)) == (0.84, 0.79)
    assert (round(rows["theme"]["overlap"], 2), round(rows["lever"]["overlap"], 2)) == (0.69, 0.55)


def test_the_checks_agree_as_their_notes_say(held, codebook):
    """Notes: 91 % (kappa 0.88), 0.81 and 0.83 of 100 findings; roles of 193 levers in 130 findings 94 %, kappa 0.89."""
    rows = whole(held, codebook, "check", AGREED)
    assert (round(rows["direction"]["agree"], 2), round(rows["direction"]["kappa"], 2)) == (0.91, 0.88)
    assert (round(rows["theme"]["overlap"], 2), round(rows["lever"]["overlap"], 2)) == (0.81, 0.83)
    roles = whole(held, codebook, "roles", AGREED)
    assert list(roles) == ["role"]
    assert (roles["role"]["compared"], roles["role"]["findings"]) == (193, 130)
    assert (round(roles["role"]["agree"], 2), round(roles["role"]["kappa"], 2)) == (0.94, 0.89)


def test_each_code_is_counted_and_measured_as_the_files_give_it(held, codebook):
    table = agreement_table.compare([held["first"], held["second"]], codebook)
    rows = {row["code"]: row for row in table.to_dict("records")}
    for column, code in (("themes", "T4.3"), ("levers", "L5.3"), ("levers", "L1.5")):
        pairs = [(code in FIRST[ref][column].split(";"), code in SECOND[ref][column].split(";")) for ref in REFS]
        row = rows[code]
        assert (row["used"], row["shared"]) == (sum(a or b for a, b in pairs), sum(a and b for a, b in pairs))
        assert row["kappa"] == pytest.approx(kappa(pairs))
        assert row["agree"] == pytest.approx(sum(a == b for a, b in pairs) / len(pairs))
        assert row["alpha_low"] <= row["alpha"] <= row["alpha_high"]


def test_every_code_that_a_coding_gives_has_a_row(held, codebook):
    table = agreement_table.compare([held["first"], held["second"]], codebook)
    given = {code for rows in (FIRST, SECOND) for row in rows.values() for column in ("themes", "levers")
             for code in row[column].split(";") if code}  # fmt: skip
    assert set(table.loc[table["facet"].isin(["theme", "lever"]), "code"]) - {""} == given


def test_three_codings_have_alpha_and_no_kappa(held, codebook):
    rows = whole(held, codebook, "first", "second", "check")
    assert rows["direction"]["compared"] == 543
    assert rows["direction"]["kappa"] != rows["direction"]["kappa"]
    assert 0.7 < rows["direction"]["alpha_low"] < rows["direction"]["alpha"] < rows["direction"]["alpha_high"] < 0.9


def test_a_filter_keeps_to_its_findings(loaded, codebook):
    from data.collection.database import ask  # noqa: PLC0415

    held = ask(loaded, agreement_table.held, Filter(strand=("roundtable",)), codebook)
    assert {ref[:3] for one in held.values() for ref in one.coded} == {"RND"}
    assert whole(held, codebook, "first", "second")["direction"]["compared"] == sum(r.startswith("RND") for r in REFS)


def test_codings_that_meet_nowhere_have_no_rows(codebook):
    one, other = (Round(name, name, FACETS, {ref: CodedFinding("mixed")}) for name, ref in (("a", "E1"), ("b", "E2")))
    assert agreement_table.compare([one, other], codebook).empty


def test_coders_who_agree_on_all_have_no_alpha_by_code_that_could_be_told_from_chance(codebook):
    """Both give T1.1 to the one finding there is: with no variation alpha is 0 / 0, so it is missing, not 1."""
    rounds = [Round(name, name, FACETS, {"E1": CodedFinding("mixed", frozenset({"T1.1"}))}) for name in "ab"]
    row = whole({one.name: one for one in rounds}, codebook, "a", "b")["direction"]
    assert row["agree"] == 1
    assert row["alpha"] != row["alpha"]


def test_the_method_page_has_the_same_figures_in_short(held):
    rows = agreement_summary.table(held).round(2).astype(object)
    assert [tuple(row) for row in rows.where(rows.notna(), None).to_numpy()] == [
        ("First coding against second coding", "Direction", 543, 543, 0.84, 0.79, None),
        ("First coding against second coding", "Themes", 543, 543, None, None, 0.69),
        ("First coding against second coding", "Policy levers", 543, 543, None, None, 0.55),
        ("Blind check against agreed coding", "Direction", 100, 100, 0.91, 0.88, None),
        ("Blind check against agreed coding", "Themes", 100, 100, None, None, 0.81),
        ("Blind check against agreed coding", "Policy levers", 100, 100, None, None, 0.83),
        ("Blind check of roles against agreed coding", "Role of a lever", 193, 130, 0.94, 0.89, None),
    ]
    assert agreement_summary.twice_coded(held) == 543


def test_only_findings_that_may_be_seen_are_compared(writable, codebook):
    from sqlmodel import Session, text  # noqa: PLC0415

    from models import Access  # noqa: PLC0415

    with writable.begin() as connection:
        connection.execute(text("UPDATE finding SET access = 'team' WHERE ref = 'COM-E001'"))
        connection.execute(text("UPDATE source SET access = 'roundtable' WHERE ref LIKE 'RND-%'"))
    with Session(writable) as session:
        seen = {}
        for level in (None, *Access):
            session.info.update({"access": level} if level else {})
            seen[level] = len(agreement_table.held(session, Filter(), codebook)["first"].coded)
    roundtable = sum(ref.startswith("RND") for ref in REFS)
    assert list(seen.values()) == [543 - roundtable - 1, 543 - roundtable - 1, 542, 543]
