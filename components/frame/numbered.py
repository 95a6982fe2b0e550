"""Numbers in a sentence as links to what they count, so that none has to be taken on trust."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from markupsafe import Markup, escape

from components.frame import address, view_choices, voted
from components.frame.voted import VotedPart
from data.filters.filter import Filter
from data.filters.wording import number_of
from data.queries.counting import Counts


class Number(NamedTuple):
    """A number that a sentence says, what it counts, and the address of the list of that."""

    number: int
    noun: str
    plural: str
    href: str

    @property
    def name(self) -> str:
        """Return the number with its noun, as a reader who hears links alone needs it."""
        return number_of(self.number, self.noun, self.plural)


def counted(number: int, noun: str, href: str, plural: str = "") -> Number:
    """Return a number with what it counts and where that is listed."""
    return Number(number, noun, plural, href)


def of_part(page: str, wanted: Filter, part: VotedPart) -> Number:
    """Return the number of a part of a bar, whose studies its page lists beneath the headline."""
    choice = view_choices.COUNTED[page]
    return counted(part.studies, "study", address.way(page, wanted, {choice.key: voted.word(part.bar)}))


def how_much(wanted: Filter, counts: Counts) -> tuple[Number, ...]:
    """Return the numbers of the sentence that says how much evidence there is."""
    return (
        counted(counts.findings, "finding", address.way("findings", wanted)),
        counted(counts.sources, "source", address.way("sources", wanted)),
        counted(counts.studies, "separate study", by_study(wanted), "separate studies"),
    )


def by_study(wanted: Filter) -> str:
    """Return the address of the filter's findings as cards, one for each study."""
    return address.way("findings", wanted, {view_choices.SHOWN_AS.key: view_choices.CARDS})


def linked(sentence: str, numbers: Sequence[Number], begin: int = 0) -> Markup:
    """Return a sentence with its numbers as links, each the first that says it after the one before.

    What stands before `begin`, such as the scope of a headline with its years, holds none of them.
    """
    said, at = escape(sentence[:begin]), begin
    for number in numbers:
        if found := _pattern(number).search(sentence, at):
            said += escape(sentence[at : found.start()]) + _link(found[0], number)
            at = found.end()
    return said + escape(sentence[at:])


def _pattern(number: Number) -> re.Pattern[str]:
    digits = "(?:1|one)" if number.number == 1 else f"{number.number:,}"
    noun = re.escape(number.name.partition(" ")[2]).replace(r"\ ", "[ \N{NO-BREAK SPACE}]")
    return re.compile(rf"(?<![\w,.]){digits}(?:[ \N{{NO-BREAK SPACE}}]{noun})?(?![\w])(?!,\d)")


def _link(text: str, number: Number) -> Markup:
    label = "" if " " in text.replace("\N{NO-BREAK SPACE}", " ") else Markup(' aria-label="{}"').format(number.name)
    return Markup('<a class="within" target="_self" href="{}"{}>{}</a>').format(number.href, label, text)
