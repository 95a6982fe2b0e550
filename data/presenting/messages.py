"""Messages: words with places for live numbers, filled from the evidence under a slide, and whether they still hold.

A place is a name of data/presenting/numbers.py in braces. After a colon stands a noun to be counted, or two words of
which the number chooses: "{applied.strengthened} of {applied.voting:study} {applied.strengthened:reports|report}".
"""

from collections.abc import Mapping
from datetime import date
from string import Formatter
from typing import NamedTuple

from sqlmodel import Session

from data.collection.codebook import Codebook
from data.faults import ForPeople
from data.filters.filter import Filter
from data.filters.wording import number_of
from data.presenting import claims, numbers
from data.presenting.briefing import Slide, WrittenFor

ALWAYS = ("findings", "sources", "studies")
"""The numbers that are kept with every message, whatever else it uses."""


class MessageFault(ForPeople, ValueError):
    """A message cannot be filled; the text says what in it is wrong and what would be right."""


class Moved(NamedTuple):
    """One number that is not what it was when a message was written."""

    name: str
    was: int
    now: int


class Said(NamedTuple):
    """A slide's words over the evidence as it is now, and what is to be noted of them."""

    message: str
    text: str
    holds: bool
    """Whether the claim that the message makes holds for the numbers as they are now."""
    moved: tuple[Moved, ...]
    written_on: date | None


def places(template: str) -> tuple[str, ...]:
    """Return the names in a template, each once; raises MessageFault where a brace or a name is wrong."""
    try:
        parsed = list(Formatter().parse(template))
    except ValueError as error:
        raise MessageFault(f"its braces do not match ({error}); write a brace itself twice: {{{{") from None
    found = []
    for _, name, spec, conversion in parsed:
        if name is None:
            continue
        if conversion or (spec and "{" in spec):
            raise MessageFault(f'"{{{name}…}}" may hold a name, a colon and a noun, and nothing else')
        if name not in numbers.FAMILY_OF:
            raise MessageFault(f'there is no number called "{name}"')
        found.append(name)
    return tuple(dict.fromkeys(found))


def fill(template: str, values: Mapping[str, int | str]) -> str:
    """Return a template with its places filled."""
    said = []
    for words, name, spec, _ in Formatter().parse(template):
        said.append(words)
        if name is not None:
            said.append(_told(values[name], spec or ""))
    return "".join(said)


def _told(value: int | str, spec: str) -> str:
    if isinstance(value, str):
        return value
    if "|" in spec:
        one, more = spec.split("|", maxsplit=1)
        return one if value == 1 else more
    return number_of(value, spec) if spec else f"{value:,}"


def names_of(slide: Slide) -> tuple[str, ...]:
    """Return every name that a slide's words and claim rest on, and those kept with every message."""
    used = (*places(slide.message), *places(slide.text), *claims.names(slide.holds))
    return tuple(dict.fromkeys((*ALWAYS, *used, *(name for name, _ in _kept(slide)))))


def _kept(slide: Slide) -> tuple[tuple[str, int], ...]:
    known = slide.written_for.numbers if slide.written_for else ()
    return tuple((name, number) for name, number in known if name in numbers.FAMILY_OF)


def values_of(session: Session, wanted: Filter, codebook: Codebook, slide: Slide) -> numbers.Values:
    """Return the values that a slide's words and claim rest on, as the evidence is now."""
    return numbers.read(session, wanted, codebook, names_of(slide))


def said(session: Session, wanted: Filter, codebook: Codebook, slide: Slide) -> Said:
    """Return a slide's words filled from the evidence as it is now, whether they hold, and which numbers moved."""
    values = values_of(session, wanted, codebook, slide)
    counted = {name: value for name, value in values.items() if isinstance(value, int)}
    return Said(
        fill(slide.message, values),
        fill(slide.text, values),
        claims.holds(slide.holds, counted),
        tuple(Moved(name, was, counted[name]) for name, was in _kept(slide) if counted.get(name, was) != was),
        slide.written_for.at if slide.written_for else None,
    )


def written_for(values: numbers.Values, digest: str, at: date) -> WrittenFor:
    """Return what is kept with a message that is written today: the version, the day and the numbers it rests on."""
    kept = tuple(sorted((name, value) for name, value in values.items() if isinstance(value, int)))
    return WrittenFor(digest, at, kept)
