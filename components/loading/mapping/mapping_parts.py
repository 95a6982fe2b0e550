"""Long lists of columns or words to decide on: a part of them at a time, searched by name."""

from collections.abc import Callable, Sequence
from typing import TypeVar

import streamlit as st
from markupsafe import Markup

from components.figures import list_parts
from data.filters.wording import number_of
from data.importing.mapping.cell_words import folded

SIZE = 12
"""Rows that are drawn at a time: each is a list to choose from."""

Row = TypeVar("Row")


def part(rows: Sequence[Row], key: str, noun: str, name: Callable[[Row], str]) -> Sequence[Row]:
    """Return the rows of the part that is chosen; where there is more than one, draw the search and the choice."""
    if len(rows) <= SIZE:
        return rows
    search, turn, told = st.columns([2, 1, 2], vertical_alignment="bottom")
    wanted = search.text_input(f"Find a {noun}", key=f"find_{key}", placeholder="Part of its name")
    found = [row for row in rows if folded(wanted) in folded(name(row))] if wanted.strip() else rows
    first = (list_parts.choose(turn, len(found), SIZE, f"part_{key}") - 1) * SIZE
    shown = found[first : first + SIZE]
    said = f"{noun.capitalize()}s {first + 1:,} to {first + len(shown):,} of {len(found):,}."
    told.html(Markup('<p class="note">{}</p>').format(said if found else "None found."))
    return shown


def about(name: str, details: Sequence[str], ground: str) -> Markup:
    """Return one column or word by its name, with what is told of it and how its meaning was found."""
    said = ", ".join(filter(None, details))
    return Markup('<p class="theirs"><strong>{}</strong></p><p class="note">{}. <em>{}.</em></p>').format(
        name, said.rstrip("."), f"{ground[:1].upper()}{ground[1:]}"
    )


def offer_guesses(key: str, number: int, taken: int, decide: Callable[..., None], *arguments: object) -> None:
    """Say how many suggestions are guesses and how many are taken, with a press that takes or leaves all of them.

    `decide` is called with whether they are taken, and with the arguments.
    """
    if not number:
        return
    told, take, leave = st.columns([3, 1, 1], vertical_alignment="center")
    told.html(Markup('<p class="note" role="status">{}</p>').format(
        f"{number_of(number, 'guess', 'guesses')}, first in the list; {taken:,} taken."
    ))  # fmt: skip
    take.button("Take all guesses", key=f"guesses_take_{key}", on_click=decide, args=(True, *arguments),
                disabled=taken == number, width="stretch")  # fmt: skip
    leave.button("Drop all guesses", key=f"guesses_drop_{key}", on_click=decide, args=(False, *arguments),
                 disabled=not taken, width="stretch")  # fmt: skip
