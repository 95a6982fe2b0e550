"""The codebook: themes, levers and regions with their parents, names and definitions, and the closed vocabularies."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, cached_property
from types import MappingProxyType
from typing import Any
from unicodedata import normalize

import pycountry
from sqlmodel import Session, select

from data.collection import visibility
from models import Access, Confidence, Direction, Lever, Region, Role, Source, Strand, Theme

FACETS = ("strand", "region", "theme", "lever", "role", "direction", "confidence", "method")
"""The dimensions of the filter, by their keys in the URL, in the order they are shown."""

FACET_NAMES = MappingProxyType(
    {
        "strand": "Strand",
        "region": "Region",
        "theme": "Theme",
        "lever": "Policy lever",
        "role": "Role of the lever",
        "direction": "Direction",
        "confidence": "Confidence",
        "method": "Method",
    }
)

OVERSEAS = "overseas"
"""The kind of a region that is a country other than the United Kingdom."""

DIRECTION_MEANINGS = MappingProxyType(
    {
        Direction.STRENGTHENED: "Social infrastructure, or what it does for people, got better or was shown to do good",
        Direction.IMPEDED: "Social infrastructure, or what it does for people, got worse or was held back",
        Direction.MIXED: "Better in some respects, places or groups, worse or unchanged in others",
        Direction.UNCLEAR: "An effect is looked for, but what is said does not show which way it went",
        Direction.CONTEXT: "Describes, defines or proposes; claims no effect, so it never votes",
    }
)

ROLE_MEANINGS = MappingProxyType(
    {
        Role.APPLIED: "The lever was used",
        Role.WITHDRAWN: "The lever was cut, closed or ended",
        Role.LACKING: "The lever was absent, and its absence is the point",
        Role.PROPOSED: "The lever is called for, not yet tried; never counted as a vote",
    }
)

CONFIDENCE_MEANINGS = MappingProxyType(
    {
        Confidence.HIGH: "A coder would be surprised if better evidence changed this finding",
        Confidence.MODERATE: "Sound as far as it goes; better evidence could change it",
        Confidence.LOW: "A small, second-hand or partial basis; likely to change with better evidence",
        Confidence.VERY_LOW: "One voice, an opinion or an expectation",
    }
)


@dataclass(frozen=True)
class Entry:
    """One code: what it is called, what it means, and the wider code that stands for it too."""

    code: str
    name: str
    definition: str = ""
    parent: str | None = None
    kind: str = ""
    gss_code: str = ""


@dataclass(frozen=True)
class Codebook:
    """Every facet's entries by code, in codebook order; parents come before their parts."""

    facets: Mapping[str, Mapping[str, Entry]]

    def codes(self, facet: str) -> tuple[str, ...]:
        """Return the facet's codes in codebook order."""
        return tuple(self.facets[facet])

    def name(self, facet: str, code: str) -> str:
        """Return the code's name, or the code itself where the codebook lacks it."""
        entry = self.facets[facet].get(code)
        return entry.name if entry else code

    def entries(self, facet: str) -> Iterable[Entry]:
        """Return the facet's entries in codebook order."""
        return self.facets[facet].values()

    def ancestors(self, facet: str, code: str) -> tuple[str, ...]:
        """Return the wider codes that take this one in, nearest first."""
        found: list[str] = []
        entry = self.facets[facet].get(code)
        while entry and entry.parent:
            found.append(entry.parent)
            entry = self.facets[facet].get(entry.parent)
        return tuple(found)

    def parts(self, facet: str, code: str | None) -> tuple[str, ...]:
        """Return the codes directly below this one; below None stand the codes without a parent."""
        return tuple(entry.code for entry in self.entries(facet) if entry.parent == code)

    def leaves(self, facet: str) -> tuple[str, ...]:
        """Return the codes that have no parts."""
        parents = {entry.parent for entry in self.entries(facet)}
        return tuple(code for code in self.facets[facet] if code not in parents)

    def overseas(self) -> tuple[str, ...]:
        """Return the codes of countries other than the United Kingdom."""
        return self._overseas

    @cached_property
    def region_names(self) -> tuple[tuple[str, str], ...]:
        """The code and name of each region."""
        return tuple((entry.code, entry.name) for entry in self.entries("region"))

    @cached_property
    def _overseas(self) -> tuple[str, ...]:
        return tuple(entry.code for entry in self.entries("region") if entry.kind == OVERSEAS)

    def within(self, facet: str, code: str) -> tuple[str, ...]:
        """Return the code and every code below it, in codebook order."""
        return tuple(c for c in self.facets[facet] if c == code or code in self.ancestors(facet, c))


@cache
def countries() -> Mapping[str, str]:
    """Return every ISO 3166-1 alpha-3 code but the United Kingdom's, which is UK here, with its usual name."""
    names = {c.alpha_3: getattr(c, "common_name", c.name) for c in pycountry.countries if c.alpha_3 != "GBR"}
    names["XKX"] = "Kosovo"  # in use for Kosovo, though ISO has not assigned it
    return MappingProxyType(dict(sorted(names.items(), key=lambda item: _without_accents(item[1]))))


def _without_accents(name: str) -> bytes:
    return normalize("NFKD", name).encode("ascii", "ignore")


def read(session: Session, level: Access | None = None) -> Codebook:
    """Return the codebook as a level may see it, with the methods of the sources that it sees.

    The level is the session's, unless another is named: what checks a code asks at the level of who chose it.
    """
    at = visibility.level(session) if level is None else level
    hidden = visibility.codes_withheld(session, at)
    facets = {
        "strand": {row.code: Entry(row.code, row.name, row.description) for row in session.exec(select(Strand))},
        "region": {
            row.code: Entry(row.code, row.name, "", row.parent, row.kind, row.gss_code)
            for row in session.exec(select(Region).order_by(Region.position))  # type: ignore[arg-type]
        },
        "theme": {
            row.code: Entry(row.code, row.name, row.definition, row.parent)
            for row in session.exec(select(Theme).order_by(Theme.position))  # type: ignore[arg-type]
        },
        "lever": {
            row.code: Entry(row.code, row.name, row.definition, row.parent)
            for row in session.exec(select(Lever).order_by(Lever.position))  # type: ignore[arg-type]
        },
        "role": vocabulary(Role, ROLE_MEANINGS),
        "direction": vocabulary(Direction, DIRECTION_MEANINGS),
        "confidence": vocabulary(Confidence, CONFIDENCE_MEANINGS),
        "method": {
            method: Entry(method, method)
            for method in session.exec(
                select(Source.method)
                .where(Source.method != "", *visibility.sources(at))
                .distinct()
                .order_by(Source.method)
            )
        },
    }
    shown = {
        facet: {code: entry for code, entry in entries.items() if (facet, code) not in hidden}
        for facet, entries in facets.items()
    }
    return Codebook(MappingProxyType({facet: MappingProxyType(entries) for facet, entries in shown.items()}))


def vocabulary(words: type[StrEnum], meanings: Mapping[Any, str]) -> dict[str, Entry]:
    """Return a closed vocabulary as entries, each with its one-line meaning."""
    return {str(word): Entry(str(word), str(word), meanings[word]) for word in words}
