"""The texts that selections of a REFI-QDA project point into, and how their program counted characters.

The standard counts Unicode code points of the text as it stands. Programs differ where a line ends in two characters
(ATLAS.ti counts them as one, NVivo as two) and where a character lies beyond the first plane of Unicode (some count
two). Which way a text was counted is found out from the selections themselves.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from data.faults import Unreadable
from data.importing.readers.archive import Archive, climbs
from data.importing.readers.encodings import encoding_of
from data.importing.readers.limits import LONGEST_VALUE

SCHEME = re.compile(r"^(internal|relative|file):/*", re.I)
ASTRAL = re.compile("([\U00010000-\U0010ffff])")
FILLER = "\ufdd0"
"""Stands after a character that counts as two, and is taken out of what was cut."""
JUDGED = 200
"""Selections of a text by which its counting is judged."""
SHORTEST_HINT = 6
HINT_WEIGHT = 10


class TextReading(NamedTuple):
    """A text as one way of counting sees it."""

    counting: str
    text: str

    def cut(self, start: int, end: int) -> str:
        """Return what lies between two positions."""
        held = self.text[start:end]
        if FILLER in held:
            held = held.replace(FILLER, "")
        return held.replace("\r\n", "\n").replace("\r", "\n") if "\r" in held else held


class Chosen(NamedTuple):
    """The reading of a text that suits its selections best, and why it was chosen, in words."""

    reading: TextReading
    why: str


class SelectionPlace(NamedTuple):
    """Where a selection begins and ends, and what it says of itself: its name and its description."""

    start: int
    end: int
    said: tuple[str, str]


def readings(text: str) -> Iterator[TextReading]:
    """Yield the ways in which a text's characters may have been counted, the standard's own first."""
    crlf = "\r\n" in text
    one, two = "line ends as one character", "line ends as two characters"
    first = two if crlf else one if "\n" in text else ""
    yield TextReading(first, text)
    if first:
        yield TextReading(one, text.replace("\r\n", "\n")) if crlf else TextReading(two, text.replace("\n", "\r\n"))
    if text.isascii() or len(text.encode("utf-16-le", "replace")) == 2 * len(text):
        return
    wide, more = "emoji and rare letters as two characters", ASTRAL.sub(rf"\1{FILLER}", text)
    yield TextReading(f"{first} and {wide}" if first else wide, more)
    if first:
        other = more.replace("\r\n", "\n") if crlf else more.replace("\n", "\r\n")
        yield TextReading(f"{one if crlf else two} and {wide}", other)


def chosen(text: str, places: Sequence[SelectionPlace]) -> Chosen:
    """Return the reading under which most selections hold what they say, or else begin and end where words do."""
    ways = readings(text)
    first = best = next(ways)
    second = next(ways, None)
    if second is None or not places:
        return Chosen(first, "")
    judged = [(place.start, place.end, hints_of(*place.said)) for place in places[:JUDGED]]
    hints = sum(bool(said) for _, _, said in judged)
    best_score = _score(first, judged)
    if best_score < 3 * len(judged) + HINT_WEIGHT * hints:
        for way in (second, *ways):
            if (score := _score(way, judged)) > best_score:
                best, best_score = way, score
    matched = sum(_holds(best, *place) for place in judged)
    why = (f"{matched} of {hints} selections whose name gives their text agree" if matched else
           "as words begin and end there" if best is not first else "as the standard has it")  # fmt: skip
    plain = best is first and "\r\n" not in text
    return Chosen(best, "" if plain else f"{best.counting or 'every character as one'}, {why}")


def _score(way: TextReading, places: Iterable[tuple[int, int, tuple[str, ...]]]) -> int:
    score = 0
    text, length = way.text, len(way.text)
    for start, end, hints in places:
        if not 0 <= start < end <= length:
            continue
        score += 1
        score += not text[start].isspace() and not (start and text[start - 1].isalnum() and text[start].isalnum())
        score += not (end < length and text[end - 1].isalnum() and text[end].isalnum())
        if hints and _holds(way, start, end, hints):
            score += HINT_WEIGHT
    return score


def _holds(way: TextReading, start: int, end: int, hints: tuple[str, ...]) -> bool:
    held = " ".join(way.cut(start, end).split()) if hints else ""
    return any(_same(held, hint) for hint in hints)


def _same(held: str, hint: str) -> bool:
    return bool(held) and (held == hint or (held.startswith(hint.rstrip(".… ")) and len(hint) >= SHORTEST_HINT))


def hints_of(*said: str) -> tuple[str, ...]:
    """Return what may be the text of a selection, of its name and description: what has letters and is not short."""
    lines = (" ".join(text.split()) for text in said if text)
    return tuple(line for line in lines if len(line) >= SHORTEST_HINT and any(map(str.isalpha, line)))


class Texts:
    """Finds the text files of a project in its archive, however their paths are written."""

    def __init__(self, archive: Archive | None) -> None:
        """List the archive's entries by their names in small letters."""
        self._archive = archive
        names = archive.names if archive else []
        self._by_path = {name.lower(): name for name in reversed(names)}
        self._by_name: dict[str, list[str]] = {}
        for name in names:
            self._by_name.setdefault(name.lower().rpartition("/")[2], []).append(name)

    def read(self, path: str) -> tuple[str, str]:
        """Return a text and a warning about it, empty where there is none; raises Unreadable where it is not there."""
        rest = SCHEME.sub("", path.strip()).replace("\\", "/")
        if climbs(rest) and ".." in rest.split("/"):
            raise Unreadable(f"has the path {path!r}, which leads out of the project; it was not followed")
        name = self._entry(rest.lower())
        if name is None or self._archive is None:
            raise Unreadable(f"is named as {path!r}, which is not in the project")
        text, warning = _decoded(self._archive.read(name, 2 * LONGEST_VALUE))
        if len(text) > LONGEST_VALUE:
            raise Unreadable(f"has {len(text):,} characters, where at most {LONGEST_VALUE:,} are taken")
        return text, warning

    def _entry(self, rest: str) -> str | None:
        rest = rest.lstrip("/")
        for path in (f"sources/{rest}", rest):
            if path in self._by_path:
                return self._by_path[path]
        named = self._by_name.get(rest.rpartition("/")[2], [])
        return named[0] if len(named) == 1 else None


def _decoded(contents: bytes) -> tuple[str, str]:
    """Return a file's text, and a warning where its encoding is a guess."""
    if contents.isascii() and b"\0" not in contents:
        return contents.decode("ascii"), ""
    encoding = encoding_of(contents)
    warning = f"its encoding is {encoding.found}" if encoding.guessed else ""
    return contents.decode(encoding.name, "replace").removeprefix("\ufeff"), warning
