"""A file's own code system: every code by its id, which is its path, so that two codes of one name stay two."""

import re
from collections.abc import Iterable

from data.importing.mapping.cell_words import folded
from data.importing.readers.raw import RawCode

LEVELS = re.compile(r"\s*(?:\\|::|›|>)\s*")
"""What parts a code from the wider one: Places\\Libraries of NVivo and Dedoose, Places > Libraries of MAXQDA."""


class CodePaths:
    """The codes of one file, found by id or, where only one has it, by name."""

    def __init__(self, codes: Iterable[RawCode] = ()) -> None:
        self.codes = {code.id: code for code in codes}
        self._by_word: dict[str, set[str]] = {}
        for code in self.codes.values():
            for word in (code.name, code.id):
                self._by_word.setdefault(folded(word), set()).add(code.id)

    def id(self, word: str) -> str:
        """Return the id of the code that a cell names; the word itself where it names none, or one of several."""
        if word in self.codes:
            return word
        meant = self._by_word.get(folded(word), set())
        return next(iter(meant)) if len(meant) == 1 else word

    def known(self, word: str) -> bool:
        """Tell whether a word names a code of this file."""
        return word in self.codes or folded(word) in self._by_word

    def name(self, word: str) -> str:
        """Return a code's own name; of a path as programs write it, such as Places > Libraries, its last part."""
        if word in self.codes:
            return self.codes[word].name
        return next((part for part in reversed(LEVELS.split(word)) if part), word)

    def wider(self, word: str) -> list[str]:
        """Return the ids of the codes that a code stands in, nearest first."""
        found: list[str] = []
        while word in self.codes and (parent := self.codes[word].parent) in self.codes and parent not in found:
            found.append(word := parent)
        return found
