"""Filter: the one value that says what is being looked at, from and to the URL."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from difflib import get_close_matches
from typing import Any
from urllib.parse import parse_qsl, unquote, urlencode

from data.collection.codebook import Codebook
from data.collection.tracking import is_tracking
from data.facets import FACETS

LONGEST_SEARCH = 200
"""Characters of a search that are used; longer ones are cut, and the reader is told."""
YEARS = re.compile(r"(\d{4})(?:-(\d{4}))?")
LONGEST_REF = 200
MOST_REFS = 500
"""Refs of findings that one URL may name; SQLite takes only so many values in one question."""
MOST_NAMED = 20
"""Unknown codes of a facet that are named one by one; the rest are named together."""
WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True)
class Filter:
    """What is being looked at: OR inside a facet, AND across facets, a parent code takes in its parts.

    Codes are sorted and unrepeated, so that one question has one value, one URL and one cache key. `year` is the
    first and last year, both included; `finding` holds refs; `wider` adds findings about the whole of what the
    chosen regions lie in.
    """

    strand: tuple[str, ...] = ()
    region: tuple[str, ...] = ()
    theme: tuple[str, ...] = ()
    lever: tuple[str, ...] = ()
    role: tuple[str, ...] = ()
    direction: tuple[str, ...] = ()
    confidence: tuple[str, ...] = ()
    method: tuple[str, ...] = ()
    year: tuple[int, int] | None = None
    q: str = ""
    finding: tuple[str, ...] = ()
    wider: bool = False

    def __bool__(self) -> bool:
        """Tell whether anything is narrowed at all."""
        return self != Filter(wider=self.wider)

    def chosen(self, facet: str) -> tuple[str, ...]:
        """Return the codes chosen in a facet."""
        codes: tuple[str, ...] = getattr(self, facet)
        return codes

    def without(self, *keys: str) -> "Filter":
        """Return the same filter with these keys let go."""
        defaults: dict[str, Any] = {field.name: field.default for field in fields(self)}
        return replace(self, **{key: defaults[key] for key in keys})

    def narrowed(self, **choices: str | tuple[str, ...]) -> "Filter":
        """Return the same filter with each named facet set to these codes."""
        codes = {
            key: tuple(sorted({value} if isinstance(value, str) else set(value))) for key, value in choices.items()
        }
        return replace(self, **codes)  # type: ignore[arg-type]

    def narrowing(self) -> tuple[str, ...]:
        """Return the keys that narrow, in the order they are shown."""
        return tuple(key for key in KEYS if key != "wider" and getattr(self, key))

    def to_query(self) -> dict[str, str]:
        """Return the filter as URL keys and values, what is not chosen left out."""
        query = {key: ",".join(map(escaped, getattr(self, key))) for key in LISTS if getattr(self, key)}
        if self.year:
            first, last = self.year
            query["year"] = f"{first:04}" if first == last else f"{first:04}-{last:04}"
        if self.q:
            query["q"] = self.q
        if self.wider:
            query["wider"] = "1"
        return {key: query[key] for key in KEYS if key in query}

    def to_address(self) -> str:
        """Return the filter as the part of a URL after the question mark, commas left readable."""
        return urlencode(self.to_query(), safe=",")


KEYS = tuple(field.name for field in fields(Filter))
"""Every URL key the filter owns."""
LISTS = (*FACETS, "finding")
"""The keys that hold several values, joined by commas."""


@dataclass(frozen=True)
class Ignored:
    """A part of a URL that was not understood, and was left out of the filter."""

    key: str
    value: str
    reason: str

    def __str__(self) -> str:
        """Say what was ignored and why."""
        shown = self.value if len(self.value) <= 60 else self.value[:57] + "…"
        return f"{self.key}={shown}: {self.reason}" if self.key else f'"{shown}": {self.reason}'


def parse(query: str | Mapping[str, str], codebook: Codebook) -> tuple[Filter, tuple[Ignored, ...]]:
    """Return the filter that a query string or mapping asks for, and what in it was not understood.

    Never raises: an unknown key or code, a malformed year or search is left out and named. What only says where a
    reader came from is left out without a word.
    """
    ignored: list[Ignored] = []
    values: dict[str, object] = {}
    for key, value in _once(query, ignored).items():
        if key in FACETS:
            values[key] = _codes(key, value, codebook, ignored)
        elif key == "finding":
            values[key] = _refs(value, ignored)
        elif key == "year":
            values[key] = _years(value, ignored)
        elif key == "q":
            values[key] = _search(value, ignored)
        elif key == "wider":
            values[key] = _wider(value, ignored)
        elif not is_tracking(key):
            ignored.append(Ignored(key, value, f"there is no such filter{_perhaps(key, {key: key for key in KEYS})}"))
    return Filter(**values), tuple(ignored)  # type: ignore[arg-type]


def _once(query: str | Mapping[str, str], ignored: list[Ignored]) -> dict[str, str]:
    """Return each key once: lists given in parts are taken together, of anything else the last counts."""
    string = isinstance(query, str)
    pairs = parse_qsl(query.removeprefix("?"), keep_blank_values=True) if string else query.items()  # type: ignore[union-attr]
    found: dict[str, str] = {}
    for pair in pairs:
        key, value = (part.encode("utf-8", "replace").decode() for part in pair)
        if key in found and key in LISTS:
            value = f"{found[key]},{value}"
        elif key in KEYS and found.get(key, value) != value:
            ignored.append(Ignored(key, found[key], "it is given more than once; the last one counts"))
        found[key] = value
    return found


def escaped(value: str) -> str:
    """Return one value of a list so that a comma in it is not taken for the end of it."""
    return value.replace("%", "%25").replace(",", "%2C")


def values_in(value: str) -> list[str]:
    """Return the values of a list, each once, in the order given."""
    return list(dict.fromkeys(filter(None, (unquote(part).strip() for part in value.split(",")))))


def _codes(facet: str, value: str, codebook: Codebook, ignored: list[Ignored]) -> tuple[str, ...]:
    known = set(codebook.codes(facet))
    folded = {code.casefold(): code for code in known}
    chosen = {code: code if code in known else folded.get(code.casefold()) for code in values_in(value)}
    unknown = [code for code, meant in chosen.items() if meant is None]
    meant_by = {entry.name.casefold(): entry.code for entry in codebook.entries(facet)} | folded
    ignored += [
        Ignored(facet, code, f"there is no such {facet}{_perhaps(code, meant_by)}") for code in unknown[:MOST_NAMED]
    ]
    if unknown[MOST_NAMED:]:
        ignored.append(Ignored(facet, ",".join(unknown[MOST_NAMED:]), f"there is no such {facet}"))
    return tuple(sorted({code for code in chosen.values() if code is not None}))


def _refs(value: str, ignored: list[Ignored]) -> tuple[str, ...]:
    fit: list[str] = []
    for ref in values_in(value):
        if ref.isprintable() and len(ref) <= LONGEST_REF:
            fit.append(ref)
        else:
            ignored.append(Ignored("finding", ref, "that is not a finding's ref"))
    if fit[MOST_REFS:]:
        ignored.append(Ignored("finding", ",".join(fit[MOST_REFS:]), f"only the first {MOST_REFS} refs are used"))
    return tuple(sorted(fit[:MOST_REFS]))


def _years(value: str, ignored: list[Ignored]) -> tuple[int, int] | None:
    if not value.strip():
        return None
    match = YEARS.fullmatch(value.strip())
    if not match:
        ignored.append(Ignored("year", value, "write a year or a range, such as 2019 or 2015-2022"))
        return None
    first, last = int(match[1]), int(match[2] or match[1])
    if first > last:
        ignored.append(Ignored("year", value, "the first year comes after the last"))
        return None
    return first, last


def _wider(value: str, ignored: list[Ignored]) -> bool:
    if value.strip() not in ("", "0", "1"):
        ignored.append(Ignored("wider", value, "write wider=1 to take in findings about the whole, or leave it out"))
    return value.strip() == "1"


def _search(value: str, ignored: list[Ignored]) -> str:
    wanted = " ".join(value.replace("\0", " ").split())
    if len(wanted) > LONGEST_SEARCH:
        ignored.append(Ignored("q", wanted, f"only the first {LONGEST_SEARCH} characters of the search are used"))
        wanted = wanted[:LONGEST_SEARCH].rstrip()
    if wanted and not WORD.search(wanted):
        ignored.append(Ignored("q", wanted, "there is no word in it to search for"))
        return ""
    return wanted


def _perhaps(word: str, meant_by: Mapping[str, str]) -> str:
    """Suggest what the nearest known word stands for; the known words are casefolded."""
    near = get_close_matches(word.casefold()[:LONGEST_REF], meant_by, n=1, cutoff=0.75)
    return f'; did you mean "{meant_by[near[0]]}"?' if near else ""
