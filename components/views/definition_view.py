"""Definitions on the page: which are shown, what each kind of holder counts in, and the whole grid."""

from typing import NamedTuple

import pandas as pd
import streamlit as st
from markupsafe import Markup

from components.figures import definition_grid, exhibit, plain_text
from components.figures.charts.definition_charts import counted_in_grid
from components.figures.exhibit import Exhibit
from components.frame.downloads import Tables
from components.frame.view_choices import BREADTHS, KINDS
from components.store import store
from data.exporting.workbook import ViewTable
from data.filters.wording import number_of
from data.queries import definition_counts
from data.queries.definition_counts import BREADTH_MEANINGS, ELEMENT_NAMES, kind_name
from models import Included

LABELS = "definitions_labels"
ALL = "All shown"
COUNT_HEADINGS = {
    "name": "Element",
    "group": "Who",
    "definitions": "Definitions",
    "yes": "Include it",
    "no": "Leave it out",
    "not_said": "Do not mention it",
}
COLUMNS = {
    "ref": "Ref", "holder": "Who holds it", "kind": "Kind of holder", "year": "Year", "place": "Country",
    "gist": "Gist, in the coder's words", "breadth": "Breadth", **ELEMENT_NAMES, "source_title": "Source",
    "url": "Address", "read": "Read by the coder", "coder": "Coder", "coded_on": "Coded on",
}  # fmt: skip


class ChosenDefinitions(NamedTuple):
    """The kinds of holder and the breadths that are chosen; none means any."""

    kinds: tuple[str, ...]
    breadths: tuple[str, ...]


def choice() -> ChosenDefinitions:
    """Return what the page's own choices ask for; before they are drawn, all."""
    return ChosenDefinitions(KINDS.values(), BREADTHS.values())


@store.remembered
def shown(chosen: ChosenDefinitions) -> pd.DataFrame:
    """Return the definitions of these kinds of holder and breadths."""
    return definition_counts.narrowed(store.definitions(), chosen.kinds, chosen.breadths)


def answer() -> str:
    """Say how many of the definitions shown count in what, and how many of those ascribed to communities."""
    return _answer(choice())


@store.remembered
def _answer(chosen: ChosenDefinitions) -> str:
    return definition_counts.answer(shown(chosen))


def how_many() -> str:
    """Say how many of the collection's definitions are shown."""
    return definition_counts.how_many(len(shown(choice())), len(store.definitions()))


def cautions() -> str:
    """Say what to know before comparing the definitions shown."""
    return " ".join(definition_counts.cautions(shown(choice())))


def show_controls() -> None:
    """Draw the choice of kinds of holder and of breadth, each option with how many definitions it would give."""
    labels = _labels(choice())
    if st.session_state.get(LABELS) != labels:
        # A widget keeps what it shows by its label, and labels hold counts: set them afresh together.
        st.session_state[LABELS] = labels
        for one in (KINDS, BREADTHS):
            st.session_state[one.widget] = list(one.values())
    meanings = "; ".join(f"{breadth}: {meaning}" for breadth, meaning in BREADTH_MEANINGS.items())
    left, right = st.columns([2, 1], gap="large")
    with left:
        _pick("Kind of holder", KINDS.widget, labels[KINDS.key], "Who says so. None chosen means all.")
    with right:
        _pick(
            "Breadth", BREADTHS.widget, labels[BREADTHS.key], plain_text.label(f"{meanings[0].upper()}{meanings[1:]}.")
        )


@store.remembered
def _labels(chosen: ChosenDefinitions) -> dict[str, dict[str, str]]:
    table = store.definitions()
    by_kind = shown(ChosenDefinitions((), chosen.breadths))["holder_kind"].value_counts()
    by_breadth = shown(ChosenDefinitions(chosen.kinds, ()))["breadth"].value_counts()
    return {
        KINDS.key: {kind: f"{kind_name(kind)} · {by_kind.get(kind, 0)}" for kind in definition_counts.kinds(table)},
        BREADTHS.key: {
            breadth: f"{breadth.capitalize()} · {by_breadth.get(breadth, 0)}"
            for breadth in definition_counts.breadths(table)
        },
    }


def _pick(label: str, key: str, labels: dict[str, str], told: str) -> None:
    st.pills(
        label,
        list(labels),
        format_func=lambda code: plain_text.label(labels[code]),
        key=key,
        selection_mode="multi",
        help=told,
        wrap=True,
    )


def show() -> None:
    """Draw what each kind of holder counts in, then every definition shown; where none is, offer all of them."""
    chosen = choice()
    if shown(chosen).empty:
        total = len(store.definitions())
        st.html('<p class="lead">No definition is of both this kind of holder and this breadth.</p>')
        if total:
            st.button(f"Show all {number_of(total, 'definition')}", on_click=_choose, args=((), ()))
        return
    exhibit.show(each_kind(chosen), key="definitions_counted_in", pick=_narrow)
    exhibit.heading(
        "Each definition, element by element",
        f"Definitions by kind of holder. {definition_counts.how_read(shown(chosen))}",
    )
    st.html(definition_grid.legend())
    st.html(_grid(chosen))


def _choose(of_kinds: tuple[str, ...], of_breadths: tuple[str, ...]) -> None:
    KINDS.put(of_kinds)
    BREADTHS.put(of_breadths)


@store.remembered
def counts(chosen: ChosenDefinitions) -> pd.DataFrame:
    """Return how many of these definitions count each element in, by kind of holder, then all together."""
    table = shown(chosen)
    groups = definition_counts.each_kind(table)
    if len(groups) > 1:
        groups[ALL] = definition_counts.kinds(table)
    return definition_counts.counted_in(table, groups)


@store.remembered
def each_kind(chosen: ChosenDefinitions) -> Exhibit:
    """Return what each kind of holder counts in, as a grid."""
    numbers = counts(chosen)
    return exhibit.of(
        definition_counts.most_counted_in(numbers[numbers["group"] != ALL]),
        "How many definitions of each kind of holder include each element, of how many; the deeper the blue, the "
        "larger the share. Commercial third places are businesses where people meet, such as pubs and cafés. "
        "Choose a cell to see only that kind of holder.",
        counted_in_grid(numbers),
        numbers.drop(columns="element").rename(columns=COUNT_HEADINGS),
    )


@store.remembered
def _grid(chosen: ChosenDefinitions) -> Markup:
    table = shown(chosen)
    return definition_grid.grid(table, f"What {number_of(len(table), 'definition')} of social infrastructure include")


def _narrow(data: list[str]) -> None:
    """Narrow to the kind of holder of a cell that was chosen; one that stands for all changes nothing."""
    for kind in definition_counts.kinds(store.definitions()):
        if kind_name(kind) == data[1]:
            _choose((kind,), BREADTHS.values())


def download_tables() -> Tables:
    """Return what makes the tables of the definitions that are now shown, for the workbook."""
    chosen = choice()
    return lambda: _tables(chosen)


@store.remembered
def _tables(chosen: ChosenDefinitions) -> tuple[ViewTable, ...]:
    table = shown(chosen)
    words = ", ".join(word.value for word in Included)
    return (
        ViewTable("Definitions", "Definitions shown on the page, by kind of holder",
                  f"Each element is {words}; “no” means left out in so many words.",
                  table[list(COLUMNS)].rename(columns=COLUMNS)),
        ViewTable("Included by kind", "What each kind of holder includes",
                  "Definitions shown on the page that include an element, leave it out, or do not mention it.",
                  counts(chosen).drop(columns="element").rename(columns=COUNT_HEADINGS)),
    )  # fmt: skip
