"""What is noted beneath a message: that it no longer holds, or that the numbers have moved since it was written."""

from data.filters.wording import listed
from data.presenting import numbers
from data.presenting.messages import Said

NAMED_AT_MOST = 3
NOUNS = {"applied": "where applied", "gone": "where withdrawn or lacking", "overseas": "overseas", "UK": "in the UK"}


def noted(said: Said) -> tuple[str, ...]:
    """Return the notes of a message, most important first; none where it stands as it was written."""
    found = []
    if not said.holds:
        found.append("The evidence no longer bears this message out: read the numbers below, not the words above.")
    if said.moved:
        since = f" on {said.written_on:%-d %B %Y}" if said.written_on else ""
        told = [f"{described(moved.name)} {moved.was:,} → {moved.now:,}" for moved in said.moved[:NAMED_AT_MOST]]
        more = len(said.moved) - len(told)
        told += [f"{more} more"] if more else []
        found.append(f"Numbers have moved since this message was written{since}: {listed(told, 'and')}.")
    return tuple(found)


def described(name: str) -> str:
    """Return the name of a number in words, such as "studies strengthened where applied, in the UK"."""
    parts = name.split(".")
    if name in numbers.DIRECTIONS or (parts[-1] in numbers.DIRECTIONS and parts[0] != "levers"):
        what = "studies with a vote" if parts[-1] == "voting" else f"studies {parts[-1]}"
        return " ".join([what, *(NOUNS[part] for part in reversed(parts[:-1]))])
    return {
        "sure": "findings of high or moderate confidence",
        "unsure": "findings of low or very low confidence",
        "proposed": "findings that propose a lever",
    }.get(name, " ".join(parts).replace("_", " "))
