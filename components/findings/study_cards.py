"""A card a study with its findings within, so that one study with many findings does not fill the first view."""

from typing import NamedTuple

import streamlit as st
from markupsafe import Markup

from components.figures import list_parts
from components.findings import cards, few_findings
from components.findings.cards import Card
from components.store import store
from data.filters.filter import Filter
from data.filters.wording import number_of
from data.queries.bar_parts import Bar
from data.queries.by_study import StudyFindings
from data.sentences import on_votes

PAGE_SIZE = 5
FIRST = 2
"""Findings of a study that stand open; the others open on a press."""


class StudyCard(NamedTuple):
    """One study, ready to be drawn: its key, what is told of it as a whole, and the cards of its findings."""

    study: str
    head: Markup
    cards: tuple[Card, ...]


def show_few(wanted: Filter, page: str) -> None:
    """Draw the filter's few findings where a page would have told ratios, above its figures."""
    show_all(wanted, page, "confidence")


def show_beneath(wanted: Filter, page: str) -> None:
    """Draw the filter's findings beneath a page's figures, unless they are so few that they stand above them."""
    if not few_findings.found(wanted):
        show_findings(wanted, page)


def show_findings(wanted: Filter, page: str, heading: str = "The findings beneath") -> None:
    """Draw the filter's findings by study, a few studies at a time, with the order to choose."""
    total = store.counts(wanted).studies
    st.html(Markup('<h2 class="figure-title">{}</h2>').format(heading))
    order, number = cards.choose_order(wanted, page, total, PAGE_SIZE, "Studies")
    for card in _cards(wanted, order, PAGE_SIZE, (number - 1) * PAGE_SIZE):
        show(card, page)


def show_all(wanted: Filter, page: str, order: str = "ref") -> None:
    """Draw all of a filter's findings by study, none of them closed: for a filter that names a few."""
    for card in _cards(wanted, order, None, 0):
        show(card, page, first=len(card.cards))


def show_in_bar(wanted: Filter, page: str, bar: Bar, total: int) -> None:
    """Draw the studies in a part of a bar, a few at a time, each with its vote; `total` is how many there are."""
    key = "_".join((f"{page}_part", *bar))
    number = list_parts.choose(st.columns([2, 3])[0], total, PAGE_SIZE, key) if total > PAGE_SIZE else 1
    for card in _cards(wanted, "confidence", PAGE_SIZE, (number - 1) * PAGE_SIZE, bar):
        show(card, page)
    if total > PAGE_SIZE:
        st.html(list_parts.told("Studies", number, total, PAGE_SIZE))


@store.remembered
def _cards(wanted: Filter, order: str, limit: int | None, offset: int, bar: Bar | None = None) -> tuple[StudyCard, ...]:
    found = store.findings_by_study(wanted, order, limit, offset, bar)
    return tuple(_card(study, wanted, bar is not None) for study in found)


def _card(study: StudyFindings, wanted: Filter, with_vote: bool) -> StudyCard:
    """Return the card of a study; what is the same of all its findings is told once, in its head."""
    rows = study.findings
    coded, made = {cards.whence_of(row, wanted) for row in rows}, {cards.source(row) for row in rows}
    head = Markup('<article class="card"><h3 class="study-title">{}</h3>{}{}{}</article>').format(
        next(iter(made)) if len(made) == 1 else study.title,
        _vote(study) if with_vote else "",
        Markup('<p class="small">{}</p>').format(_how_much(study)) if len(rows) > 1 else "",
        next(iter(coded)) if len(coded) == 1 else "",
    )
    of_source, each = len(made) > 1, len(coded) > 1
    return StudyCard(study.study, head, tuple(cards.cards_of(rows, wanted, of_source=of_source, coded=each)))


def _how_much(study: StudyFindings) -> str:
    number = number_of(len(study.findings), "finding")
    return (
        f"{number} here, from {study.sources:,} sources that report this study"
        if study.sources > 1
        else f"{number} here"
    )


def _vote(study: StudyFindings) -> Markup:
    if not study.vote:
        return Markup("")
    why = on_votes.vote_of(study.vote, [str(row["direction"]) for row in study.findings])
    return Markup("<p>Its vote: {} {}.</p>").format(cards.direction_mark(study.vote), why)


def show(card: StudyCard, page: str, first: int = FIRST) -> None:
    """Draw one study with its first findings; the others are drawn once they are asked for."""
    with st.container(border=True, key=f"{page}_study_{card.study}"):
        st.html(card.head)
        for one in card.cards[:first]:
            cards.draw(one, page)
        if more := card.cards[first:]:
            rest = st.expander(
                f"{number_of(len(more), 'more finding')} of this study",
                key=f"{page}_more_{card.study}",
                on_change="rerun",
            )
            if rest.open:
                with rest:
                    for one in more:
                        cards.draw(one, page)
