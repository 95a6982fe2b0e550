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


def most_like(word: str, names: Mapping[str, Sequence[str]]) -> list[Like]:
    """Return the keys of which some name is like a word, the most alike first, at most five.

    The score is rapidfuzz's token_sort_ratio, or nine tenths of its token_set_ratio where that is more: letters are
    compared within whole words, so that "art" is not like "party".
    """
    listed = [(key, name) for key, held in names.items() for name in held]
    choices = [name for _, name in listed]
    best: dict[str, float] = {}
    for scorer, worth in ((fuzz.token_sort_ratio, 1.0), (fuzz.token_set_ratio, WITHIN)):
        for _, score, place in process.extract(
            word, choices, scorer=scorer, processor=utils.default_process, limit=MOST * 4, score_cutoff=OFFER / worth
        ):
            key = listed[place][0]
            best[key] = max(best.get(key, 0.0), score * worth)
    found = [Like(key, round(score, 1)) for key, score in best.items() if score >= OFFER]
    return sorted(found, key=lambda like: -like.score)[:MOST]


def guess(likes: Sequence[Like]) -> Like | None:
    """Return the one that may be filled in as a guess: like enough, and clearly more than any other."""
    if not likes or likes[0].score < GUESS:
        return None
    return likes[0] if len(likes) == 1 or likes[0].score - likes[1].score >= APART else None
