"""Filter: the one value that says what is being looked at, from and to the URL."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from difflib import get_close_matches
from urllib.parse import parse_qsl, urlencode

from data.codebook import FACETS, Codebook

LONGEST_SEARCH = 200
"""Characters of a search that are used; longer ones are cut, and the reader is told."""
YEARS = re.compile(r"(\d{4})(?:-(\d{4}))?")
REF = re.compile(r"[A-Za-z0-9][A-Za-z0-9._:/-]{0,59}")
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
        defaults = {field.name: field.default for field in fields(self)}
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
        query = {key: ",".join(getattr(self, key)) for key in (*FACETS, "finding") if getattr(self, key)}
        if self.year:
            first, last = self.year
            query["year"] = str(first) if first == last else f"{first}-{last}"
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

    Never raises: an unknown key or code, a malformed year or search is left out and named.
    """
    pairs = dict(parse_qsl(query.removeprefix("?"), keep_blank_values=True)) if isinstance(query, str) else dict(query)
    ignored: list[Ignored] = []
    values: dict[str, object] = {}
    for key, value in pairs.items():
        if key in FACETS:
            values[key] = _codes(key, value, codebook, ignored)
        elif key == "finding":
            values[key] = _refs(value, ignored)
        elif key == "year":
            values[key] = _years(value, ignored)
        elif key == "q":
            values[key] = _search(value, ignored)
        elif key == "wider":
            values[key] = value == "1"
        else:
            ignored.append(Ignored(key, value, f"there is no such filter{_perhaps(key, KEYS)}"))
    return Filter(**values), tuple(ignored)  # type: ignore[arg-type]


def _codes(facet: str, value: str, codebook: Codebook, ignored: list[Ignored]) -> tuple[str, ...]:
    known = {code.casefold(): code for code in codebook.codes(facet)}
    chosen = set()
    for code in filter(None, (part.strip() for part in value.split(","))):
        if code.casefold() in known:
            chosen.add(known[code.casefold()])
        else:
            ignored.append(Ignored(facet, code, f"there is no such {facet}{_perhaps(code, known.values())}"))
    return tuple(sorted(chosen))


def _refs(value: str, ignored: list[Ignored]) -> tuple[str, ...]:
    refs = {part.strip() for part in value.split(",") if part.strip()}
    ignored += [
        Ignored("finding", ref, "that is not a finding's ref") for ref in sorted(refs) if not REF.fullmatch(ref)
    ]
    return tuple(sorted(ref for ref in refs if REF.fullmatch(ref)))


def _years(value: str, ignored: list[Ignored]) -> tuple[int, int] | None:
    match = YEARS.fullmatch(value.strip())
    if not match:
        ignored.append(Ignored("year", value, "write a year or a range, such as 2019 or 2015-2022"))
        return None
    first, last = int(match[1]), int(match[2] or match[1])
    if first > last:
        ignored.append(Ignored("year", value, "the first year comes after the last"))
        return None
    return first, last


def _search(value: str, ignored: list[Ignored]) -> str:
    wanted = " ".join(value.replace("\0", " ").encode("utf-8", "replace").decode().split())
    if len(wanted) > LONGEST_SEARCH:
        ignored.append(Ignored("q", wanted, f"only the first {LONGEST_SEARCH} characters of the search are used"))
        wanted = wanted[:LONGEST_SEARCH].rstrip()
    if wanted and not WORD.search(wanted):
        ignored.append(Ignored("q", wanted, "there is no word in it to search for"))
        return ""
    return wanted


def _perhaps(word: str, known: object) -> str:
    near = get_close_matches(word, list(known), n=1, cutoff=0.75)  # type: ignore[call-overload]
    return f'; did you mean "{near[0]}"?' if near else ""
