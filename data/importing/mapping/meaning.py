"""What a word means under a mapping: as decided, or where it can be nothing else; otherwise nothing."""

import re
from dataclasses import dataclass

from data.collection.codebook import Codebook
from data.importing.mapping.cell_words import folded
from data.importing.mapping.code_paths import CodePaths
from data.importing.mapping.fields import CODES, FACET_OF
from data.importing.mapping.mapping import Mapping, Targets
from data.importing.mapping.new_codes import extended
from data.importing.mapping.places import region_of
from data.importing.mapping.targets import MEANABLE, Target, entries

ANY_FACET = tuple(facet for facet in MEANABLE if facet != "method")
"""The facets that a word of a column of codes is looked for in."""
CODE_AND_NAME = re.compile(r"(\S+?)[:.–-]?\s+(?:[:–-]\s+)?(\S.*)")
DECIDED = "as decided"


@dataclass(frozen=True)
class Meaning:
    """What a word means and how that is known; no targets is "not ours"; an empty `how` means that nobody knows."""

    targets: Targets = ()
    how: str = ""


class Meanings:
    """Looks words up, each only once; the codebook is taken with the mapping's additions."""

    def __init__(self, mapping: Mapping, codebook: Codebook, paths: CodePaths) -> None:
        self.mapping, self.paths = mapping, paths
        self.codebook = extended(codebook, mapping.additions)
        self._known: dict[tuple[str, str], Meaning] = {}
        self._plain = {facet: _plain_words(self.codebook, facet) for facet in (*ANY_FACET, "method")}

    def of(self, field: str, word: str) -> Meaning:
        """Return what a word of a field means."""
        key = (field, word)
        if key not in self._known:
            self._known[key] = self._look_up(field, word)
        return self._known[key]

    def known(self, field: str, word: str) -> bool:
        """Tell whether a word is decided, plain, or a code of the file's own system."""
        return (field == CODES and self.paths.known(word)) or bool(self.of(field, word).how)

    def _look_up(self, field: str, word: str) -> Meaning:
        decided = self.mapping.targets(field, word)
        if decided is not None:
            return Meaning(decided, DECIDED)
        if field != CODES:
            return self.plain(FACET_OF[field], word)
        name = self.paths.name(word)
        found = [meaning for facet in ANY_FACET if (meaning := self.plain(facet, name)).targets]
        return found[0] if len(found) == 1 else Meaning()

    def plain(self, facet: str, word: str) -> Meaning:
        """Return what a word means by our own codes and names alone; for regions also by the names of places."""
        if facet == "region":
            place = region_of(word, self.codebook)
            if place:
                return Meaning((Target("region", place.codes[0]),), place.how) if place.sure else Meaning()
        key, plain = folded(word), self._plain[facet]
        if key in plain:
            return Meaning((Target(facet, plain[key]),), "our code" if key == folded(plain[key]) else "our name")
        if both := CODE_AND_NAME.fullmatch(word):
            code = plain.get(folded(both[1]))
            if code and code == plain.get(folded(both[2])):
                return Meaning((Target(facet, code),), "our code and name")
        return Meaning()


def _plain_words(codebook: Codebook, facet: str) -> dict[str, str]:
    """Return each code and name, folded, with its code; a name that two codes share means neither."""
    held = entries(codebook, facet)
    names: dict[str, set[str]] = {}
    for entry in held.values():
        names.setdefault(folded(entry.name), set()).add(entry.code)
    found = {name: next(iter(codes)) for name, codes in names.items() if len(codes) == 1}
    return found | {folded(code): code for code in held}
