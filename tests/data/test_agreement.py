"""How far coders agree: measures worked by hand, and the figures that the notes of the evidence give."""

import pytest

from data import agreement
from data.agreement import Coding, CodingsFault
from data.database import ask


def test_kappa_takes_away_what_chance_would_give():
    """By hand: 45 + 15 of 100 agree; by chance .6 * .7 + .4 * .3 = .54 would; so (.6 - .54) / (1 - .54)."""
    pairs = [("yes", "yes")] * 45 + [("yes", "no")] * 15 + [("no", "yes")] * 25 + [("no", "no")] * 15
    assert agreement.share(pairs) == 0.6
    assert agreement.kappa(pairs) == pytest.approx((0.6 - 0.54) / (1 - 0.54))


def test_kappa_is_one_where_both_always_use_the_same_code():
    assert agreement.kappa([("mixed", "mixed")] * 3) == 1.0


def test_kappa_is_none_where_coders_agree_no_more_than_chance():
    assert agreement.kappa([("a", "a"), ("a", "b"), ("b", "a"), ("b", "b")]) == 0.0


def test_sets_overlap_by_what_they_share_of_all_they_hold():
    pairs = [({"T1", "T2"}, {"T2", "T3"}), ({"T1"}, {"T1"}), ({"T1"}, set()), (set(), set())]
    assert agreement.overlap([(frozenset(a), frozenset(b)) for a, b in pairs]) == pytest.approx((1 / 3 + 1 + 0 + 1) / 4)


def test_the_shipped_codings_agree_as_their_notes_say(session):
    """The figures stand in the notes beside the evidence, reckoned there by others."""
    rows = agreement.table(session).round(2).astype(object).where(lambda frame: frame.notna(), None)
    assert [tuple(row) for row in rows.to_numpy()] == [
        ("First against second coding", "Direction", 543, 543, 0.84, 0.79, None),
        ("First against second coding", "Themes", 543, 543, None, None, 0.69),
        ("First against second coding", "Policy levers", 543, 543, None, None, 0.55),
        ("Blind check against the settled coding", "Direction", 100, 100, 0.91, 0.88, None),
        ("Blind check against the settled coding", "Themes", 100, 100, None, None, 0.81),
        ("Blind check against the settled coding", "Policy levers", 100, 100, None, None, 0.83),
        ("Blind check against the settled coding", "Role of a lever", 193, 130, 0.94, 0.89, None),
    ]


def test_the_settled_coding_is_what_the_collection_holds_now(session, csv_findings):
    row = next(row for row in csv_findings if row["levers"])
    levers, roles = row["levers"].split(";"), row["lever_roles"].split(";")
    assert agreement.settled(session, [row["finding_id"], "NO-SUCH"]) == {
        row["finding_id"]: Coding(
            row["direction"],
            frozenset(row["themes"].split(";")),
            frozenset(levers),
            dict(zip(levers, roles, strict=True)),
        )
    }


def test_every_shipped_finding_was_coded_twice(session):
    assert agreement.twice_coded(session) == (543, 543)


def test_a_missing_file_of_codings_is_named(loaded, tmp_path):
    with pytest.raises(CodingsFault, match=r"first_coding.csv cannot be read; put the file back into data/codings"):
        ask(loaded, agreement.table, tmp_path)


def test_a_file_without_refs_is_named(tmp_path):
    (tmp_path / "check_coding.csv").write_text("ref,levers\nINT-E001,L1\n")
    with pytest.raises(CodingsFault, match=r"check_coding.csv has no column 'finding_id'"):
        agreement.read("check_coding", tmp_path)
