"""Whether words tell one code from all others: "pubs" stands in one definition, "place" in those of a dozen codes."""

from collections.abc import Collection

from data.collection.codebook import Codebook
from data.importing.mapping.suggesting.definitions import READ, phrase, phrases_of
from data.importing.mapping.targets import Target, entries

SMALL = frozenset(["a", "an", "and", "as", "at", "by", "for", "from", "in", "of", "on", "or", "the", "to", "with"])
"""Words that tell nothing beside others."""


class Telling:
    """Knows in which codes' names and definitions each word stands."""

    def __init__(self, codebook: Codebook) -> None:
        self._stands: dict[str, set[Target]] = {}
        self._items: dict[Target, frozenset[str]] = {}
        self._family: dict[Target, set[Target]] = {}
        self._wider: set[Target] = set()
        for facet in READ:
            for entry in entries(codebook, facet).values():
                self._take(Target(facet, entry.code), entry.name, entry.definition, entry.parent)

    def _take(self, target: Target, name: str, definition: str, parent: str | None) -> None:
        for word in phrase(f"{name} {definition}").split():
            self._stands.setdefault(word.strip(".,;:()"), set()).add(target)
        self._items[target] = frozenset(phrases_of(name))
        family = self._family.setdefault(target, set())
        family.add(target)
        if parent:
            above = Target(target.facet, parent)
            self._wider.add(above)
            family.add(above)
            self._family.setdefault(above, set()).add(target)

    def enough(self, words: str, target: Target, facets: Collection[str]) -> bool:
        """Tell whether words of a code's name or definition are enough to guess that they mean it.

        Several words are. One is where it stands in no other code of these facets but the nearest wider and narrower
        ones, or where a code that has no narrower ones lists it in its name, as "Libraries, arts and culture" does.
        """
        told = [word for word in phrase(words).split() if word not in SMALL]
        if target.facet not in READ or len(told) > 1:
            return True
        held = {code for word in told for code in self._stands.get(word, ()) if code.facet in facets}
        if held <= self._family.get(target, set()):
            return True
        return target not in self._wider and phrase(words) in self._items.get(target, ())
