"""The cover says what the file holds, of which evidence, how to use it, and what to know before."""

import re
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import Engine
from sqlmodel import Session

from data.collection import database
from data.collection.codebook import Codebook
from data.exporting.cells import Changed
from data.exporting.cover import changes_in_words
from data.filters.filter import Filter
from data.queries import counting
from data.sentences.caveats import caveats

CsvRows = list[dict[str, str]]
LONDON = ZoneInfo("Europe/London")
HUBS = "region=TLC,TLD&theme=T1.1"


def lines(book) -> list[str]:  # type: ignore[no-untyped-def]
    return [row[0].value for row in book["Cover"]]


def section(book, heading: str, number: int) -> list[str]:  # type: ignore[no-untyped-def]
    start = lines(book).index(heading) + 1
    return lines(book)[start : start + number]


def test_the_cover_stands_in_column_a_alone_under_its_headings(open_workbook) -> None:
    book = open_workbook()
    assert book["Cover"].max_column == 1
    headings = [cell.value for (cell,) in book["Cover"] if cell.font.bold]
    assert headings == [
        "Social infrastructure and levelling up: the coded evidence",
        "Who coded it, and how much was read",
        "What to know before using this file",
        "Contents",
        "What was asked",
        "How much is here",
        "Version of the evidence",
        "The same view in the dashboard",
        "How to cite this file",
        "Licence",
        "Contact",
        "Shorthand in cells",
        "What writing this file changed",
    ]


def test_the_contents_link_to_each_sheet_by_what_it_is(open_workbook) -> None:
    book = open_workbook(HUBS)
    links = {cell.value: cell.hyperlink.location for (cell,) in book["Cover"] if cell.hyperlink}
    words = "Community buildings and hubs, in the North East or North West"
    assert links == {
        f"To read: {words}": "'To read'!A1",
        f"Filters: What was asked: {words}": "'Filters'!A1",
        f"Findings: What the sources say: {words}": "'Findings'!A1",
        f"Sources: Where it comes from: {words}": "'Sources'!A1",
        "Counts: How the evidence counts up": "'Counts'!A1",
        "Codebook: What the words mean": "'Codebook'!A1",
    }


def test_the_cover_counts_findings_sources_and_studies(open_workbook, csv_findings, csv_sources) -> None:
    study_of = {row["source_id"]: row["study"] or row["source_id"] for row in csv_sources}
    chosen = [
        row
        for row in csv_findings
        if {"TLC", "TLD"} & set(row["regions"].split(";")) and "T1.1" in row["themes"].split(";")
    ]
    sources = {row["source_id"] for row in chosen}
    studies = {study_of[source] for source in sources}
    assert section(open_workbook(HUBS), "How much is here", 3) == [
        f"{len(chosen)} findings.",
        f"{len(sources)} sources.",
        f"{len(studies)} separate studies.",
    ]
    assert f"holds {len(chosen)} findings from {len(sources)} sources" in lines(open_workbook(HUBS))[1]


def test_the_version_is_said_with_its_day_and_whole_digest(open_workbook, session: Session) -> None:
    version = database.data_version(session)
    assert version.at
    number, digest, made = section(open_workbook(), "Version of the evidence", 3)
    assert number == f"Data version {version.number}, of {version.at.replace(tzinfo=UTC).astimezone(LONDON):%-d %B %Y}."
    assert digest == f"SHA-256 of the whole evidence of that version: {version.digest}"
    assert re.fullmatch(r"[0-9a-f]{64}", version.digest)
    assert made == f"This file was made on {datetime.now(LONDON):%-d %B %Y}."


def test_the_cover_leads_back_to_the_same_view(open_workbook) -> None:
    address = f"https://evidence.example.org/gaps?{HUBS}"
    book = open_workbook(HUBS, page="Gap map", address=address)
    (link,) = (cell for (cell,) in book["Cover"] if cell.hyperlink and cell.hyperlink.target)
    assert link.hyperlink.target == address
    assert (
        link.value == "Open this view in the dashboard: Community buildings and hubs, in the North East or North West"
    )
    assert f"The filter as it stands in an address: {HUBS}" in lines(book)
    assert "Page: Gap map." in lines(book)
    assert f"Available at: {address} (accessed " in section(book, "How to cite this file", 1)[0]
    assert "the page Gap map shows" in lines(book)[1]


def test_an_address_that_is_none_is_never_a_link(open_workbook) -> None:
    book = open_workbook("", address="javascript:alert(1)")
    assert not any(cell.hyperlink and cell.hyperlink.target for (cell,) in book["Cover"])
    assert "Nothing is narrowed: the whole collection." in lines(book)


def test_the_file_is_cited_with_version_and_filter(open_workbook, session: Session) -> None:
    version = database.data_version(session)
    assert version.at
    made = version.at.replace(tzinfo=UTC).astimezone(LONDON)
    assert section(open_workbook(HUBS), "How to cite this file", 1) == [
        f"Social infrastructure and levelling up research programme ({made:%Y}) Social infrastructure and "
        "levelling up: the coded evidence. Community buildings and hubs, in the North East or North West "
        f"[Excel workbook], data version {version.number} of {made:%-d %B %Y} ({version.digest[:12]}). "
        f"Taken from the dashboard (accessed {datetime.now(LONDON):%-d %B %Y})."
    ]


def test_the_shorthand_is_explained(open_workbook) -> None:
    said = section(open_workbook(), "Shorthand in cells", 3)
    assert [line.split(":")[0] for line in said] == [
        "[x] not available",
        "[z] not applicable",
        "[c] withheld to protect people",
    ]


def test_what_the_filter_leaves_out_for_want_of_a_year_is_said(open_workbook, csv_findings, csv_sources) -> None:
    year = {row["source_id"]: row["year"] for row in csv_sources}
    hubs = [row for row in csv_findings if "TLC" in row["regions"].split(";") and "T1.1" in row["themes"].split(";")]
    without = sum(not year[row["source_id"]] for row in hubs)
    assert without > 1
    said = section(open_workbook("region=TLC&theme=T1.1&year=1990-2026"), "What was asked", 3)
    assert any(line.startswith(f"{without} findings are left out because the source shows no year") for line in said)


def test_the_caveats_count_the_whole_collection(open_workbook, csv_findings: CsvRows, csv_sources: CsvRows) -> None:
    said = "\n".join(lines(open_workbook()))
    low = sum(row["confidence"] in ("low", "very low") for row in csv_findings)
    read = [row["read"] for row in csv_sources]
    no_year = sum(not row["year"] for row in csv_sources)
    shared = [row["study"] for row in csv_sources if row["study"]]
    several = sum(shared.count(study) > 1 for study in shared)
    placeless = sum(not row["latitude"] for row in csv_findings)
    community = sum(row["finding_id"].startswith("COM") for row in csv_findings)
    roundtable = sum(row["finding_id"].startswith("RND") for row in csv_findings)
    for sentence in (
        f"{low} of 543 findings are of low or very low confidence.",
        "543 of 543 findings (coders C1 to C7) were coded, coded a second time and settled by language models",
        f"the opening of the page of {read.count('opening of page')} of 461 sources, an abstract or summary of "
        f"{read.count('abstract') + read.count('summary')}, the full page of {read.count('full page')}.",
        f"{no_year} of 461 sources carry no year.",
        f"{several} of 461 sources share a study, evaluation or event with another one here",
        f"rests on {len(set(shared)) + len(csv_sources) - len(shared)} separate studies",
        f"{placeless} of 543 findings are without coordinates",
        f"({community} findings here) are funders, advocates or local press",
        f"What the roundtable strand holds ({roundtable} findings here) is mostly opinion.",
        "This is not GRADE-CERQual",
        "a gap in it is a gap in the collection",
    ):
        assert sentence in said


def told(engine: Engine, wanted: Filter, codebook: Codebook) -> list[str]:
    with Session(engine) as session:
        counts = counting.counts(session, wanted, codebook)
        return caveats(session, wanted, codebook, counts, counting.set_aside(session, wanted, codebook))


def test_caveats_that_do_not_apply_are_left_out(loaded: Engine, codebook: Codebook) -> None:
    literature = " ".join(told(loaded, Filter(strand=("literature",)), codebook))
    assert "community strand" not in literature
    assert "roundtable strand" not in literature
    dated = " ".join(told(loaded, Filter(finding=("COM-E017",)), codebook))
    assert "no year" not in dated
    assert len(told(loaded, Filter(finding=("none-such",)), codebook)) == 1


def test_findings_of_other_coders_are_not_said_to_be_coded_by_models(strand_of, codebook: Codebook) -> None:
    ours = {"finding_id": "COM-E001", "coder": "C1;C7"}
    engine = strand_of({"coder": "AB"}, {"coder": "C1;AB"}, ours, {"coder": "C1;C7"})
    first = told(engine, Filter(), codebook)[0]
    assert first.startswith("1 of 4 findings (coders C1 to C7) was coded, coded a second time and settled by language")
    assert "language models" not in " ".join(told(strand_of({"coder": "AB"}), Filter(), codebook))


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        (Changed(), ["No text was changed."]),
        (Changed(1, 1), ["1 character that a spreadsheet cannot hold, in 1 cell, stands as \ufffd."]),
        (Changed(1_200, 3), ["1,200 characters that a spreadsheet cannot hold, in 3 cells, stand as \ufffd."]),
        (
            Changed(cut=1),
            [
                "1 text longer than a cell holds (32,767) ends in “… [cut]”; a finding or source is whole all the "
                "same: columns named “continued” go on with it."
            ],
        ),
    ],
)
def test_what_writing_changed_is_said_and_so_is_that_nothing_was(changed: Changed, said: list[str]) -> None:
    assert changes_in_words(changed) == said
