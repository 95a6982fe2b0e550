"""A filter, a code and a number in plain words, for headings, messages and files."""

import re
from collections.abc import Iterable
from pathlib import PureWindowsPath

from data.collection.codebook import Codebook
from data.facets import IN_PANEL
from data.filters.filter import Filter
from data.search.terms import Term

TAKES_THE = re.compile(
    r"(North|South) (East|West)$|.* Midlands$|East of |United |.* (Islands|Republic)$"
    r"|(Netherlands|Philippines|Gambia|Bahamas)$"
)
ROLE_PHRASES = {
    "applied": "where applied",
    "withdrawn": "where withdrawn",
    "lacking": "where lacking",
    "proposed": "where proposed",
}
NAMED_AT_MOST = 6
"""Longer lists of names are cut, and the rest counted."""


def in_words(wanted: Filter, codebook: Codebook) -> str:
    """Return a filter as a heading, such as "Community buildings and hubs, in the North East; direction: impeded"."""
    subject = [
        part
        for part in (
            names_of(wanted, codebook, "theme"),
            ", ".join(filter(None, (names_of(wanted, codebook, "lever"), _roles(wanted)))),
        )
        if part
    ]
    place = [f"in {_listed(_with_article(codebook, wanted.region))}"] if wanted.region else []
    if place and wanted.wider:
        place = [f"{place[0]} or about the whole that it lies in"]
    said = [
        f"{facet.key}: {names_of(wanted, codebook, facet.key)}"
        for facet in IN_PANEL
        if facet.scope and wanted.chosen(facet.key)
    ]
    if wanted.year:
        first, last = wanted.year
        said.append(f"published in {first}" if first == last else f"published {first} to {last}")
    if wanted.q:
        said.append(f"search: “{wanted.q}”")
    if wanted.finding:
        said.append(
            "finding " + listed(wanted.finding)
            if len(wanted.finding) == 1
            else "findings " + _listed(wanted.finding, "and")
        )
    heading = ", ".join([" with ".join(subject) or "All findings", *place]) if subject or place else ""
    sentence = "; ".join(filter(None, [heading, *said])) or "All findings"
    return sentence[0].upper() + sentence[1:]


def _roles(wanted: Filter) -> str:
    phrase = " or ".join(ROLE_PHRASES[role].removeprefix("where ") for role in wanted.role)
    if not phrase:
        return ""
    return f"where {phrase}" if wanted.lever else f"any policy lever where {phrase}"


def names_of(wanted: Filter, codebook: Codebook, facet: str) -> str:
    """Return the names of the codes chosen in a facet as a sentence lists them, the longest lists cut."""
    return _listed(codebook.name(facet, code) for code in wanted.chosen(facet))


def _with_article(codebook: Codebook, regions: Iterable[str]) -> list[str]:
    named: list[str] = []
    article = False
    for code in regions:
        name = codebook.name("region", code)
        takes = bool(TAKES_THE.match(name))
        named.append(f"the {name}" if takes and not article else name)
        article = takes
    return named


def region_phrase(codebook: Codebook, code: str) -> str:
    """Return a region's name as it stands in a sentence: "the North East", "London"."""
    return _with_article(codebook, [code])[0]


def _listed(names: Iterable[str], word: str = "or") -> str:
    names = list(names)
    if len(names) > NAMED_AT_MOST:
        return f"{', '.join(names[:NAMED_AT_MOST])} {word} {len(names) - NAMED_AT_MOST} more"
    return listed(names, word)


def listed(names: Iterable[str], word: str = "or") -> str:
    """Return names as a sentence lists them: "a, b or c"."""
    names = list(names)
    return f" {word} ".join(filter(None, (", ".join(names[:-1]), *names[-1:])))


def number_of(number: int, noun: str, plural: str = "") -> str:
    """Return a number with its noun, such as "1 study" or "1,204 findings"."""
    if not plural:
        plural = f"{noun[:-1]}ies" if noun.endswith("y") else f"{noun}s"
    return f"{number:,} {noun if number == 1 else plural}"


def of_total(part: int, total: int, noun: str, plural: str = "") -> str:
    """Return a part of a whole, such as "34 of 52 studies"."""
    return f"{part:,} of {number_of(total, noun, plural)}"


def name_alone(path: str) -> str:
    """Return the name of a file without the folders that it lay in, which concern nobody else, on any system."""
    return PureWindowsPath(path).name


def quoted_terms(terms: Iterable[Term], word: str = "or") -> str:
    """Return parts of a search as they were typed, in quotes, such as "“bus” or “park”"."""
    return listed([f"“{str(term).strip('*').strip(chr(34))}”" for term in terms], word)
