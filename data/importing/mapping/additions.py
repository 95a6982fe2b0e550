"""New codes that a mapping adds to the codebook, checked before a load takes them in its own transaction."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from data.codebook import Codebook, Entry
from data.importing.faults import not_a_code, not_one_of, quoted
from data.importing.parents import circles, in_words

FACETS = ("theme", "lever")
"""The facets whose codebook a mapping may add to; regions are the world's, and the others are closed."""
CODE = re.compile(r"[\w.-]{1,30}")
"""What a code may be, since it stands in addresses and in lists parted by semicolons."""


@dataclass(frozen=True)
class Addition:
    """One new code: its facet, code, name, the wider code it stands below (empty: none), and what it means."""

    facet: str
    code: str
    name: str
    parent: str = ""
    definition: str = ""


def wrong(additions: Sequence[Addition], codebook: Codebook) -> list[tuple[Addition, str]]:
    """Return all that is wrong with additions, each with what would be right; an addition may be another's parent."""
    found = [(addition, reason) for addition in additions for reason in _wrong(addition, additions, codebook)]
    for facet in FACETS:
        held = {addition.code: addition for addition in additions if addition.facet == facet}
        for circle in circles({code: addition.parent or None for code, addition in held.items()}):
            found.append((held[circle[0]], f"the parents go in a circle: {in_words(circle)}"))
    return found


def _wrong(addition: Addition, additions: Sequence[Addition], codebook: Codebook) -> Iterator[str]:
    if addition.facet not in FACETS:
        yield not_one_of(addition.facet, FACETS)
        return
    entries = codebook.facets[addition.facet]
    if not CODE.fullmatch(addition.code):
        yield f"{quoted(addition.code)} cannot be a code; use up to 30 letters, digits, full stops and hyphens"
    elif addition.code in entries:
        yield f"the code {addition.code} is taken by {quoted(entries[addition.code].name)}; give it another"
    elif [other.code for other in additions if other.facet == addition.facet].count(addition.code) > 1:
        yield f"the code {addition.code} is added more than once"
    if not addition.name.strip():
        yield f"{addition.code} has no name; a code needs one"
    others = {other.code: other.name for other in additions if other.facet == addition.facet}
    names = {code: entry.name for code, entry in entries.items()} | others
    if addition.parent and addition.parent not in names:
        yield f"the parent {not_a_code(addition.parent, addition.facet, names)}"


def parents_first(additions: Sequence[Addition]) -> tuple[Addition, ...]:
    """Return additions so that each stands after the addition it is below; those in a circle stand last."""
    waiting, done = list(additions), []
    while waiting:
        new = {(addition.facet, addition.code) for addition in waiting}
        ready = [addition for addition in waiting if (addition.facet, addition.parent) not in new]
        if not ready:
            break
        done += ready
        waiting = [addition for addition in waiting if addition not in ready]
    return (*done, *waiting)


def extended(codebook: Codebook, additions: Sequence[Addition]) -> Codebook:
    """Return the codebook with sound additions after its own codes, as it will be once they are applied."""
    facets = dict(codebook.facets)
    for addition in parents_first(additions):
        entry = Entry(addition.code, addition.name, addition.definition, addition.parent or None)
        facets[addition.facet] = MappingProxyType({**facets[addition.facet], addition.code: entry})
    return Codebook(MappingProxyType(facets))


def next_code(codebook: Codebook, facet: str, parent: str, additions: Sequence[Addition] = ()) -> str:
    """Return a free code below a parent, numbered on from its parts as in T1.10; below none, as in T8."""
    held = extended(codebook, [addition for addition in additions if addition.facet == facet])
    stem = f"{parent}." if parent else facet[0].upper()
    numbers = [int(match[1]) for code in held.codes(facet) if (match := re.fullmatch(re.escape(stem) + r"(\d+)", code))]
    return f"{stem}{max(numbers, default=0) + 1}"
