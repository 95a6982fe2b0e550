"""Which encoding a text file is in: by its mark, by being UTF-8, or as the likelier of Windows's and the old Mac's."""

import codecs
import re
import unicodedata
from itertools import islice
from typing import NamedTuple

from charset_normalizer import from_bytes

MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig", "UTF-8, marked as such"),
    (codecs.BOM_UTF16_LE, "utf-16", "UTF-16, marked as such"),
    (codecs.BOM_UTF16_BE, "utf-16", "UTF-16, marked as such"),
)
WINDOWS, MAC = "cp1252", "mac_roman"
NAMES = {
    "utf-8": "UTF-8",
    "utf-8-sig": "UTF-8",
    "utf-16": "UTF-16",
    "utf-16-le": "UTF-16",
    "utf-16-be": "UTF-16",
    WINDOWS: "Windows (cp1252)",
    MAC: "Mac Roman",
}
NOT_ASCII = re.compile(r"[^\x00-\x7f]")
JUDGED = 20_000
"""Characters outside ASCII, from the start of a file, by which its encoding is judged."""
OPENING, CLOSING, DASHES, MONEY = "‘“«", "’”»", "–—", "£€"


class Encoding(NamedTuple):
    """An encoding by Python's name, how it was found in words, and whether it is only likely."""

    name: str
    found: str
    guessed: bool = False


def encoding_of(contents: bytes) -> Encoding:
    """Return the encoding of a text file; the 8-bit ones can only be guessed, from the words they make."""
    for mark, name, found in MARKS:
        if contents.startswith(mark):
            return Encoding(name, found)
    start = contents[:2000]
    if start.count(0) > len(start) / 4:
        # Letters of our alphabet in UTF-16 have a zero byte beside them: after, where the small end comes first.
        small_first = start[1::2].count(0) > start[0::2].count(0)
        return Encoding("utf-16-le" if small_first else "utf-16-be", "UTF-16, by the zero byte beside each letter")
    try:
        contents.decode()
    except UnicodeDecodeError:
        return _eight_bit(contents)
    return Encoding("utf-8", "UTF-8, as all its bytes are")


def _eight_bit(contents: bytes) -> Encoding:
    """Choose between Windows and Mac by how likely the characters are where they stand.

    charset-normalizer by itself takes a short file of English with a few accents for Greek, Chinese or cp437, and even
    when told to choose between these two it takes half of all Mac files for Windows ones. In place, the two differ
    plainly: the byte of a Mac é is Ž in Windows, that of a Windows é is È on the Mac, and a capital does not follow a
    small letter. Where the places do not decide, charset-normalizer does.
    """
    scores = {name: likelihood(text) for name in (WINDOWS, MAC) if (text := _decoded(contents, name)) is not None}
    best = max(scores, key=lambda name: scores[name])
    if len(scores) == 2 and scores[WINDOWS] == scores[MAC]:
        match = from_bytes(contents[:JUDGED], cp_isolation=[WINDOWS, MAC]).best()
        best = match.encoding if match and match.encoding in scores else WINDOWS
    return Encoding(best, f"{NAMES[best]}, guessed from its words", guessed=True)


def _decoded(contents: bytes, name: str) -> str | None:
    try:
        return contents.decode(name)
    except UnicodeDecodeError:
        return None


def likelihood(text: str) -> float:
    """Return how well the characters outside ASCII suit their places, summed over the first of them."""
    total = 0.0
    for found in islice(NOT_ASCII.finditer(text), JUDGED):
        place = found.start()
        before = text[place - 1] if place else " "
        after = text[place + 1] if place + 1 < len(text) else " "
        total += _suits(found[0], before, after)
    return total


def _suits(character: str, before: str, after: str) -> float:
    """Return how well one character suits its place: 1 well, 0 no matter, -1 or -2 badly."""
    if character.isalpha():
        return _letter_suits(character, before, after)
    if character in OPENING:
        return 1 if not before.isalnum() and not after.isspace() else -1
    if character in CLOSING:
        return 1 if not before.isspace() and not (after.isalpha() and not before.isalpha()) else -1
    if character in DASHES:
        return float(before.isspace() == after.isspace())
    if character in MONEY:
        return float(after.isdecimal())
    in_word = before.isalpha() or after.isalpha()
    return -float(in_word and unicodedata.category(character) in ("Sm", "Sk", "So", "Sc", "Po", "Cc"))


def _letter_suits(character: str, before: str, after: str) -> float:
    if not (before.isalpha() or after.isalpha()) or after.isdecimal() or character in "ªºµƒΩπ":
        return -1
    if character.isupper():
        return -2 if before.islower() else 0.5 if after.islower() else 0
    return 0.5 if character in "œÿ" else 1
