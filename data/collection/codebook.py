"""The codebook: themes, levers and regions with their parents, names and definitions, and the closed vocabularies."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from types import MappingProxyType
from typing import Any
from unicodedata import normalize

import pycountry
from sqlmodel import Session, select

from data.collection import visibility
from data.facets import EVERY, OVERSEAS, Facet
from models import Access, Base, Source


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
    facets = {facet.key: _entries(session, facet, at) for facet in EVERY}
    shown = {
        facet: {code: entry for code, entry in entries.items() if (facet, code) not in hidden}
        for facet, entries in facets.items()
    }
    return Codebook(MappingProxyType({facet: MappingProxyType(entries) for facet, entries in shown.items()}))


def vocabulary(meanings: Mapping[Any, str]) -> dict[str, Entry]:
    """Return a closed vocabulary as entries, each word with its one-line meaning."""
    return {str(word): Entry(str(word), str(word), meaning) for word, meaning in meanings.items()}


def _entries(session: Session, facet: Facet, at: Access) -> Mapping[str, Entry]:
    """Return a facet's codes: of a closed vocabulary, of a table of the codebook, or what sources say there."""
    if facet.vocabulary:
        return vocabulary(facet.vocabulary)
    if facet.table:
        rows = session.exec(select(facet.table).order_by(*_in_order(facet.table))).all()
        return {entry.code: entry for entry in map(_entry, rows)}
    column = getattr(Source, facet.key)
    said = select(column).where(column != "", *visibility.sources(at)).distinct().order_by(column)
    return {word: Entry(word, word) for word in session.exec(said)}


def _in_order(table: type[Base]) -> list[Any]:
    return [table.position] if hasattr(table, "position") else []


def _entry(row: Any) -> Entry:
    """Return a row of the codebook as an entry; strands are described, regions have a kind and a code of statistics."""
    definition = getattr(row, "definition", getattr(row, "description", ""))
    return Entry(
        row.code, row.name, definition, getattr(row, "parent", None), getattr(row, "kind", ""),
        getattr(row, "gss_code", ""),
    )  # fmt: skip
