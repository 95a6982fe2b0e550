"""How like two words are, and what may be made of it."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from rapidfuzz import fuzz, process, utils

GUESS = 85.0
"""From this score a suggestion is filled in, marked as a guess; below it is only among the choices."""
OFFER = 60.0
"""Below this score a word is not offered at all."""
WITHIN = 0.9
"""What a word is worth that only stands within the other: "Libraries" within "Libraries, arts and culture"."""
APART = 2.0
"""The best is a guess only where the next is this much less like."""
MOST = 5


class Like(NamedTuple):
    """One thing that a word is like, and how much: 100 is the same words in any order."""

    key: str
    score: float
    within: bool = False
    """Whether it is so like only because the one stands within the other."""


class Names:
    """Names by key, made ready to be compared with many words."""

    def __init__(self, names: Mapping[str, Sequence[str]]) -> None:
        self.keys = [key for key, held in names.items() for _ in held]
        self.texts = dict(enumerate(utils.default_process(name) for held in names.values() for name in held))
        self._with_word: dict[str, dict[int, str]] = {}
        for place, text in self.texts.items():
            for word in text.split():
                self._with_word.setdefault(word, {})[place] = text

    def sharing(self, text: str) -> dict[int, str]:
        """Return the names that share a word with a text, by their place."""
        return {place: name for word in text.split() for place, name in self._with_word.get(word, {}).items()}


def most_like(word: str, names: Names, whole: bool = False) -> list[Like]:
    """Return the keys of which some name is like a word, the most alike first, at most five.

    The score is rapidfuzz's token_sort_ratio, or nine tenths of its token_set_ratio where that is more and not only
    `whole` names count: letters are compared within whole words, so that "art" is not like "party".
    """
    text = utils.default_process(word)
    best: dict[str, Like] = {}
    ways = [(fuzz.token_sort_ratio, 1.0, names.texts)]
    if not whole:  # without a word in common the second score is no more than the first
        ways.append((fuzz.token_set_ratio, WITHIN, names.sharing(text)))
    for scorer, worth, compared in ways:
        for _, score, place in process.extract(
            text, compared, scorer=scorer, processor=None, limit=MOST * 4, score_cutoff=OFFER / worth
        ):
            key, likeness = names.keys[place], round(score * worth, 1)
            if likeness >= OFFER and (key not in best or likeness > best[key].score):
                best[key] = Like(key, likeness, within=worth < 1.0)
    return sorted(best.values(), key=lambda like: -like.score)[:MOST]


def guess(likes: Sequence[Like]) -> Like | None:
    """Return the one that may be filled in as a guess: like enough, and clearly more than any other."""
    if not likes or likes[0].score < GUESS:
        return None
    return likes[0] if len(likes) == 1 or likes[0].score - likes[1].score >= APART else None
