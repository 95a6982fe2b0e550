"""The filter panel: every facet with its options and how many findings each would give."""

from dataclasses import replace

import streamlit as st
from markupsafe import Markup

from components.figures import theme
from components.frame import address, who_is_here
from components.frame.address import widget_key
from components.store import store
from data.collection.codebook import Codebook
from data.facets import FACETS, IN_PANEL, Facet
from data.filters.filter import Filter

LABELS = "panel_labels"
YEARS = "panel_years"
SHOWN_YEAR = "panel_shown_year"


def put_away() -> None:
    """Note that this run draws no panel: its widgets forget what they hold, and `show` sets them again."""
    st.session_state[address.PUT_AWAY] = True
    address.leave()


def show(page: str) -> Filter:
    """Draw the panel in the sidebar and return the filter it now holds, which the address then says too."""
    if st.session_state.pop(address.PUT_AWAY, False) and address.SHOWN in st.session_state:
        address.show(st.session_state[address.SHOWN])
    asked = address.edited(address.asked(page))
    options = store.facets(asked)
    labels = {facet: _labels(facet, options[facet], store.codebook()) for facet in FACETS}
    if st.session_state.get(LABELS) != labels:
        # A widget keeps what it shows by its label, and labels hold counts: set them afresh together.
        st.session_state[LABELS] = labels
        for facet in FACETS:
            st.session_state[widget_key(facet)] = list(asked.chosen(facet))
    with st.sidebar:
        st.html(Markup('<p class="brand">{}</p>').format(theme.NAME))
        who_is_here.show()
        st.header("What are you looking for?", anchor=False)
        st.text_input("Search findings", key=widget_key("q"), placeholder="libraries, asset transfer, Grimsby …")
        for each in IN_PANEL:
            if not each.more:
                _choose(each, labels[each.key])
        hidden = any(each.more and asked.chosen(each.key) for each in IN_PANEL) or asked.year
        with st.expander("More filters", expanded=bool(hidden)):
            for each in IN_PANEL:
                if each.more:
                    _choose(each, labels[each.key])
            _years(asked)
        if asked:
            st.button("Clear all filters", on_click=address.changed, args=(Filter(),), width="stretch")
    address.drawn(asked)
    return asked


def show_without_filter() -> Filter:
    """Draw in the panel's place who is here, and return the filter that leaves nothing out."""
    with st.sidebar:
        st.html(Markup('<p class="brand">{}</p>').format(theme.NAME))
        who_is_here.show()
    return Filter()


def _labels(facet: str, numbers: dict[str, int], codebook: Codebook) -> dict[str, str]:
    labels = {}
    for code, number in numbers.items():
        name = codebook.name(facet, code)
        if facet == "direction":
            name = theme.with_symbol(code)
        depth = len(codebook.ancestors(facet, code))
        labels[code] = f"{'   ' * depth}{name} · {number:,}"
    return labels


def _choose(facet: Facet, labels: dict[str, str]) -> None:
    """Draw a facet's codes: a list to search where there may be many, chips where there are few."""
    said = {"format_func": labels.__getitem__, "key": widget_key(facet.key), "help": facet.help}
    if facet.anything:
        st.multiselect(facet.name, list(labels), placeholder=facet.anything, **said)  # type: ignore[call-overload]
    else:
        st.pills(facet.name, list(labels), selection_mode="multi", **said)  # type: ignore[call-overload]


def _years(asked: Filter) -> None:
    first, last = store.years()
    if first >= last:
        return
    if YEARS not in st.session_state or st.session_state.get(SHOWN_YEAR, ()) != asked.year:
        st.session_state[SHOWN_YEAR] = asked.year
        chosen = asked.year or (first, last)
        st.session_state[YEARS] = tuple(min(max(year, first), last) for year in chosen)
    st.slider(
        "Year of publication",
        first,
        last,
        key=YEARS,
        on_change=_take_years,
        args=(first, last),
        help="A range leaves out findings whose source shows no year; the page says how many.",
    )


def _take_years(first: int, last: int) -> None:
    chosen = tuple(st.session_state[YEARS])
    address.changed(replace(address.held(), year=None if chosen == (first, last) else chosen))
