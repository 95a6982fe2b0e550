"""The texts that selections of a REFI-QDA project point into, and how their program counted characters.

The standard counts Unicode code points of the text as it stands. Programs differ where a line ends in two characters
(ATLAS.ti counts them as one, NVivo as two) and where a character lies beyond the first plane of Unicode (some count
two). Which way a text was counted is found out from the selections themselves.
"""

import re
from collections.abc import Sequence
from typing import NamedTuple

from data.importing.faults import Unreadable
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


class Reading(NamedTuple):
    """A text as one way of counting sees it."""

    counting: str
    text: str

    def cut(self, start: int, end: int) -> str:
        """Return what lies between two positions."""
        return self.text[start:end].replace(FILLER, "").replace("\r\n", "\n").replace("\r", "\n")


class Chosen(NamedTuple):
    """The reading of a text that suits its selections best, and why it was chosen, in words."""

    reading: Reading
    why: str


class Place(NamedTuple):
    """Where a selection begins and ends, and what its own name or description says that it holds."""

    start: int
    end: int
    hints: tuple[str, ...]


def readings(text: str) -> list[Reading]:
    """Return the ways in which a text's characters may have been counted, the standard's own first."""
    ends = [Reading("", text)]
    if "\r\n" in text:
        ends = [Reading("line ends as two characters", text),
                Reading("line ends as one character", text.replace("\r\n", "\n"))]  # fmt: skip
    elif "\n" in text:
        ends = [Reading("line ends as one character", text),
                Reading("line ends as two characters", text.replace("\n", "\r\n"))]  # fmt: skip
    if not ASTRAL.search(text):
        return ends
    wide = [
        Reading(f"{way.counting}{' and ' if way.counting else ''}emoji and rare letters as two characters",
                ASTRAL.sub(rf"\1{FILLER}", way.text))
        for way in ends
    ]  # fmt: skip
    return [*ends, *wide]


def chosen(text: str, places: Sequence[Place]) -> Chosen:
    """Return the reading under which most selections hold what they say, or else begin and end where words do."""
    ways = readings(text)
    if len(ways) == 1 or not places:
        return Chosen(ways[0], "")
    judged = places[:JUDGED]
    hints = sum(bool(place.hints) for place in judged)
    best, best_score = ways[0], -1
    for way in ways:
        score = _score(way, judged)
        if score > best_score:
            best, best_score = way, score
        if way is ways[0] and score == 3 * len(judged) + HINT_WEIGHT * hints:
            break
    matched = sum(_holds(best, place) for place in judged)
    why = (f"{matched} of {hints} selections whose name gives their text agree" if matched else
           "as words begin and end there" if best is not ways[0] else "as the standard has it")  # fmt: skip
    plain = best is ways[0] and "\r\n" not in text
    return Chosen(best, "" if plain else f"{best.counting or 'every character as one'}, {why}")


def _score(way: Reading, places: Sequence[Place]) -> int:
    score = 0
    text, length = way.text, len(way.text)
    for place in places:
        start, end = place.start, place.end
        if not 0 <= start < end <= length:
            continue
        score += 1
        score += not text[start].isspace() and not (start and text[start - 1].isalnum() and text[start].isalnum())
        score += not (end < length and text[end - 1].isalnum() and text[end].isalnum())
        if place.hints and _holds(way, place):
            score += HINT_WEIGHT
    return score


def _holds(way: Reading, place: Place) -> bool:
    held = " ".join(way.cut(place.start, place.end).split())
    return any(_same(held, hint) for hint in place.hints)


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
        contents = self._archive.read(name, 2 * LONGEST_VALUE)
        encoding = encoding_of(contents)
        warning = f"its encoding is {encoding.found}" if encoding.guessed else ""
        text = contents.decode(encoding.name, "replace").removeprefix("\ufeff")
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
