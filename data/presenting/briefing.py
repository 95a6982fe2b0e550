"""Briefings: an ordered list of slides, each a message over a live view of the evidence, with a question and notes."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from types import MappingProxyType

from data.collection.codebook import Codebook
from data.filters.filter import Filter, Ignored, parse
from data.presenting.question_kinds import KINDS, QuestionKind

PLACE = "{region}"
"""What stands in a filter for the region that a briefing is asked for."""
OPTIONS_FROM = ("lever", "theme")
"""The facets whose broad entries may stand as the options of a question."""

VIEWS = MappingProxyType(
    {
        "text": "Text",
        "levers": "Policy levers: applied beside withdrawn or lacking",
        "lever places": "Policy levers: the UK beside overseas",
        "confidence": "Confidence of the findings",
        "strands": "Findings by strand",
        "coverage": "Findings by UK region or nation",
        "map": "UK map, with findings by region or nation",
        "world map": "World map, with findings by country",
        "themes": "Broad themes by direction",
        "fine themes": "All themes by direction",
        "place themes": "Themes with most studies",
        "themes together": "Themes that go together",
        "regions": "UK regions and nations by direction",
        "countries": "Other countries by direction",
        "two regions": "Two regions side by side",
        "gap map": "Gap map: broad themes by broad levers",
        "methods": "Sources by method",
        "years": "Sources by year",
        "definitions": "What each kind of holder counts in",
        "finding": "Findings in the coder's words, up to three",
        "limits": "What to know before using these findings",
    }
)
"""Every view a slide may show, with what it is called on the screen."""


@dataclass(frozen=True)
class Question:
    """What the room is asked: options are free ones, or the broad entries of a facet (`options_from`)."""

    kind: str
    text: str
    options: tuple[str, ...] = ()
    options_from: str = ""

    @property
    def of_kind(self) -> QuestionKind:
        """Return how it is answered and counted; the question of a briefing that was checked is of a known kind."""
        return KINDS[self.kind]

    def choices(self, codebook: Codebook) -> dict[str, str]:
        """Return what may be answered, by the code under which an answer is counted; nothing for a short text."""
        if steps := self.of_kind.steps:
            return steps
        if self.options_from:
            facet = self.options_from
            return {code: codebook.name(facet, code) for code in codebook.parts(facet, None)}
        return {option: option for option in self.options}


@dataclass(frozen=True)
class WrittenFor:
    """The evidence that a message was written on: the digest of its data version, the day, and the numbers it used."""

    digest: str
    at: date
    numbers: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True)
class Slide:
    """One screen of a briefing.

    `ref` names it within its briefing, whatever its place. `message` and `text` are templates (data/presenting/
    messages.py), `holds` the claim that must hold for the message to be true (claims.py), `filter` the same string as
    in the URL.
    """

    ref: str
    message: str
    view: str
    filter: str = ""
    text: str = ""
    holds: str = ""
    notes: str = ""
    question: Question | None = None
    written_for: WrittenFor | None = None

    def wanted(self, codebook: Codebook) -> Filter:
        """Return the slide's filter; what is not understood in it is left out, `ignored` names it."""
        return parse(self.filter, codebook)[0]

    def ignored(self, codebook: Codebook) -> tuple[Ignored, ...]:
        """Return the parts of the slide's filter that the codebook does not know."""
        return parse(self.filter, codebook)[1]


@dataclass(frozen=True)
class Briefing:
    """An ordered list of slides under a title; `code` names it in addresses and is the stem of its file.

    With a `parameter`, which is "region", its filters leave the region open until `about` names one.
    """

    code: str
    title: str
    slides: tuple[Slide, ...] = ()
    parameter: str = ""

    def about(self, region: str) -> "Briefing":
        """Return the briefing with the region it leaves open set to this code; one without a parameter stays as is."""
        if not self.parameter:
            return self
        return replace(
            self, slides=tuple(replace(slide, filter=slide.filter.replace(PLACE, region)) for slide in self.slides)
        )

    def slide(self, ref: str) -> Slide | None:
        """Return the slide of this ref, or nothing where there is none."""
        return next((slide for slide in self.slides if slide.ref == ref), None)

    def place_of(self, ref: str) -> int:
        """Return where the slide of this ref stands, counted from 1, or 0 where there is none."""
        return next((place for place, slide in enumerate(self.slides, start=1) if slide.ref == ref), 0)


def free_ref(slides: Iterable[Slide]) -> str:
    """Return a ref that none of these slides has."""
    taken = {slide.ref for slide in slides}
    number = len(taken) + 1
    while f"slide-{number}" in taken:
        number += 1
    return f"slide-{number}"
