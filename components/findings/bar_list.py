"""The studies of a part of a bar, listed beneath it: chosen by a click, by name, or by a number in the headline."""

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType

import streamlit as st
from markupsafe import Markup

from components.figures import exhibit, plain_text
from components.figures.exhibit import Exhibit
from components.findings import study_cards
from components.frame import voted
from components.frame.view_choice import ViewChoice
from components.frame.voted import Parts, VotedPart
from data.filters.wording import number_of
from data.queries.bar_parts import Bar

ONE_PANEL = MappingProxyType({"": ""})
"""The title of a figure's one panel, of bars that have no side."""
Narrow = Callable[[Bar], None]
"""Narrows the page to what a bar is of; for callbacks."""


def choose(choice: ViewChoice, bar: Bar) -> None:
    """Choose a part of a bar, or leave it where it was chosen already; for callbacks."""
    word = voted.word(bar)
    choice.put("" if choice.value() == word else word)


def show(
    shown: Exhibit,
    key: str,
    choice: ViewChoice,
    parts: Parts,
    picked: Callable[[Sequence[str]], Bar],
    panels: Mapping[str, str] = ONE_PANEL,
) -> None:
    """Draw a figure of bars whose clicked part is chosen, and framed; `panels` titles the panel of each side.

    `picked` turns the customdata of a point into the part that it stands for.
    """
    exhibit.show(
        shown,
        key=key,
        pick=lambda data: choose(choice, picked(tuple(map(str, data)))),
        chosen=_point(parts, choice.value(), panels),
    )


def of_facet(facet: str) -> Callable[[Sequence[str]], Bar]:
    """Return what turns the customdata of a point, in a figure of one panel, into the part of a facet's bar."""
    return lambda data: Bar(facet, data[0], vote=data[2])


def _point(parts: Parts, word: str, panels: Mapping[str, str]) -> tuple[str, ...]:
    """Return the customdata of the point of a part that is chosen; nothing where none is."""
    bar = parts[word].bar if word in parts else None
    return (bar.place or bar.code, panels[bar.side], bar.vote) if bar else ()


def under_figure(choice: ViewChoice, parts: Parts, codes: Sequence[str], narrow: Narrow | None = None) -> None:
    """Draw the choice of a part of a figure's bars by name, as a click makes it, and the studies of what is chosen.

    `codes` are those of the figure's rows, in their order; a part that the address names is offered too.
    """
    chosen = choice.value()
    rows = {code: place for place, code in enumerate(codes)}
    drawn = [word for word, part in parts.items() if (part.bar.place or part.bar.code) in rows]
    drawn.sort(key=lambda word: rows[parts[word].bar.place or parts[word].bar.code])
    options = ["", *drawn, *([chosen] if chosen and chosen not in drawn else [])]
    with st.container(key=f"{choice.widget}_screen"):
        st.selectbox(
            "List the studies of a part of a bar",
            options,
            format_func=lambda word: _label(parts[word]) if word else "None",
            key=choice.widget,
        )
    _list(choice, parts, narrow)


def under_headline(choice: ViewChoice, parts: Parts) -> None:
    """Draw the studies that a number in the headline counts, where one was followed."""
    _list(choice, parts, None)


def _label(part: VotedPart) -> str:
    return f"{part.name}: {part.vote} ({number_of(part.studies, 'study')})"


def _list(choice: ViewChoice, parts: Parts, narrow: Narrow | None) -> None:
    part = parts.get(choice.value())
    if part is None:
        return
    with st.container(border=True, key=f"{choice.widget}_list"):
        st.html(
            Markup('<div role="status"><h2 class="figure-title">{}: {}</h2><p class="note">{}</p></div>').format(
                part.name, f"{number_of(part.studies, 'study')}, {part.vote}", _note(part)
            )
        )
        with st.container(horizontal=True):
            st.button("Close this list", key=f"{choice.widget}_close", on_click=choice.put, args=("",))
            if narrow:
                st.button(
                    plain_text.label(f"Narrow the page to: {part.name}"),
                    key=f"{choice.widget}_narrow",
                    on_click=_narrowed,
                    args=(choice, narrow, part.bar),
                )
        study_cards.show_in_bar(part.wanted, choice.widget, part.bar, part.studies)


def _note(part: VotedPart) -> str:
    others = "" if part.bar.vote else " Studies whose findings claim no effect have no vote and are not listed."
    return f"Each study with the findings that its vote rests on.{others}"


def _narrowed(choice: ViewChoice, narrow: Narrow, bar: Bar) -> None:
    choice.put("")
    narrow(bar)
