"""Codes by what their definitions name: "Pubs, cafés, shops" names pubs and cafés."""

import re
from collections.abc import Iterable, Iterator, Mapping

from data.collection.codebook import Codebook
from data.importing.mapping.cell_words import folded
from data.importing.mapping.targets import Target, entries

READ = ("theme", "lever")
"""The facets whose definitions list what their codes take in."""
BETWEEN = re.compile(r"[,;:.()]|\band\b|\bor\b|\bsuch as\b|\bother\b")
PLURALS = ((re.compile(r"(?<=[a-z]{2})ies$"), "y"), (re.compile(r"(?<=[a-z]{2}[xsh])es$"), ""),
           (re.compile(r"(?<=[a-z]{2})(?<![su])s$"), ""))  # fmt: skip


def named(codebook: Codebook) -> Mapping[str, tuple[Target, ...]]:
    """Return each phrase that a definition lists, as `phrase` writes it, with the codes whose definitions list it."""
    found: dict[str, dict[Target, None]] = {}
    for facet in READ:
        for entry in entries(codebook, facet).values():
            for key in phrases_of(entry.definition):
                found.setdefault(key, {})[Target(facet, entry.code)] = None
    return {key: tuple(targets) for key, targets in found.items()}


def phrases_of(text: str) -> Iterator[str]:
    """Yield the phrases that a name or definition lists, each as `phrase` writes it."""
    return filter(None, map(phrase, BETWEEN.split(text.casefold())))


def phrase(text: str) -> str:
    """Return words as they are compared: folded, each in the singular, hyphens as spaces."""
    return " ".join(map(_singular, folded(text.replace("-", " ")).split()))


def within(text: str, phrases: Mapping[str, tuple[Target, ...]]) -> Iterable[Target]:
    """Yield the codes whose definitions list a phrase that some of these words are, the longest first."""
    words = phrase(text).split()
    for length in range(len(words) - 1, 0, -1):
        for start in range(len(words) - length + 1):
            yield from phrases.get(" ".join(words[start : start + length]), ())


def _singular(word: str) -> str:
    for ending, instead in PLURALS:
        if ending.search(word):
            return ending.sub(instead, word)
    return word
