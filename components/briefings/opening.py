"""How each page opens: its question, its answer in a sentence of numbers, how much and how sure, and the download."""

from collections.abc import Callable, Sequence

import streamlit as st
from markupsafe import Markup, escape

from components.briefings import add_to_briefing
from components.figures import plain_text
from components.findings import few_findings, study_cards, whence
from components.frame import copy_link, downloads, numbered, page_notices, paper
from components.frame.downloads import Tables
from components.frame.numbered import Number
from components.frame.shell import PLACES
from components.slides import slide_downloads
from components.store import store
from data.exporting.slides import Page
from data.filters.filter import Filter
from data.filters.wording import in_words
from data.sentences import on_votes
from data.sentences.scope import scoped


def show(
    script: str,
    wanted: Filter,
    answer: Callable[[], str],
    *lead: Callable[[], str],
    tables: Tables = tuple,
    slides: Callable[[], Sequence[Page]] = tuple,
    stands_alone: bool = False,
    ratios: bool = False,
    named: tuple[str, ...] = (),
    subject: str = "",
    numbers: Callable[[], Sequence[Number]] = tuple,
) -> None:
    """Open a page with its answer; where the filter holds nothing, say what to let go and stop the page.

    `answer` and `lead` are asked only where there is evidence to speak of; `tables` are what the page shows besides
    findings, sources and counts, for its download, and `slides` those of it that are no view of a briefing. A page that
    `stands_alone` speaks of more than the filter's findings: it opens whatever the filter holds, and does not count
    them; nor is one finding counted that is asked for by its ref. Where the answer tells `ratios`, few findings are
    shown in its stead. The answer has its scope before it, but for the keys of the filter that are `named` in it;
    `subject` is what it is about where the filter names neither theme nor lever, and `numbers` are those in the answer
    that lead to what they count.
    """
    place = next(place for place in PLACES if place.script == script)
    counts = store.counts(wanted)
    st.html(Markup('<p class="eyebrow">{}</p>').format(place.question))
    page_notices.show_ignored()
    page_notices.show_search(wanted)
    if not counts.findings and not stands_alone:
        st.title("Nothing found", anchor=False)
        page_notices.nothing_found(wanted)
    one_by_one = ratios and few_findings.found(wanted)
    headline = sentence = on_votes.one_by_one(counts) if one_by_one else answer()
    if not stands_alone:
        named = () if one_by_one else named
        headline = scoped(headline, wanted.without(*named), store.codebook(), "" if one_by_one else subject)
    counting = numbered.how_much(wanted, counts) if one_by_one else numbers()
    linked = numbered.linked(plain_text.unbroken(headline), counting, len(headline) - len(sentence))
    st.html(Markup('<h1 class="answer">{}</h1>').format(linked))
    paragraphs = [said for say in lead if (said := say())]
    told = [escape(plain_text.unbroken(paragraph)) for paragraph in paragraphs]
    if not stands_alone and len(wanted.finding) != 1 and not one_by_one:
        sure = on_votes.how_sure(store.tally(wanted, "confidence"))
        scope = f"{in_words(wanted, store.codebook())}: "
        paragraphs.append(f"{scope}{on_votes.how_much(counts)} {sure}")
        told.append(numbered.linked(plain_text.unbroken(paragraphs[-1]), numbered.how_much(wanted, counts), len(scope)))
    words, download = st.columns([7, 2], gap="large")
    with words:
        lines = Markup("").join(Markup("<p>{}</p>").format(paragraph) for paragraph in told)
        st.html(Markup('<div class="lead">{}</div>').format(lines))
        if not stands_alone:
            whence.show(wanted)
            page_notices.show_nearby(wanted)
    if said := on_votes.withheld(store.withheld()):
        st.html(Markup('<p class="note">{}</p>').format(said))
    paper.foot(wanted)
    with download:
        downloads.button(wanted, place.title, tables, headline)
        slide_downloads.of_page(script, place.title, wanted, (headline, paragraphs), slides)
        copy_link.show(script, wanted)
        add_to_briefing.show(script, wanted)
    if one_by_one:
        study_cards.show_few(wanted, script)
