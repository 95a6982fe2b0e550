"""One line says who coded what is in view, whether people reviewed it, and how much was read."""

import pytest

from data.coders.settlements import settle
from data.collection import database
from data.collection.access import Standing, Visitor
from data.filters.filter import parse
from data.importing.loads import loading
from data.importing.loads.settled import chosen
from data.sentences import provenance
from tests.data.importing.small_strand import FINDINGS, SOURCES, changed, write_strand
from tests.data.reckoning import ROWS

FILTERS = {
    "": lambda row: True,
    "region=TLC": lambda row: "TLC" in row.regions,
    "strand=roundtable&direction=impeded": lambda row: (row.strand, row.direction) == ("roundtable", "impeded"),
}


@pytest.fixture
def line(codebook):
    def said(engine, query: str = "") -> str:
        with database.asking(engine) as session:
            return provenance.line(session, parse(query, codebook)[0], codebook)

    return said


@pytest.fixture
def strand(engine, tmp_path):
    def loaded(findings, sources=SOURCES):
        loading.load(engine, [write_strand(tmp_path / "own", findings, sources)])
        return engine

    return loaded


@pytest.mark.parametrize("query", FILTERS)
def test_the_shipped_evidence_is_said_to_be_coded_by_models_and_little_read(line, loaded, query):
    read = {row.source: row.cells["read"] for row in ROWS if FILTERS[query](row)}
    assert line(loaded, query) == (
        "Coded by language models, reviewed by no person; "
        f"the full page was read of {list(read.values()).count('full page')} of {len(read)} sources."
    )


def test_who_coded_is_said_of_those_findings_alone_whose_team_states_it(line, strand):
    coders = {"COM-E1": "C1;C7", "COM-E2": "AB", "COM-E3": "C1;AB", "E4": "C1;C7"}
    own = [{**FINDINGS[0], "finding_id": ref, "coder": coder} for ref, coder in coders.items()]
    read = changed(SOURCES, {"S1": {"read": "full page"}})
    assert line(strand([*own, {**FINDINGS[1], "coder": "AB"}], read)) == (
        "1 of 5 findings coded by language models, reviewed by no person; the full page was read of 1 of 2 sources."
    )


def test_of_other_evidence_nothing_is_said_but_how_much_was_read(line, strand):
    own = strand(changed(FINDINGS, {ref: {"coder": "AB"} for ref in ("E1", "E2", "E3")}))
    assert line(own) == "How much of their sources was read is not said."


def test_what_people_have_settled_is_counted(line, strand):
    own = strand([{**row, "finding_id": f"COM-{row['finding_id']}", "coder": "C1;C7"} for row in FINDINGS])
    agreed = chosen("strengthened", ["T1.2", "T2.2"], [("L6.1", "applied")])
    settle(own, Visitor("Ada", Standing.EDITOR), "COM-E1", agreed, chosen("mixed", ["T1.2"], []), "one survey alone")
    assert line(own).startswith("Coded by language models, 1 since settled by people; ")
    assert line(own, "finding=COM-E1").startswith("Coded by language models, since settled by people; ")
    assert line(own, "finding=COM-E2").startswith("Coded by language models, reviewed by no person; ")


def test_one_finding_says_it_of_itself():
    row = {"finding_id": "COM-E1", "strand": "community", "coder": "C1;C4", "read": "abstract"}
    assert provenance.of_finding(row, settled=False) == (
        "Coded by language models, reviewed by no person; read: abstract."
    )
    for other in ({"coder": "AB"}, {"finding_id": "E1"}, {"finding_id": "OURS-E1"}):
        said = provenance.of_finding({**row, **other, "read": ""}, settled=False)
        assert said == "How much was read is not said."
