"""What other tools and people call our fields and codes, from the file synonyms.toml beside this one."""

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from data.importing.mapping.cell_words import folded

FILE = Path(__file__).with_name("synonyms.toml")


@cache
def _contents() -> dict[str, Any]:
    return tomllib.loads(FILE.read_text(encoding="utf-8"))


@cache
def of_columns(holds: str) -> Mapping[str, tuple[str, ...]]:
    """Return, for a table of `sources` or `findings`, each folded header with the fields that it may mean."""
    return _turned(_contents()["columns"][holds])


@cache
def of_words(facet: str) -> Mapping[str, tuple[str, ...]]:
    """Return each folded word with the codes of the facet that it may mean."""
    return _turned(_contents()["words"].get(facet, {}))


@cache
def ambiguous() -> Mapping[str, tuple[str, ...]]:
    """Return each folded name of several places with the codes of the regions it may mean."""
    return MappingProxyType({folded(word): tuple(codes) for word, codes in _contents()["ambiguous"].items()})


def header(name: str) -> str:
    """Return a header as it is compared: underscores, hyphens and dots are spaces."""
    return folded(name.replace("_", " ").replace("-", " ").replace(".", " "))


def _turned(listed: Mapping[str, list[str]]) -> Mapping[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for ours, theirs in listed.items():
        for word in theirs:
            key = folded(word)
            found[key] = tuple(dict.fromkeys((*found.get(key, ()), ours)))
    return MappingProxyType(found)


@cache
def no_evidence() -> frozenset[str]:
    """Return the folded names of sheets that hold no evidence."""
    return frozenset(map(folded, _contents()["sheets"]["no_evidence"]))
