"""A search as it was typed: its words, beginnings and phrases, and what in it is no word to search for."""

import re
import tomllib
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path

from data.search.words import Word, joined, stem, words

UNASKED = Path(__file__).with_name("unasked.toml")
QUOTES = str.maketrans(dict.fromkeys("“”„‟«»″＂", '"'))
SINGLE_QUOTED = re.compile(r"‘([^‘’\"]*)’(?!\w)")
PIECE = re.compile(r'"([^"]*)"|([^\s"]+)')
WHAT: Word = ("what",)
WORKS: frozenset[Word] = frozenset({("work",), ("works",), ("worked",), ("helps",), ("helped",)})
"""Verbs that only ask where they follow "what" at once: "what works for libraries"."""
DOES: frozenset[Word] = frozenset({("do",), ("does",), ("did",), ("can",), ("could",), ("will",), ("would",)})
HELP: Word = ("help",)
"""The verb of a question that begins with one of these: "do libraries help older people"."""
OPERATOR = re.compile(r"AND|OR|NOT|NEAR(?:/\d+)?\(?")


class TermKind(StrEnum):
    """How a part of a search was typed."""

    WORD = "word"
    BEGINNING = "beginning"
    PHRASE = "phrase"


@dataclass(frozen=True)
class Term:
    """One part of a search: words that stand in order, each as its parts."""

    kind: TermKind
    words: tuple[Word, ...]

    def __str__(self) -> str:
        """Say the term as it may be typed."""
        text = " ".join("-".join(word) for word in self.words)
        return f"{text}*" if self.kind is TermKind.BEGINNING else f'"{text}"' if self.kind is TermKind.PHRASE else text

    @property
    def expression(self) -> str:
        """Return the term in FTS5's language: stems of whole words, or unstemmed words that begin so."""
        column, same, star = ("words", str, " *") if self.kind is TermKind.BEGINNING else ("stems", stem, "")
        ways = dict.fromkeys(
            " ".join(map(same, parts))
            for parts in (
                [part for word in self.words for part in word],
                [part for word in self.words for part in ([joined(word)] if joined(word) else word)],
            )
        )
        quoted = " OR ".join(f'"{way}"{star}' for way in ways)
        return f"{column} : ({quoted})"

    def as_beginning(self) -> "Term":
        """Return the word as the beginning of words."""
        return Term(TermKind.BEGINNING, self.words)


@dataclass(frozen=True)
class Typed:
    """A search taken apart: its terms, each once, and the operators of other tools that it holds."""

    terms: tuple[Term, ...]
    operators: tuple[str, ...] = ()


def typed(search: str) -> Typed:
    """Return the terms of a search; words such as "what" and "the" count where there are no others, or in quotes."""
    terms: list[Term] = []
    operators: list[str] = []
    for phrase, piece in PIECE.findall(SINGLE_QUOTED.sub(r'"\1"', search).translate(QUOTES)):
        if OPERATOR.fullmatch(piece):
            operators.append(piece.rstrip("("))
        elif piece:
            if piece.startswith("-") and words(piece):
                operators.append(piece)
            terms += _terms(piece)
        elif found := words(phrase):
            terms.append(Term(TermKind.PHRASE if len(found) > 1 or len(found[0]) > 1 else TermKind.WORD, tuple(found)))
    if not terms:
        terms = [Term(TermKind.WORD, (word,)) for name in operators for word in words(name)]
        operators = []
    asked = [term for place, term in enumerate(terms) if not _only_asks(terms, place)]
    return Typed(tuple(dict.fromkeys(asked or terms)), tuple(dict.fromkeys(operators)))


def _only_asks(terms: list[Term], place: int) -> bool:
    """Tell whether a term is a word that the question is put with, by itself or by what it follows."""
    if terms[place].kind is not TermKind.WORD:
        return False
    word = terms[place].words[0]
    return (
        word in unasked()
        or (word in WORKS and place > 0 and terms[place - 1].words == (WHAT,))
        or (word == HELP and place > 1 and terms[0].words[0] in DOES)
    )


def _terms(piece: str) -> list[Term]:
    """Return the words of a piece between blanks; before a star stands a beginning."""
    found: list[Term] = []
    for part, star in re.findall(r"([^*]+)(\*?)", piece):
        terms = [Term(TermKind.WORD, (word,)) for word in words(part)]
        if star and terms:
            terms[-1] = terms[-1].as_beginning()
        found += terms
    return found


@cache
def unasked() -> frozenset[Word]:
    """Return the words that a question is put with and that need not be in what it finds."""
    listed = tomllib.loads(UNASKED.read_text(encoding="utf-8"))
    return frozenset(word for group in listed.values() for text in group for word in words(text))
