"""What a search offers: codes that it names and words spelt nearly so, each with the count that choosing it gives."""

import pytest

from data.collection import codebook as codebooks
from data.collection.database import asking
from data.filters.filter import Filter
from data.queries import counting
from data.queries.search_offers import offers, vocabulary
from data.sentences.search_notes import sentences
from models import Access
from tests.data.reckoning import ROWS
from tests.data.withholding import held_back

SEARCHES = ("faith groups", "mosque", "countryside", "north east", "libary", "what about mosques in the north east?",
            "libraries in the north east", "parks in scotland")  # fmt: skip

SAID = ("bus", "regenerat", "libraries xyzzy", "bus OR pubs")


def carrying(facet: str, code: str) -> int:
    """Return how many findings of the files carry a code."""
    return sum(code in getattr(row, facet) for row in ROWS)


@pytest.mark.parametrize(
    ("search", "label", "findings"),
    [
        ("faith groups", "Theme: Faith and belief settings", carrying("themes", "T1.7")),
        ("mosque", "Theme: Faith and belief settings", carrying("themes", "T1.7")),
        ("countryside", "Theme: Parks and green or blue space", carrying("themes", "T1.3")),
        ("north east", "Region: North East", carrying("regions", "TLC")),
        ("what works in the north east?", "Region: North East", carrying("regions", "TLC")),
    ],
)
def test_a_search_that_names_a_code_offers_it_with_its_findings(session, codebook, search, label, findings):
    assert f"{label} · {findings}" in map(str, offers(session, Filter(q=search), codebook))


@pytest.mark.parametrize(
    ("search", "label", "theme", "region"),
    [
        ("libraries in the north east", "Theme: Libraries, arts and culture, Region: North East", "T1.2", "TLC"),
        ("What about parks in Scotland?", "Theme: Parks and green or blue space, Region: Scotland", "T1.3", "TLM"),
    ],
)
def test_a_search_that_names_a_theme_and_a_place_offers_both_together(session, codebook, search, label, theme, region):
    both = sum(theme in row.themes and region in row.regions for row in ROWS)
    assert both
    assert f"{label} · {both}" in map(str, offers(session, Filter(q=search), codebook))


def test_a_word_spelt_nearly_so_is_put_right_in_its_most_usual_form(session, codebook):
    first = offers(session, Filter(q="libary"), codebook)[0]
    assert (first.label, first.wanted) == ("Did you mean libraries?", Filter(q="libraries"))


@pytest.mark.parametrize("search", SEARCHES)
@pytest.mark.parametrize("other", [{}, {"direction": ("strengthened",)}])
def test_each_number_is_what_choosing_gives(session, codebook, search, other):
    found = offers(session, Filter(q=search, **other), codebook)
    assert [offer.findings for offer in found] == [
        counting.counts(session, offer.wanted, codebook).findings for offer in found
    ]
    assert all(offer.wanted.direction == other.get("direction", ()) for offer in found)


def test_a_withheld_finding_makes_no_word_known_and_no_number_larger(shipped_file):
    places = ("finding", "place", "population", "title")
    held = {row.ref: "team" for row in ROWS if any("librar" in row.cells[place].lower() for place in places)}
    engine = held_back(shipped_file, held, {})
    for level, known in ((Access.PUBLIC, False), (Access.TEAM, True)):
        with asking(engine, level) as session:
            told = offers(session, Filter(q="libary"), codebooks.read(session))
            assert ("library" in vocabulary(session)) is known
            assert any(offer.label.startswith("Did you mean librar") for offer in told) is known


def test_what_was_read_otherwise_is_said(session, codebook):
    said = {
        q: sentences(session, Filter(q=q), codebook) for q in ("bus", "regenerat", "libraries xyzzy", "bus OR pubs")
    }
    assert said["bus"] == []
    assert said["regenerat"] == ["No finding here holds the word “regenerat”: words that begin so are found."]
    assert said["libraries xyzzy"] == ["No finding here holds “xyzzy”; it is left out of the search."]
    assert said["bus OR pubs"][0].startswith("OR changes nothing in a search here: findings that hold every word")
