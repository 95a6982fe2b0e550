"""What a search finds: the findings that hold its words or words of their stems, by a count over the CSV files."""

import re
from collections import defaultdict
from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from nltk.stem.snowball import EnglishStemmer
from sqlalchemy import select as question
from sqlmodel import Session, col

from data.collection.database import asking
from data.collection.snapshot import current
from data.filters.filter import Filter
from data.queries import counting, listing
from data.search.reading import holding, reading
from data.search.terms import Term, TermKind, typed
from data.search.words import words
from models import Access, Finding
from tests.data.drawn import ANY_TEXT
from tests.data.filters.in_sql import conditions
from tests.data.reckoning import ROWS
from tests.data.withholding import held_back

PLAIN = settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
PLACES = ("finding", "place", "population", "title")
STEMMER = EnglishStemmer()
OTHERWISE = {
    "buses": "bus", "ageing": "ageing", "added": "add", "adding": "add", "evening": "evening",
    "international": "internat", "interval": "interval", "university": "universiti", "universities": "universiti",
}  # fmt: skip
"""Words of the collection that NLTK's older stemmer takes for forms of others: intern, even, universe."""
FOLDED = str.maketrans("íãéøõóá’", "iaeoooa'")
FIVE = 5


def words_of(text: str) -> set[str]:
    """Return the words of a text: runs of letters and digits, and those with hyphens once more in one."""
    text = re.sub(r"\bUS\b", "usa", text).casefold().translate(FOLDED)
    text = re.sub(r"(?<=\w)'s\b", "", text).replace("isn't", "isnt")
    hyphened = re.findall(r"(?<![\w-])[^\W\d_]+(?:-[^\W\d_]+)+", text)
    return {*re.findall(r"[^\W_]+", text), *(word.replace("-", "") for word in hyphened)}


HELD = {row.ref: set().union(*(words_of(row.cells[place]) for place in PLACES)) for row in ROWS}
ALL = sorted(set().union(*HELD.values()))


def refs_by(keys: Callable[[str], str]) -> dict[str, set[str]]:
    """Return the refs of the findings that hold any word of a key."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for ref, held in HELD.items():
        for word in held:
            found[keys(word)].add(ref)
    return found


def stem(word: str) -> str:
    """Return a word's stem by NLTK, which the product does not stem with."""
    return OTHERWISE.get(word) or STEMMER.stem(word)


def found(session: Session, search: str) -> set[str]:
    """Return the refs that a search finds, by the snapshot that every count is made from."""
    snapshot = current.of(session)
    held = holding(session, snapshot, reading(session, search, snapshot).expression)
    return {snapshot.refs[place] for place in snapshot.ref[held].tolist()}


def test_every_word_of_the_collection_finds_what_holds_it_or_one_of_its_stem(session):
    by_stem = refs_by(stem)
    wrong = {word for word in ALL if found(session, f'"{word}"') != by_stem[stem(word)]}
    assert len(ALL) > 3_500
    assert wrong == set()


@pytest.mark.slow
def test_every_beginning_of_five_letters_finds_words_that_begin_so_unstemmed(session):
    by_beginning = refs_by(lambda word: word[:FIVE])
    beginnings = [beginning for beginning in by_beginning if len(beginning) == FIVE]
    wrong = {beginning for beginning in beginnings if found(session, f"{beginning}*") != by_beginning[beginning]}
    assert len(beginnings) > 1_500
    assert wrong == set()


def test_a_beginning_without_a_star_is_a_beginning_only_where_no_finding_holds_it_as_a_word(session):
    by_stem, by_beginning = refs_by(stem), refs_by(lambda word: word[:FIVE])
    for beginning in [beginning for beginning in by_beginning if len(beginning) == FIVE][::7]:
        as_word = by_stem.get(stem(beginning))
        assert found(session, f"{beginning} ") == (as_word or by_beginning[beginning]), beginning


@pytest.mark.parametrize(
    ("search", "findings"),
    [("bus", 9), ("pubs", 15), ("police", 4), ("communication", 1), ("ageing", 6), ("gas", 0), ("bus*", 23)],
)
def test_a_word_never_finds_what_its_stem_only_begins(session, codebook, search, findings):
    """A beginning is asked for with a star: "bus*" takes in business too."""
    assert counting.counts(session, Filter(q=search), codebook).findings == findings


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("well-being", "wellbeing"), ("co-production", "coproduction"), ("co-op", "coop"), ("U.S.", "USA"),
        ("São Paulo", "sao paulo"), ("“asset transfer”", '"asset transfer"'), ("‘asset transfer’", '"asset transfer"'),
        ("LIBRARIES", "library"), ("people’s", "people"), ("co‑production", "co-production"),
    ],
)  # fmt: skip
def test_ways_of_writing_one_word_find_the_same(session, one, other):
    assert found(session, one) == found(session, other) != set()


@pytest.mark.parametrize(
    ("written", "typed"),
    [
        ("Łódź", "lodz"), ("Tromsø", "tromso"), ("Straße", "strasse"), ("Æbelø", "aebelo"), ("Đakovo", "dakovo"),
        ("Kadıköy", "kadikoy"), ("ﬁnance", "finance"), ("CAFÉ", "cafe"), ("naı̈ve", "naive"),
    ],
)  # fmt: skip
def test_letters_that_a_keyboard_lacks_are_plain_ones(written, typed):
    assert words(written) == words(typed) == [(typed,)]


def test_a_phrase_wants_its_words_in_order(session):
    texts = {row.ref: " | ".join(row.cells[place] for place in PLACES).casefold() for row in ROWS}
    assert found(session, "“asset transfer”") == {
        ref for ref, text in texts.items() if re.search(r"asset[\s-]+transfers?\b", text)
    }


def test_a_phrase_does_not_run_from_one_field_into_the_next(session):
    place, population = next(
        (row.cells["place"].split()[-1], row.cells["population"].split()[0])
        for row in ROWS
        if row.ref == "INT-E001" or (row.cells["place"] and row.cells["population"])
    )
    assert found(session, f'"{place} {population}"') == set()


def test_words_that_a_question_is_put_with_need_not_be_found():
    assert [str(term) for term in typed("What do we know about the libraries?").terms] == ["libraries"]
    assert [str(term) for term in typed("the who").terms] == ["the", "who"]
    assert typed('"the who"').terms == (Term(TermKind.PHRASE, (("the",), ("who",))),)


@pytest.mark.parametrize(
    ("search", "sought"),
    [
        ("What works for community centres?", ["community", "centres"]),
        ("what helps libraries", ["libraries"]),
        ("do libraries help older people?", ["libraries", "older", "people"]),
        ("Can a village hall help?", ["village", "hall"]),
        ("does help at home matter", ["help", "home", "matter"]),
        ("help with work", ["help", "work"]),
        ("what works", ["what", "works"]),
        ("how do people find work", ["people", "find", "work"]),
        ("what works*", ["works*"]),
    ],
)
def test_works_and_help_are_sought_but_where_they_only_ask(search, sought):
    assert [str(term) for term in typed(search).terms] == sought


def test_a_term_that_no_finding_holds_is_let_go_and_named(session):
    read = reading(session, "libraries xyzzy")
    assert [str(term) for term in read.missing] == ["xyzzy"]
    assert found(session, "libraries xyzzy") == found(session, "libraries")


def test_where_no_finding_holds_all_those_that_hold_most_are_found(session):
    asked = ("bus", "pubs", "police")
    most: defaultdict[int, set[str]] = defaultdict(set)
    for ref, held in HELD.items():
        most[sum(stem(word) in map(stem, held) for word in asked)].add(ref)
    read = reading(session, " ".join(asked))
    assert read.at_most == max(most) < len(asked)
    assert found(session, " ".join(asked)) == most[max(most)]


def test_nothing_is_found_where_no_word_is_held(session, codebook):
    assert counting.counts(session, Filter(q="xyzzy"), codebook).findings == 0


@given(search=ANY_TEXT)
@settings(PLAIN, max_examples=100)
def test_sql_snapshot_and_ranking_find_the_same_whatever_is_typed(loaded, codebook, search):
    with Session(loaded) as session:
        wanted = Filter(q=search)
        by_sql = session.execute(question(col(Finding.ref)).where(*conditions(session, wanted, codebook))).scalars()
        ranked = listing.findings(session, wanted, codebook, "relevance")
        assert set(by_sql) == set(ranked["finding_id"])
        assert len(ranked) == counting.counts(session, wanted, codebook).findings


def test_a_withheld_finding_makes_no_word_known(shipped_file):
    holder = found_only_by("coproduction")
    engine = held_back(shipped_file, dict.fromkeys(holder, "team"), {})
    with asking(engine, Access.PUBLIC) as session:
        assert [str(term) for term in reading(session, "libraries coproduction").missing] == ["coproduction"]
    with asking(engine, Access.TEAM) as session:
        assert reading(session, "libraries coproduction").missing == ()


def found_only_by(word: str) -> set[str]:
    """Return the refs of all findings that hold a word or one that begins with it."""
    return {ref for ref, held in HELD.items() if any(one.startswith(word) or stem(one) == stem(word) for one in held)}
