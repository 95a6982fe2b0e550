"""The method page: whether the evidence can be trusted, with the numbers of the collection as it is."""

import re

import pytest

from components.views.method_view import SECTIONS
from data.coders import round_loads
from data.collection.access import Standing, Visitor
from tests.pages.test_pages import NOTHING, answer, said


def test_it_answers_with_agreement_and_confidence(open_page, csv_findings):
    low = sum(row["confidence"] in ("low", "very low") for row in csv_findings)
    assert answer(open_page("method")).replace("&#39;", "'") == (
        "Two blind codings gave the same direction to 458 of 543 findings (84 %); "
        f"{low} of 543 findings are of low or very low confidence."
    )


def test_a_filter_that_holds_nothing_does_not_empty_it(open_page):
    assert "What to know before using it" in said(open_page("method", NOTHING))


@pytest.mark.parametrize("key", SECTIONS)
def test_each_part_is_linked_from_the_contents(open_page, key):
    bodies = "".join(element.proto.body for element in open_page("method").get("html"))
    assert (f'href="#{key}"' in bodies, f'id="{key}"' in bodies) == (True, True)


def test_the_limits_are_counted_from_the_collection(open_page, csv_sources):
    words = said(open_page("method"))
    undated = sum(not row["year"] for row in csv_sources)
    opening = sum(row["read"] == "opening of page" for row in csv_sources)
    assert f"{undated} of 461 sources carry no year." in words
    assert f"The coders read the opening of the page of {opening} of 461 sources" in words
    assert "133 of 461 sources share a study" in words
    assert "rests on 378 separate studies" in words
    assert "no person has yet reviewed them" in words


def test_without_codings_nothing_is_claimed_of_them(open_page, writable, monkeypatch):
    for name in ("first", "second", "check", "roles"):
        round_loads.withdraw(writable, name, Visitor("Ada", Standing.EDITOR))
    monkeypatch.setenv("DATABASE_URL", str(writable.url))
    app = open_page("method")
    assert not app.exception
    assert answer(app).startswith("How far coders agree is not known for this collection; ")
    assert "0 of the collection" in said(app)
    assert "Each finding of the shipped evidence was coded twice" not in said(app)


def test_every_load_is_listed_with_its_files_by_name_alone(open_page):
    words = said(open_page("method"))
    loads = words[words.index("Every load, newest first") :]
    assert re.findall(r"\S*findings\.csv \([0-9a-f]{12}\)", loads) == re.findall(r"\bfindings\.csv \(.{12}\)", loads)
    assert len(re.findall(r"\bfindings\.csv \(", loads)) == 4
