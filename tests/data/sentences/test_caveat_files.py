"""Caveats that a team states of its evidence: read from a file, and said of no other evidence."""

import pytest

from data.faults import Refused
from data.sentences import caveat_files

OWN = """
[[caveats]]
strands = ["roundtable"]
coders = ["AB", "CD"]
refs = ["TT"]
in_short = "coded by two officers"
text = "{findings:finding} of {total} {findings:was|were} taken down by hand; {reviewed}."
"""


@pytest.fixture
def caveat():
    (one,) = caveat_files.read(OWN, "own.toml")
    return one


@pytest.mark.parametrize(
    ("strand", "coders", "series", "speaks"),
    [
        ("roundtable", "AB", "TT", True),
        ("roundtable", "AB;CD", "TT", True),
        ("roundtable", "AB; CD", "TT", True),
        ("roundtable", "AB;EF", "TT", False),
        ("roundtable", "", "TT", False),
        ("roundtable", "AB", "", False),
        ("roundtable", "AB", "T", False),
        ("community", "AB", "TT", False),
    ],
)
def test_it_speaks_of_findings_of_its_strands_and_refs_that_its_coders_alone_coded(
    caveat, strand, coders, series, speaks
):
    assert caveat.speaks_of(strand, coders, series) is speaks


def test_one_that_names_neither_speaks_of_everything():
    (one,) = caveat_files.read('[[caveats]]\ntext = "Read with care."', "own.toml")
    assert one.speaks_of("literature", "", "")


def test_its_text_counts_the_findings_it_speaks_of(caveat):
    assert caveat_files.filled(caveat.text, 1, 3, "none") == "1 finding of 3 was taken down by hand; none."
    assert (
        caveat_files.filled(caveat.text, 1204, 3000, "none") == "1,204 findings of 3,000 were taken down by hand; none."
    )


@pytest.mark.parametrize(
    ("text", "column", "reason"),
    [
        ("[[caveats]]\nstrands = ['community']", "text", "it is missing or empty"),
        ("[[caveats]]\ntext = 'a'\ntexts = 'b'", "texts", 'there is no such key; did you mean "text"?'),
        ("[[caveats]]\ntext = 'a'\ncoders = 'AB'", "coders", "it is no list of names in quotes"),
        (
            "[[caveats]]\ntext = 'a {finding}'",
            "text",
            'there is no "finding" to be filled in; did you mean "findings"?',
        ),
        ("[[caveats]]\ntext = 'a {'", "text", "its braces do not match"),
        ("[[caveats]]\ntext = 'a'\nstrands = ['roundtables']", "strands", '"roundtables"'),
        ("caveats = 3", "", "tables under [[caveats]]"),
        ("[[caveats", "", "it is not TOML"),
    ],
)
def test_what_is_wrong_in_a_file_is_told_by_caveat_and_key(text, column, reason):
    with pytest.raises(Refused) as refused:
        caveat_files.read(text, "own.toml")
    (fault,) = refused.value.faults
    assert (fault.file, fault.column) == ("own.toml", column)
    assert reason in fault.reason


def test_the_shipped_ones_speak_of_every_shipped_finding_and_of_no_other(csv_findings):
    first, *_ = caveat_files.shipped()
    strands = {"COM": "community", "INT": "international", "RND": "roundtable", "LIT": "literature"}
    assert all(
        first.speaks_of(strands[row["finding_id"][:3]], row["coder"], row["finding_id"][:3]) for row in csv_findings
    )
    others = [*((coders, "COM") for coders in ("", "AB", "C1;AB")), ("C1", ""), ("C1", "E")]
    for caveat in caveat_files.shipped():
        assert not any(caveat.speaks_of(strand, *other) for strand in strands.values() for other in others)
