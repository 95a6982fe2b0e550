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
SCORERS = ((fuzz.token_sort_ratio, 1.0), (fuzz.token_set_ratio, WITHIN))
"""What likeness is measured by, and what it is worth."""


class Like(NamedTuple):
    """One thing that a word is like, and how much: 100 is the same words in any order."""

    key: str
    score: float
    within: bool = False
    """Whether it is so like only because the one stands within the other."""


def most_like(word: str, names: Mapping[str, Sequence[str]], whole: bool = False) -> list[Like]:
    """Return the keys of which some name is like a word, the most alike first, at most five.

    The score is rapidfuzz's token_sort_ratio, or nine tenths of its token_set_ratio where that is more and not only
    `whole` names count: letters are compared within whole words, so that "art" is not like "party".
    """
    listed = [(key, name) for key, held in names.items() for name in held]
    choices = [name for _, name in listed]
    best: dict[str, Like] = {}
    for scorer, worth in SCORERS[:1] if whole else SCORERS:
        for _, score, place in process.extract(
            word, choices, scorer=scorer, processor=utils.default_process, limit=MOST * 4, score_cutoff=OFFER / worth
        ):
            key, likeness = listed[place][0], round(score * worth, 1)
            if likeness >= OFFER and (key not in best or likeness > best[key].score):
                best[key] = Like(key, likeness, within=worth < 1.0)
    return sorted(best.values(), key=lambda like: -like.score)[:MOST]


def guess(likes: Sequence[Like]) -> Like | None:
    """Return the one that may be filled in as a guess: like enough, and clearly more than any other."""
    if not likes or likes[0].score < GUESS:
        return None
    return likes[0] if len(likes) == 1 or likes[0].score - likes[1].score >= APART else None
