"""What a briefing must be to be kept: known views, filters and numbers, questions that can be answered, fit lengths."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace

from data.collection.codebook import Codebook
from data.faults import Fault, not_one_of, quoted
from data.presenting import claims, messages, numbers
from data.presenting.briefing import OPTIONS_FROM, PLACE, VIEWS, Briefing, Slide
from data.presenting.question_kinds import KINDS

MOST_SLIDES = 100
LONGEST = {"ref": 60, "message": 300, "filter": 2_000, "text": 4_000, "holds": 500, "notes": 10_000}
LONGEST_TITLE = 150
LONGEST_QUESTION = 300
LONGEST_OPTION = 120
MOST_OPTIONS = 20
REF = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
BY_SIDE = (
    "levers", "lever places", "finding", "limits", "text", "confidence", "strands", "coverage", "methods", "years",
    "gap map", "themes together", "definitions",
)  # fmt: skip
"""The views that show directions by side of a lever, or none: those that a filter may narrow to a lever alone."""


@dataclass(frozen=True)
class SlideFault(Fault):
    """One thing wrong in a briefing: its file, slide (`row`, counted from 1) and key (`column`)."""

    def __str__(self) -> str:
        """Say the fault in one line."""
        parts = [f"slide {self.row}" if self.row else "", self.column]
        return ": ".join(filter(None, (self.file, ", ".join(filter(None, parts)), self.reason)))


def check(briefing: Briefing, codebook: Codebook | None = None) -> list[Fault]:
    """Return all that is wrong with a briefing; with a codebook, also what its filters hold that is not in it."""
    file = f"{briefing.code}.toml"
    found: list[tuple[int, str, str]] = [(0, *fault) for fault in _of_briefing(briefing)]
    for place, slide in enumerate(briefing.slides, start=1):
        found += [(place, *fault) for fault in _of_slide(slide)]
        if codebook:
            found += [(place, "filter", str(part)) for part in _ignored(slide, codebook)]
            found += [(place, *fault) for fault in _by_role(slide, codebook)]
    return [SlideFault(file, reason, row=place or None, column=key) for place, key, reason in found]


def _of_briefing(briefing: Briefing) -> Iterator[tuple[str, str]]:
    if not REF.fullmatch(briefing.code) or len(briefing.code) > LONGEST["ref"]:
        yield "", f"a briefing's file is named in small letters, digits and hyphens, not {quoted(briefing.code)}"
    if not briefing.title.strip() or len(briefing.title) > LONGEST_TITLE:
        yield "title", f"a briefing needs a title of at most {LONGEST_TITLE} characters"
    if briefing.parameter not in ("", "region"):
        yield "parameter", f'{quoted(briefing.parameter)} is no parameter; only "region" is'
    if len(briefing.slides) > MOST_SLIDES:
        yield "slides", f"there are {len(briefing.slides)} slides; a briefing holds {MOST_SLIDES} at most"
    if not briefing.parameter and any(PLACE in slide.filter for slide in briefing.slides):
        yield "parameter", f'a filter leaves the region open ({PLACE}), so parameter = "region" is needed'
    for ref, number in Counter(slide.ref for slide in briefing.slides).items():
        if number > 1:
            yield "ref", f"{quoted(ref)} names {number} slides; each needs a ref of its own"


def _of_slide(slide: Slide) -> Iterator[tuple[str, str]]:
    if not REF.fullmatch(slide.ref):
        yield "ref", f"a ref is small letters, digits and hyphens, not {quoted(slide.ref)}"
    if not slide.message.strip():
        yield "message", "it is missing or empty"
    if slide.view not in VIEWS:
        yield "view", not_one_of(slide.view, VIEWS)
    for key, longest in LONGEST.items():
        value: str = getattr(slide, key)
        if len(value) > longest:
            yield key, f"it has {len(value):,} characters; {longest:,} is the most"
        if any(not sign.isprintable() and sign not in "\n\t" for sign in value):
            yield key, "it holds control characters; take them out"
    for key in ("message", "text"):
        yield from _of_template(key, getattr(slide, key))
    try:
        claimed = claims.names(slide.holds)
        numbers.comparable(claimed)
    except claims.ClaimFault as fault:
        yield "holds", str(fault)
    yield from _of_question(slide)


def _of_template(key: str, template: str) -> Iterator[tuple[str, str]]:
    try:
        messages.places(template)
    except messages.MessageFault as fault:
        yield key, str(fault)


def _of_question(slide: Slide) -> Iterator[tuple[str, str]]:
    question = slide.question
    if question is None:
        return
    if question.kind not in KINDS:
        yield "question.kind", not_one_of(question.kind, KINDS)
    if not question.text.strip() or len(question.text) > LONGEST_QUESTION:
        yield "question.text", f"a question needs a text of at most {LONGEST_QUESTION} characters"
    if question.options_from not in ("", *OPTIONS_FROM):
        yield "question.options_from", not_one_of(question.options_from, OPTIONS_FROM)
    takes = question.kind in KINDS and question.of_kind.takes_options
    given = len(question.options) + bool(question.options_from)
    if takes and not given:
        yield "question.options", f'to {question.kind} there must be options, or options_from = "lever"'
    if not takes and given:
        yield "question.options", f'"{question.kind}" takes no options'
    if question.options and question.options_from:
        yield "question.options", "options are given twice: leave out options or options_from"
    if question.options and not 2 <= len(question.options) <= MOST_OPTIONS:
        yield "question.options", f"there are {len(question.options)} options; 2 to {MOST_OPTIONS} can be asked"
    if len(set(question.options)) < len(question.options):
        yield "question.options", "two options are alike"
    if any(not option.strip() or len(option) > LONGEST_OPTION for option in question.options):
        yield "question.options", f"an option is a text of 1 to {LONGEST_OPTION} characters"


def _ignored(slide: Slide, codebook: Codebook) -> tuple[object, ...]:
    """Return what the codebook does not know of a slide's filter, a region left open set aside."""
    return replace(slide, filter=slide.filter.replace(PLACE, "UK")).ignored(codebook)


def _by_role(slide: Slide, codebook: Codebook) -> Iterator[tuple[str, str]]:
    """Refuse directions of a lever without its role."""
    wanted = replace(slide, filter=slide.filter.replace(PLACE, "UK")).wanted(codebook)
    if not wanted.lever or wanted.role:
        return
    told = "a lever's effect is not read without its role"
    if slide.view in VIEWS and slide.view not in BY_SIDE:
        yield "view", f'{told}: add role= to the filter, or show the view "levers"'
    bare = {*numbers.DIRECTIONS, "says.votes"}
    try:
        used = {*messages.places(slide.message), *messages.places(slide.text), *claims.names(slide.holds)}
    except (messages.MessageFault, claims.ClaimFault):
        return
    for name in sorted(used & bare):
        yield "message", f'{told}: use "applied.{name}" or "gone.{name}", or add role= to the filter'


def typed_numbers(slide: Slide) -> tuple[str, ...]:
    """Return the digits that a slide's words hold outside their places: numbers that nobody counts anew."""
    found: list[str] = []
    for template in (slide.message, slide.text):
        words = re.sub(r"\{[^{}]*\}", "", template)
        found += re.findall(r"\d[\d,.]*", words)
    return tuple(found)
