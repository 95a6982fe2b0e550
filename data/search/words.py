"""The words of a text as a search compares them: folded, hyphens and dots settled, and their stems.

What is indexed and what is typed go the same way, so that both are told apart, or not, by the same rules.
"""

import re
from collections.abc import Iterable
from functools import cache, lru_cache
from unicodedata import combining, normalize

import snowballstemmer

BETWEEN = "_"
"""Stands between the fields of a finding in the index. No word holds it, so no phrase runs across."""
LETTERS = str.maketrans({"ł": "l", "Ł": "L", "ø": "o", "Ø": "O", "æ": "ae", "Æ": "AE", "œ": "oe", "Œ": "OE", "đ": "d",
                         "Đ": "D", "ð": "d", "Ð": "D", "þ": "th", "Þ": "Th", "ı": "i", "\u00ad": None,
                         "‐": "-", "‑": "-", "’": "'", "‘": "'", "ʼ": "'"})  # fmt: skip
"""Letters that Unicode does not take apart into a plain one and a mark, and the variants of hyphen and apostrophe."""
DOTTED = re.compile(r"\b(?:[^\W\d_]\.){2,}(?:[^\W\d_]\b)?|\bUS\b")
UNITED_STATES = "usa"
WORD = re.compile(r"[^\W_]+(?:[-'][^\W_]+)*")
OWN_STEMS = {"buses": "bus", "busses": "bus", "gases": "gas", "ageing": "ageing", "aging": "ageing"}
"""Where the stemmer takes a plural for another word, or a thing (growing old) for a form of another (an age)."""
Word = tuple[str, ...]
"""One word as its parts, which hyphens join: ("bus",), or ("well", "being")."""


def words(text: str) -> list[Word]:
    """Return the words of a text in order, folded: case and marks let go, U.S. one word, 's left out."""
    text = DOTTED.sub(_undotted, text.translate(LETTERS))
    plain = "".join(letter for letter in normalize("NFKD", text.casefold()) if not combining(letter)).translate(LETTERS)
    found: list[Word] = []
    for match in WORD.findall(plain):
        parts = [part for piece in match.split("-") for part in _without_apostrophe(piece)]
        if "'" in match and "-" not in match:
            found += [(part,) for part in parts]
        else:
            found.append(tuple(parts))
    return found


def joined(word: Word) -> str:
    """Return a word written in one; empty where it has one part, or holds a number, whose parts are no word."""
    return "".join(word) if len(word) > 1 and all(part.isalpha() for part in word) else ""


@lru_cache(maxsize=200_000)
def stem(word: str) -> str:
    """Return the stem of a folded word by the English Snowball stemmer (Porter2), or its own stem where it has one."""
    return OWN_STEMS.get(word) or str(_stemmer().stemWord(word))


@cache
def _stemmer():  # type: ignore[no-untyped-def]
    return snowballstemmer.stemmer("english")


def indexed(fields: Iterable[str]) -> tuple[str, str]:
    """Return what the index holds of a finding's fields: all words, unstemmed, and all stems.

    A word with a hyphen stands in its parts, and once more written in one, so that either way of typing it finds it.
    """
    plain, stems = [], []
    for field in fields:
        found = words(field or "")
        parts = [part for word in found for part in word]
        in_one = [joined(word) for word in found]
        plain += [*parts, BETWEEN, *(whole for whole in in_one if whole), BETWEEN]
        stems += [*map(stem, parts), BETWEEN]
        if any(in_one):
            once_more = [
                part for word, whole in zip(found, in_one, strict=True) for part in ([whole] if whole else word)
            ]
            stems += [*map(stem, once_more), BETWEEN]
    return " ".join(plain), " ".join(stems)


def _undotted(match: re.Match[str]) -> str:
    letters = match[0].replace(".", "")
    return UNITED_STATES if letters.casefold() == "us" else letters


def _without_apostrophe(piece: str) -> list[str]:
    if piece.endswith("n't"):
        return [piece.replace("'", "")]
    return [part for place, part in enumerate(piece.split("'")) if place == 0 or part != "s"]
