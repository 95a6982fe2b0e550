"""What a search may have meant besides its words: codes of the codebook, and words that are spelt nearly so."""

import csv
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from weakref import WeakKeyDictionary

from rapidfuzz import process
from rapidfuzz.distance import DamerauLevenshtein
from sqlalchemy import text
from sqlmodel import Session

from data.collection.codebook import Codebook
from data.collection.snapshot import current
from data.collection.snapshot.columns import Snapshot
from data.facets import FACET_NAMES
from data.filters.filter import Filter
from data.importing.mapping import synonyms
from data.queries import counting
from data.search import relevance
from data.search.reading import reading
from data.search.terms import Term, typed
from data.search.words import stem, words
from data.shipped import SYNONYMS

FACETS = ("region", "theme", "lever")
MOST = 6
NEAR = 0.75
"""How alike two words must be, by the letters to change, add, drop or swap, for one to be offered for the other."""
SHORTEST = 4
_VOCABULARIES: WeakKeyDictionary[Snapshot, dict[str, int]] = WeakKeyDictionary()


@dataclass(frozen=True)
class SearchOffer:
    """Something to choose in place of words of a search: the filter it makes, and how many findings that holds."""

    label: str
    wanted: Filter
    findings: int

    def __str__(self) -> str:
        """Say what is offered with its number."""
        return f"{self.label} · {self.findings:,}"


def offers(session: Session, wanted: Filter, codebook: Codebook) -> list[SearchOffer]:
    """Return what the filter's search may have meant, nearest first: a code takes the place of the words that name it.

    Each number is the count of the filter that choosing the offer gives; what gives nothing is not offered.
    """
    if not wanted.q:
        return []
    found = [*_spelt_nearly(session, wanted), *_coded(wanted, codebook)]
    counted = [replace(offer, findings=counting.counts(session, offer.wanted, codebook).findings) for offer in found]
    return [offer for offer in counted if offer.findings][:MOST]


def _coded(wanted: Filter, codebook: Codebook) -> Iterator[SearchOffer]:
    """Yield each code that is meant, and each theme or lever with a region where the search names both."""
    meant = _new(wanted, typed(wanted.q).terms, codebook)
    both = [
        (left, ((facet, code), ("region", place)))
        for rest, named, place in meant if named == "region" and rest
        for left, facet, code in _new(wanted, tuple(rest), codebook) if facet != "region"
    ]  # fmt: skip
    alone = [(rest, ((facet, code),)) for rest, facet, code in meant]
    for rest, codes in sorted([*both, *alone], key=lambda one: len(one[0])):
        left = replace(wanted, q=" ".join(map(str, rest)))
        label = ", ".join(f"{FACET_NAMES[facet]}: {codebook.name(facet, code)}" for facet, code in codes)
        yield SearchOffer(label, left.narrowed(**dict(codes)), 0)


def _new(wanted: Filter, terms: tuple[Term, ...], codebook: Codebook) -> list[tuple[list[Term], str, str]]:
    """Return the codes that are meant and that the filter does not name already."""
    return [one for one in _meant(terms, codebook) if one[2] not in wanted.chosen(one[1])]


def _meant(terms: tuple[Term, ...], codebook: Codebook) -> Iterator[tuple[list[Term], str, str]]:
    """Yield each code that is meant with the terms that do not name it.

    A code is meant where its text holds every term, or where the terms hold its whole name or a synonym of it.
    """
    asked = {term: frozenset(stem(part) for word in term.words for part in word) for term in terms}
    every = frozenset().union(*asked.values())
    for facet in FACETS:
        for entry in codebook.entries(facet):
            names = [_stems(name) for name in (entry.name, *_called(facet, entry.code, entry.name))]
            text_of = frozenset().union(_stems(entry.definition), *names)
            naming = frozenset().union(*(name for name in names if name and name <= every))
            if every <= text_of:
                yield [], facet, entry.code
            elif naming:
                yield [term for term, stems in asked.items() if not stems <= naming], facet, entry.code


@cache
def _stems(words_of: str) -> frozenset[str]:
    return frozenset(stem(part) for term in typed(words_of).terms for word in term.words for part in word)


@cache
def _called(facet: str, code: str, name: str) -> tuple[str, ...]:
    """Return a code's synonyms; those of themes and levers hold for the code of that name alone."""
    if facet == "region":
        return tuple(word for word, codes in synonyms.of_words(facet).items() if codes == (code,) and words(word))
    return tuple(_listed().get((facet, code, name), ()))


@cache
def _listed() -> dict[tuple[str, str, str], list[str]]:
    found: defaultdict[tuple[str, str, str], list[str]] = defaultdict(list)
    with SYNONYMS.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            found[row["facet"], row["code"], row["name"]].append(row["synonym"])
    return found


def _spelt_nearly(session: Session, wanted: Filter) -> Iterator[SearchOffer]:
    """Yield the search with a word that no finding holds put right, by the words of findings that may be seen."""
    asked = typed(wanted.q).terms
    for term in reading(session, wanted.q).missing:
        near = _nearest("".join(term.words[0]), vocabulary(session)) if len(term.words) == 1 else ""
        if near:
            put_right = " ".join(near if other == term else str(other) for other in asked)
            yield SearchOffer(f"Did you mean {near}?", replace(wanted, q=put_right), 0)


def _nearest(word: str, known: dict[str, int]) -> str:
    """Return the known word most like a word, in its most usual form; empty where none is like it."""
    if len(word) < SHORTEST:
        return ""
    found = process.extract(word, list(known), scorer=DamerauLevenshtein.normalized_similarity, score_cutoff=NEAR)
    if not found:
        return ""
    nearest = max(found, key=lambda near: (near[1], known[near[0]]))[0]
    return max((one for one in known if stem(one) == stem(nearest)), key=lambda one: known[one])


def vocabulary(session: Session) -> dict[str, int]:
    """Return each word of the findings that the session may see, unstemmed, with how many findings hold it."""
    snapshot = current.of(session)
    if snapshot not in _VOCABULARIES:
        query = text("SELECT term, doc FROM finding_search_vocabulary WHERE col = 'words'")
        with relevance.index(session, snapshot) as connection:
            rows = connection.execute(query).all()
        _VOCABULARIES[snapshot] = {term: number for term, number in rows if term.isalpha() and len(term) >= SHORTEST}
    return _VOCABULARIES[snapshot]
