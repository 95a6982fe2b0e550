"""Their words: compared without regard to case, spaces and marks, and taken apart where a cell holds several."""

import re
from collections.abc import Callable, Sequence
from unicodedata import normalize

from data.importing.readers.raw import LIST_SEPARATOR

BETWEEN = re.compile(rf"\s*[;|\n\r{LIST_SEPARATOR}]\s*")
"""What surely stands between two words."""
PERHAPS_BETWEEN = re.compile(r"(\s*,\s*(?:and\s+)?|\s+and\s+|\s*&\s*|\s+/\s+)", re.IGNORECASE)
"""What may stand between two words or inside one: "Libraries, arts and culture" is one of ours."""
EDGES = " \t.,:;\"'“”‘’"


def folded(word: str) -> str:
    """Return a word as it is compared: one case, one kind of space, accents and quotation marks aside."""
    plain = word
    if not word.isascii():
        plain = "".join(mark for mark in normalize("NFKD", word) if not "\u0300" <= mark <= "\u036f")
    return " ".join(plain.casefold().split()).strip(EDGES) or plain.strip()


def parted(cell: str, known: Callable[[str], bool]) -> list[str]:
    """Return the words of a cell in their order, repeats included.

    Words stand apart by semicolon, upright line or line break; a piece that is not `known` is also parted at commas,
    "and", "&" and " / ", but so that the longest known words stay whole, and what nobody knows only at its commas.
    """
    found: list[str] = []
    for piece in BETWEEN.split(cell.strip()):
        if piece:
            found += [piece] if known(piece) else _loosely(piece, known)
    return found


def _loosely(piece: str, known: Callable[[str], bool]) -> list[str]:
    tokens = PERHAPS_BETWEEN.split(piece)
    words, separators = tokens[::2], tokens[1::2]
    if len(words) == 1:
        return [piece]
    found: list[str] = []
    unknown: list[str] = []
    start = 0
    while start < len(words):
        end = _longest_known(tokens, start, len(words), known)
        if end:
            found, unknown = [*found, *_unknown(unknown)], []
            found.append("".join(tokens[2 * start : 2 * end - 1]))
            start = end
        else:
            unknown += [words[start], separators[start]] if start < len(separators) else [words[start]]
            start += 1
    return [*found, *_unknown(unknown)]


def _longest_known(tokens: Sequence[str], start: int, count: int, known: Callable[[str], bool]) -> int:
    """Return where the longest run of words from `start` ends that is known as one; 0 where none is."""
    runs = range(min(count, start + 8), start, -1)
    return next((end for end in runs if known("".join(tokens[2 * start : 2 * end - 1]))), 0)


def _unknown(tokens: list[str]) -> list[str]:
    """Return a run of words that nobody knows, parted at its commas alone."""
    text = "".join(tokens).strip(" ,&/")
    return [word for part in text.split(",") if (word := re.sub(r"^and\s+|\s+and$", "", part.strip()))]
