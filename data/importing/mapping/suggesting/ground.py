"""On what ground something is suggested, and what a person sees of it."""

from enum import StrEnum


class How(StrEnum):
    """How a suggestion was found; only what is DECIDED or EXACT counts without a person's word."""

    DECIDED = "decided"
    EXPORT = "known export"
    EXACT = "exact"
    SYNONYM = "synonym"
    SIMILAR = "similar"
    VALUES = "its values"
    PRESENCE = "presence"
    WIDER = "wider code"
    PLACE = "place"
    DEFINITION = "definition"
    SEVERAL = "several"
    NONE = "none"


def in_words(how: How, said: str = "", score: float | None = None) -> str:
    """Return the ground of a suggestion in a few words, a guess called one."""
    if how is How.SIMILAR:
        return f"a guess: {score:.0f} % like {said}"
    if how is How.VALUES:
        return f"a guess: {score:.0f} % of its words are known for {said}"
    if how is How.PRESENCE:
        return "a guess: its cells say yes or no, so that its heading may be a code"
    if how is How.DEFINITION:
        return f"a guess: the definition of {said} names it"
    if how is How.NONE and said:
        return f"not filled in: nearest is {said}, {score:.0f} % like it"
    return {
        How.DECIDED: "as decided",
        How.EXPORT: f"so in exports of {said}",
        How.EXACT: said or "the same word",
        How.SYNONYM: "another word for it",
        How.WIDER: f"a guess: as its wider code {said}",
        How.PLACE: said,
        How.SEVERAL: f"not filled in: {said}",
        How.NONE: "nothing like it",
    }[how]


GUESSES = frozenset({How.SIMILAR, How.VALUES, How.PRESENCE, How.WIDER, How.DEFINITION})
"""Grounds on which nothing is more than a guess."""
