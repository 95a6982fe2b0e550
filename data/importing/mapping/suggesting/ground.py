"""On what ground something is suggested, and what a person sees of it."""

from enum import StrEnum


class How(StrEnum):
    """How a suggestion was found; only what is DECIDED or EXACT counts without a person's word."""

    DECIDED = "decided"
    EXACT = "exact"
    SYNONYM = "synonym"
    SIMILAR = "similar"
    VALUES = "its values"
    WIDER = "wider code"
    PLACE = "place"
    SEVERAL = "several"
    NONE = "none"


def in_words(how: How, said: str = "", score: float | None = None) -> str:
    """Return the ground of a suggestion in a few words, a guess called one."""
    if how is How.SIMILAR:
        return f"a guess: {score:.0f} % like {said}"
    if how is How.VALUES:
        return f"a guess: {score:.0f} % of its words are known for {said}"
    if how is How.NONE and said:
        return f"not filled in: nearest is {said}, {score:.0f} % like it"
    return {
        How.DECIDED: "as decided",
        How.EXACT: said or "the same word",
        How.SYNONYM: "another word for it",
        How.WIDER: f"a guess: as its wider code {said}",
        How.PLACE: said,
        How.SEVERAL: f"not filled in: {said}",
        How.NONE: "nothing like it",
    }[how]
