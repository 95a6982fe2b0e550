"""One slide: its message, its live figure, and the line that says what it rests on; on a wall and on a phone."""

import re
from collections.abc import Callable
from typing import Any, NamedTuple

import streamlit as st
from markupsafe import Markup

from components.figures import exhibit, plain_text
from components.figures.charts import chart_text
from components.figures.charts.presented import MOST_ROWS, presented, rows_of
from components.figures.exhibit import Exhibit
from components.findings import cards, whence
from components.slides import room_map
from components.slides.slide_views import VIEWS
from components.store import store
from data.filters.filter import Filter
from data.filters.wording import in_words
from data.presenting import message_notes
from data.presenting.briefing import Slide
from data.presenting.messages import Said
from data.sentences import on_votes

MOST_FINDINGS = 3
LONG, LONGER = 80, 150
"""Characters from which a message is set smaller, so that it stays on two or three lines."""


CHOOSE = re.compile(r" ?Choose an? [^.:]*\.|: choose an? [^.]*(?=\.)")
"""What a figure's sentence says of clicking, which a room and a phone do not."""
ON_SCREEN = re.compile(r"; the (?:table|file) [^.;]*(?=\.)")
"""What it says of the table beneath it and of the page's file, which a slide in a file has not."""


class Prepared(NamedTuple):
    """A slide ready to be drawn any number of times."""

    said: Said
    wanted: Filter
    view: str
    words: Markup
    """The message, and what is to be noted of it."""
    figure: Exhibit | None
    """Its figure for a room, with its numbers as a table."""
    body: Markup
    """What stands in place of a figure: text, a finding, or why there is none."""
    source: Markup
    """What it rests on: counts, confidence, how to read it, the data version."""
    lines: tuple[str, ...]
    bars: Markup
    """The figure as its own page draws it, as bars and a table in HTML."""
    exhibit: Exhibit | None
    """The figure as its own page draws it."""
    map: room_map.RoomMap | None = None
    """The map beside the figure, where the view has one and its boundaries can be read."""


@store.remembered
def prepared(slide: Slide) -> Prepared:
    """Return a slide ready to be drawn, all of it asked and counted; remembered by data version."""
    wanted = slide.wanted(store.codebook())
    said = store.slide_said(wanted, slide)
    shown = _empty(wanted) if not store.counts(wanted).findings and slide.view != "text" else _built(slide, wanted)
    figure = shown if isinstance(shown, Exhibit) else None
    lines = _lines(slide, wanted, figure)
    return Prepared(
        said,
        wanted,
        slide.view,
        _words(said),
        figure and figure._replace(figure=presented(figure.figure)),
        _body(slide, wanted, said, shown),
        _source(lines, whence.way(new_tab=True) if slide.view != "definitions" else Markup("")),
        lines,
        _bars(figure),
        figure,
        room_map.of(wanted, sheet) if figure and (sheet := VIEWS[slide.view].sheet) else None,
    )


def _built(slide: Slide, wanted: Filter) -> Exhibit | str | None:
    return VIEWS[slide.view].build(wanted)


def _bars(figure: Exhibit | None) -> Markup:
    if figure is None:
        return Markup("")
    drawn = chart_text.bars(figure.figure)
    # A grid is no bars: its table, a row for each of its cells, is long, and stands above what the room is asked.
    return Markup("{}<details><summary>The numbers as a table</summary>{}</details>").format(
        drawn or "", figure.numbers
    )


def _empty(wanted: Filter) -> str:
    return f"This collection holds no finding for: {in_words(wanted, store.codebook())}."


def _words(said: Said) -> Markup:
    size = "longer" if len(said.message) > LONGER else "long" if len(said.message) > LONG else "short"
    noted = Markup("").join(Markup("<p>{}</p>").format(note) for note in message_notes.noted(said))
    box = Markup('<div class="slide-note" role="note">{}</div>').format(noted) if noted else Markup("")
    return Markup('<h1 class="message {}">{}</h1>{}').format(size, said.message, box)


def _body(slide: Slide, wanted: Filter, said: Said, shown: Exhibit | str | None) -> Markup:
    text = Markup("").join(Markup("<p>{}</p>").format(part) for part in said.text.split("\n\n") if part.strip())
    if isinstance(shown, str):
        text = Markup("<p>{}</p>").format(shown) + text
    if slide.view == "finding":
        text = _findings(wanted) + text
    if slide.view == "limits":
        told = Markup("").join(Markup("<li>{}</li>").format(caveat) for caveat in store.caveats(wanted))
        return Markup('{}<ul class="limits">{}</ul>').format(text, told)
    several = " several" if slide.view == "finding" and store.counts(wanted).findings > 1 else ""
    return Markup('<div class="slide-text{}">{}</div>').format(several, text) if text else Markup("")


def _findings(wanted: Filter) -> Markup:
    """Return the surest findings of a filter as they are coded, each with its levers and their roles."""
    found = cards.cards_of(store.findings(wanted, "confidence", MOST_FINDINGS).to_dict("records"), wanted)
    return Markup("").join(Markup("{}{}").format(card.front, _levers(card)) for card in found)


def _levers(card: cards.Card) -> Markup:
    codebook = store.codebook()
    named = [f"{codebook.name('lever', code)} ({role[0]})" for facet, code, *role in card.chips if facet == "lever"]
    return Markup('<p class="levers">Policy levers: {}</p>').format("; ".join(named)) if named else Markup("")


def _lines(slide: Slide, wanted: Filter, figure: Exhibit | None) -> tuple[str, ...]:
    """Return what a slide rests on: how much, how sure, how to read the figure, and of which evidence it is."""
    counts = store.counts(wanted)
    if slide.view == "definitions":
        held = len(store.definitions())
        said = [f"{held:,} published definitions; those ascribed to communities are second-hand."]
    else:
        said = [on_votes.how_much(counts), on_votes.how_sure(store.tally(wanted, "confidence"))]
    if slide.view == "finding" and counts.findings > MOST_FINDINGS:
        said.append(f"The {MOST_FINDINGS} of highest confidence are shown.")
    said += on_votes.nearby(wanted, store.set_aside(wanted), store.codebook())
    if figure:
        said.append(CHOOSE.sub("", figure.sentence).strip())
        if rows_of(figure.figure) > MOST_ROWS:
            said.append(f"The first {MOST_ROWS} of {rows_of(figure.figure)} rows are drawn; the table has all.")
    if slide.view != "definitions":
        said.append(store.whence(wanted))
    asked = f"{in_words(wanted, store.codebook())}. " if wanted else ""
    said.append(f"{asked}Data version {store.current()}.")
    return tuple(filter(None, said))


def without_screen(line: str) -> str:
    """Return a line of what a slide rests on without what it says of the screen that it stood on."""
    return ON_SCREEN.sub("", line)


def _source(lines: tuple[str, ...], way: Markup) -> Markup:
    return Markup('<p class="slide-source">{} {}</p>').format(plain_text.unbroken(" ".join(lines)), way)


def show(slide: Slide, *, key: str = "slide", pick: Callable[[list[Any]], None] | None = None) -> None:
    """Draw a slide for a room: message, figure or text, and what it rests on.

    `pick` is called with the customdata of a bar or cell that is chosen.
    """
    ready = prepared(slide)
    st.html(ready.words)
    if ready.body:
        st.html(ready.body)
    if ready.figure:
        # A phone is too narrow for the figure of a room: there the bars stand in its place.
        st.html(Markup('<div class="slide-narrow">{}</div>').format(ready.bars))
        with st.container(key=f"{key}_figure"):
            if ready.map:
                left, right = st.columns(2, gap="medium")
                with left:
                    room_map.draw(ready.map, key=f"{key}_{slide.ref}_map", pick=pick)
                with right:
                    exhibit.draw(ready.figure, key=f"{key}_{slide.ref}", pick=pick, height="stretch")
            else:
                exhibit.draw(ready.figure, key=f"{key}_{slide.ref}", pick=pick, height="stretch")
    st.html(ready.source)


def as_html(slide: Slide, *, level: int = 1) -> Markup:
    """Return a slide as HTML alone: message, notes, bars, its numbers as a table, and what it rests on.

    `level` is that of its heading. Every text in it is escaped; its look is dashboard.css.
    """
    ready = prepared(slide)
    return Markup('<article class="slide-page">{}{}{}{}</article>').format(
        _at_level(ready.words, level), ready.body, ready.bars, ready.source
    )


def _at_level(words: Markup, level: int) -> Markup:
    # The words are made above: the only h1 in them is the message's own.
    return Markup(str(words).replace("<h1 ", f"<h{level} ").replace("</h1>", f"</h{level}>"))
