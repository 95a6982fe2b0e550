"""A column is suggested for a field only where its values may be that."""

import pytest

from data.collection.codebook import Codebook
from data.importing.mapping.suggesting.column_suggestions import columns
from tests.data.importing.mapping.raw_files import raw, table

SENTENCES = ("Opening hours were cut and visits fell.", "The hall reopened and people came back.")
TITLES = ("Libraries and trust", "Youth clubs and crime", "Parks after 2010")


def suggested(codebook: Codebook, **held: tuple[str, ...]) -> dict[str, str]:
    """Return the field that is suggested for each column, by its heading; underscores stand for spaces."""
    file = raw(table([name.replace("_", " ") for name in held], *zip(*held.values(), strict=True)))
    return {row.column: row.field for row in columns(file, codebook)}


def why_not(codebook: Codebook, heading: str, *cells: str) -> str:
    """Return why a column of these cells is suggested for nothing."""
    (row,) = columns(raw(table((heading,), *[(cell,) for cell in cells])), codebook)
    assert row.field == ""
    return row.ground.removeprefix("not filled in: ")


@pytest.mark.parametrize("heading", ["Series Text", "Text", "Efect direction", "title", "Country"])
def test_nothing_stands_on_an_empty_column(heading: str, codebook: Codebook) -> None:
    assert why_not(codebook, heading, "", "") == "it is empty"


def test_a_finding_is_guessed_by_sentences_and_never_by_its_heading_alone(codebook: Codebook) -> None:
    assert why_not(codebook, "Series Text", "Vol. A", "Vol. B") == "its values are no sentences"
    assert suggested(codebook, Main_text=SENTENCES) == {"Main text": "finding"}


def test_a_heading_for_texts_over_a_few_words_said_again_and_again_is_no_finding(codebook: Codebook) -> None:
    assert why_not(codebook, "Evidence", *["survey", "census"] * 4) == "its values are no sentences"
    assert why_not(codebook, "Result", "1.5", "2.5") == "its values are numbers"


def test_an_id_differs_from_row_to_row(codebook: Codebook) -> None:
    assert suggested(codebook, ID=("1", "2", "3"), Title=TITLES)["ID"] == "source_id"
    assert suggested(codebook, ID=("1", "1", "3"), Title=TITLES)["ID"] == ""
    assert why_not(codebook, "Source", "Scopus", "Scopus") == "its values repeat, as titles do not"
    assert why_not(codebook, "Key", "A", "A") == "its values repeat, as ids do not"


def test_an_id_that_several_findings_share_is_their_sources(codebook: Codebook) -> None:
    found = suggested(codebook, ID=("7", "7"), Title=("One", "One"), Quote=SENTENCES)
    assert found == {"ID": "source_id", "Title": "title", "Quote": "finding"}
    assert suggested(codebook, ID=("7", "8"), Quote=SENTENCES)["ID"] == "finding_id"
    assert suggested(codebook, Doc_ID=("7", "7"), Title=("One", "Two"), Quote=SENTENCES)["Doc ID"] == ""


def test_titles_hardly_repeat(codebook: Codebook) -> None:
    assert suggested(codebook, Name=TITLES)["Name"] == "title"
    assert why_not(codebook, "Document", "Report", "Report", "Report", "Paper") == "its values repeat, as titles do not"


@pytest.mark.parametrize(
    "heading", ["Publisher Country", "Country of publication", "Author country", "Affiliation country", "Journal place"]
)
def test_a_region_is_where_the_evidence_is_and_not_where_it_was_published(heading: str, codebook: Codebook) -> None:
    said = why_not(codebook, heading, "France", "Wales")
    assert said == "it says where something was published, not where its evidence is"


def test_a_place_in_a_list_of_references_is_where_they_were_published(codebook: Codebook) -> None:
    found = suggested(
        codebook, Title=TITLES, Publisher=("A", "B", "C"), ISBN=("1", "2", "3"), Place=("York", "Ely", "")
    )
    assert found["Place"] == ""
    found = suggested(codebook, Finding=SENTENCES, Place=("York", "Ely"))
    assert found["Place"] == "place"


@pytest.mark.parametrize(
    ("heading", "cells", "reason"),
    [
        ("PY", ("yes", "no"), "its cells say yes or no"),
        ("Published", ("online first", "in print"), "its values are no years"),
        ("DO", ("not found", "none"), "its values are no DOIs"),
        ("Link", ("see above", "as before"), "its values are no addresses"),
        ("x", ("431200", "501234"), "its values are no degrees"),
        ("Date coded", ("yesterday", "today"), "its values are no dates"),
        ("Impact", SENTENCES, "its values are sentences"),
        ("Reviewer", ("1", "2"), "its values are numbers"),
    ],
)
def test_values_of_another_form_are_no_such_field(
    heading: str, cells: tuple[str, ...], reason: str, codebook: Codebook
) -> None:
    assert why_not(codebook, heading, *cells) == reason


def test_our_own_heading_is_taken_at_its_word(codebook: Codebook) -> None:
    assert suggested(codebook, year=("n.d.",), source_id=("x",), direction=("5",)) == {
        "year": "year", "source id": "source_id", "direction": "direction",
    }  # fmt: skip
