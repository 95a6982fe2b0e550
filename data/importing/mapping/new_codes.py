"""Codes that a mapping adds to the codebook, before a load takes them in its own transaction."""

import re
from collections.abc import Sequence
from types import MappingProxyType

from data.collection.codebook import Codebook, Entry
from data.faults import Fault
from data.importing.codebook.additions import TABLES, Addition, checked


def wrong(additions: Sequence[Addition], codebook: Codebook) -> list[Fault]:
    """Return all that is wrong with additions: code taken, parent nowhere or in a circle, no name; as a load would."""
    tables = {
        model: [{"code": entry.code, "name": entry.name} for entry in codebook.entries(facet)]
        for facet, model in TABLES.items()
    }
    return checked(additions, tables)[1]


def extended(codebook: Codebook, additions: Sequence[Addition]) -> Codebook:
    """Return the codebook with the additions it lacks after its own codes, as it will be once they are loaded."""
    facets = dict(codebook.facets)
    for addition in additions:
        if addition.facet in TABLES and addition.code not in facets[addition.facet]:
            entry = Entry(addition.code, addition.name, addition.definition, addition.parent or None)
            facets[addition.facet] = MappingProxyType({**facets[addition.facet], addition.code: entry})
    return Codebook(MappingProxyType(facets))


def next_code(codebook: Codebook, facet: str, parent: str = "", additions: Sequence[Addition] = ()) -> str:
    """Return a free code below a parent, numbered on from its parts as in T1.10; below none, as in T8."""
    stem = f"{parent}." if parent else facet[0].upper()
    held = extended(codebook, additions).codes(facet)
    numbers = [int(found[1]) for code in held if (found := re.fullmatch(re.escape(stem) + r"(\d+)", code))]
    return f"{stem}{max(numbers, default=0) + 1}"
