"""A file's own code system: every code by its path, so that two codes of one name under two parents stay two."""

from collections.abc import Iterable

from data.importing.mapping.words import PATH_SEPARATOR, folded
from data.importing.raw import RawCode


class CodePaths:
    """The codes of one file, found by id, path or name."""

    def __init__(self, codes: Iterable[RawCode]) -> None:
        self.codes = {code.id: code for code in codes}
        self.paths = {code.id: self._path(code) for code in self.codes.values()}
        self.by_word: dict[str, set[str]] = {}
        for code in self.codes.values():
            for word in (code.name, self.paths[code.id]):
                self.by_word.setdefault(folded(word), set()).add(self.paths[code.id])

    def path(self, word: str) -> str:
        """Return the path of the code that a cell names by id, path or name; the word itself where none is meant.

        A name that stands under several parents names none of them.
        """
        if word in self.paths:
            return self.paths[word]
        meant = self.by_word.get(folded(word), set())
        return next(iter(meant)) if len(meant) == 1 else word

    def known(self, word: str) -> bool:
        """Tell whether a word names a code of this file."""
        return word in self.paths or folded(word) in self.by_word

    def _path(self, code: RawCode) -> str:
        names, seen = [code.name], {code.id}
        while code.parent in self.codes and code.parent not in seen:
            code = self.codes[code.parent]
            seen.add(code.id)
            names.append(code.name)
        return PATH_SEPARATOR.join(reversed(names))


def leaf(path: str) -> str:
    """Return the name of a code without the names of its wider codes."""
    return path.rpartition(PATH_SEPARATOR)[2]


def wider(path: str) -> str:
    """Return the path of the wider code, empty at the top."""
    return path.rpartition(PATH_SEPARATOR)[0]
