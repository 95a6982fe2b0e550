"""Where no finding holds every word of a search, each that is shown says which words it holds."""

from data.filters.filter import Filter
from data.queries import counting, listing, search_marks
from tests.data.search.test_reading import HELD, stem


def said(session, codebook, search: str) -> dict[str, str]:
    wanted = Filter(q=search)
    found = listing.findings(session, wanted, codebook)["finding_id"]
    assert counting.counts(session, wanted, codebook).findings == len(found)
    return search_marks.held(session, wanted, codebook, found)


def test_each_best_match_says_which_words_it_holds_and_which_not(session, codebook):
    asked = ("bus", "swimming", "church")
    told = said(session, codebook, " ".join(asked))
    assert told
    for ref, sentence in told.items():
        stems = {stem(word) for word in HELD[ref]}
        held = [word for word in asked if stem(word) in stems]
        not_held = [word for word in asked if word not in held]
        has, lacks = (word.join(f"“{one}”" for one in some) for word, some in ((" and ", held), (" or ", not_held)))
        assert sentence == f"Holds {has} of the search, not {lacks}."


def test_nothing_is_said_where_a_finding_holds_all_of_a_search_or_nothing_is_searched_for(session, codebook):
    assert said(session, codebook, "library") == {}
    assert said(session, codebook, "") == {}


def test_a_word_that_no_finding_holds_is_told_for_the_search_and_not_for_each_finding(session, codebook):
    assert said(session, codebook, "library xylophone") == {}
