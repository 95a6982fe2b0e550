"""The gap map on the page: which two facets, how fine, the grid, and the widest gaps in words."""

from dataclasses import dataclass
from typing import Any

import pandas as pd
import streamlit as st
from markupsafe import Markup

from components.figures import exhibit
from components.figures.charts.gap_map import UNSURE, gap_map
from components.figures.exhibit import Exhibit
from components.frame import address, numbered, view_choices
from components.frame.downloads import Tables
from components.frame.numbered import Number
from components.frame.view_choice import ViewChoice
from components.frame.view_choices import AXES, BROAD, FINE
from components.store import store
from data.exporting.workbook import ViewTable
from data.facets import BY_KEY, FACET_NAMES, OVERSEAS
from data.filters.filter import Filter
from data.filters.wording import number_of
from data.queries import gap_counts
from data.queries.counting import NONE

NAMES, COLUMN = 200, 72
"""Pixels of the names of rows, and of a column: a word of its heading stands beside the next, not on it."""
NONE_CODED = "none coded"


@dataclass(frozen=True, eq=False)
class CrossedFacets:
    """Which two facets are crossed, and which of their codes are shown."""

    rows: str
    columns: str
    row_codes: tuple[str, ...]
    column_codes: tuple[str, ...]
    table: pd.DataFrame


def grid(wanted: Filter, finest: tuple[str, ...] = ()) -> CrossedFacets:
    """Return the grid that the page's controls ask for; before they are drawn, broad themes by broad levers.

    The sides named in `finest` ("rows", "columns") are taken at their finest, whatever the controls say.
    """
    return _grid(wanted, *_asked(finest))


def _asked(finest: tuple[str, ...] = ()) -> tuple[str, str, str, str]:
    rows, columns = view_choices.ROWS.value() or "theme", view_choices.COLUMNS.value() or "lever"
    if rows == columns:
        columns = next(axis for axis in AXES if axis != rows)
    levels = {"rows": view_choices.ROWS_LEVEL, "columns": view_choices.COLUMNS_LEVEL}
    fine, across = (FINE if side in finest else level.value() or BROAD for side, level in levels.items())
    return rows, columns, fine, across


@store.remembered
def _grid(wanted: Filter, rows: str, columns: str, row_level: str, column_level: str) -> CrossedFacets:
    table = store.crosstab(wanted, rows, columns)
    row_codes = axis_codes(wanted, rows, row_level)
    column_codes = axis_codes(wanted, columns, column_level)
    shown = table[table["row"].isin((*row_codes, NONE)) & table["column"].isin((*column_codes, NONE))]
    return CrossedFacets(rows, columns, row_codes, column_codes, shown)


def axis_codes(wanted: Filter, facet: str, level: str) -> tuple[str, ...]:
    """Return the codes of an axis: those chosen or the parts of the one chosen, else the broad or the fine ones."""
    codebook = store.codebook()
    chosen = wanted.chosen(facet)
    if len(chosen) == 1 and codebook.parts(facet, chosen[0]):
        return codebook.parts(facet, chosen[0])
    if chosen:
        return chosen
    offered = store.facets(wanted.without(facet))[facet]
    if facet == "region":
        abroad = tuple(e.code for e in codebook.entries("region") if e.kind == OVERSEAS and offered.get(e.code))
        leaves = tuple(c for c in codebook.leaves("region") if c in offered and c not in codebook.overseas())
        return (*leaves, *abroad) if level == FINE else ("UK", *leaves)
    return codebook.parts(facet, None) if level == BROAD else codebook.leaves(facet)


def answer(wanted: Filter) -> str:
    """Say how many combinations hold nothing, and how many nothing to rest on."""
    return _answer(grid(wanted, ("rows", "columns")))


def numbers(wanted: Filter) -> list[Number]:
    """Return the numbers of the answer, each leading to the grid that shows every combination it counts."""
    found = grid(wanted, ("rows", "columns"))
    told = gap_counts.gaps(found.table)
    axes = {view_choices.ROWS.key: found.rows, view_choices.COLUMNS.key: found.columns}
    finest = {view_choices.ROWS_LEVEL.key: FINE, view_choices.COLUMNS_LEVEL.key: FINE}
    here = address.way("gaps", wanted, {**axes, **finest})
    return [numbered.counted(number, "combination", here) for number in (told.empty, told.pairs, told.unsure)]


@store.remembered
def _answer(found: CrossedFacets) -> str:
    return gap_counts.gaps_in_words(
        gap_counts.gaps(found.table), BY_KEY[found.rows].plural, BY_KEY[found.columns].plural
    )


def counted(wanted: Filter) -> str:
    """Say which codes the answer counts: as fine as they are, where the grid below may show broader ones."""
    found = grid(wanted, ("rows", "columns"))
    return (
        f"That is {number_of(len(found.row_codes), *_nouns(found.rows))} by "
        f"{number_of(len(found.column_codes), *_nouns(found.columns))}, as fine as the codebook and the filter name "
        "them."
    )


def _nouns(facet: str) -> tuple[str, str]:
    return FACET_NAMES[facet].lower(), BY_KEY[facet].plural


def show_controls() -> None:
    """Draw the choice of rows and columns, and how fine each is."""
    left, right = st.columns(2, gap="large")
    with left:
        _axis("Rows", view_choices.ROWS, view_choices.ROWS_LEVEL)
    with right:
        _axis("Columns", view_choices.COLUMNS, view_choices.COLUMNS_LEVEL)


def _axis(label: str, axis: ViewChoice, level: ViewChoice) -> None:
    facet, fineness = st.columns(2, vertical_alignment="bottom")
    facet.selectbox(label, AXES, format_func=FACET_NAMES.__getitem__, key=axis.widget)
    fineness.segmented_control(
        f"{label}: how fine",
        (BROAD, FINE),
        format_func=str.capitalize,
        key=level.widget,
        required=True,
        label_visibility="collapsed",
    )


def show(wanted: Filter) -> None:
    """Draw the grid with its numbers, then the widest gaps in words."""
    found = grid(wanted)
    st.html(f"<style>.st-key-gaps_grid > div {{ min-width: {narrowest(len(found.column_codes))}px; }}</style>")
    exhibit.show(_exhibit(wanted, found), key="gaps_grid", pick=lambda data: _narrow(found, data))
    exhibit.heading(
        "The widest gaps",
        f"Of {BY_KEY[found.rows].plural} as fine as the codebook and the filter name them: by how many of the "
        f"{BY_KEY[found.columns].plural} above hold no finding, then by how few findings there are.",
    )
    st.html(_widest(grid(wanted, ("rows",))))


def narrowest(columns: int) -> int:
    """Return the pixels that the grid needs: where the page has fewer, it is moved sideways, as on a phone."""
    return NAMES + COLUMN * (columns + 1)


def broad(wanted: Filter) -> Exhibit:
    """Return the gap map of broad themes by broad levers, whatever the page's controls say."""
    return _exhibit(wanted, _grid(wanted, "theme", "lever", BROAD, BROAD))


@store.remembered
def _exhibit(wanted: Filter, found: CrossedFacets) -> Exhibit:
    rows = _named(found.rows, found.row_codes, _any(found.table, "row"))
    columns = _named(found.columns, found.column_codes, _any(found.table, "column"))
    return exhibit.of(
        f"Findings by {FACET_NAMES[found.rows].lower()} and {FACET_NAMES[found.columns].lower()}",
        f"{number_of(store.counts(wanted).findings, 'finding')} in all; one with several codes stands in several "
        f"cells, so cells add up to more. {UNSURE} marks findings of which none is of high or moderate confidence. "
        "Choose a cell to see its findings. No finding in this collection is not the same as no effect.",
        gap_map(found.table, rows, columns),
        _in_words(found),
    )


@store.remembered
def _widest(found: CrossedFacets) -> Markup:
    said = gap_counts.widest(found.table, store.codebook(), found.rows, BY_KEY[found.columns].plural)
    return Markup('<ul class="gaps">{}</ul>').format(
        Markup("").join(Markup("<li>{}</li>").format(gap) for gap in said or ["None: every combination has findings."])
    )


def _any(table: pd.DataFrame, side: str) -> bool:
    return bool(table.loc[table[side] == NONE, "findings"].sum())


def _named(facet: str, codes: tuple[str, ...], with_none: bool) -> list[tuple[str, str]]:
    codebook = store.codebook()
    named = [(code, codebook.name(facet, code)) for code in codes]
    return [*named, (NONE, NONE_CODED)] if with_none else named


def _narrow(found: CrossedFacets, data: list[Any]) -> None:
    """Narrow to the codes of a cell; a margin of findings without a code narrows by the other code alone."""
    row, column = data
    address.narrow({facet: code for facet, code in ((found.rows, row), (found.columns, column)) if code})


@store.remembered
def _in_words(found: CrossedFacets) -> pd.DataFrame:
    codebook = store.codebook()
    return pd.DataFrame(
        {
            FACET_NAMES[found.rows]: [codebook.name(found.rows, c) if c else NONE_CODED for c in found.table["row"]],
            FACET_NAMES[found.columns]: [
                codebook.name(found.columns, c) if c else NONE_CODED for c in found.table["column"]
            ],
            "findings": found.table["findings"],
            "sure": found.table["sure"],
        }
    )


def download_tables(wanted: Filter) -> Tables:
    """Return what makes the grid that is now shown a table for the workbook."""
    asked = _asked()
    return lambda: _tables(_grid(wanted, *asked))


def _tables(found: CrossedFacets) -> tuple[ViewTable, ...]:
    title = f"Findings by {FACET_NAMES[found.rows].lower()} and {FACET_NAMES[found.columns].lower()}"
    note = "Every combination, zeros included; a finding with several codes stands in several rows."
    return (ViewTable("Gap map", title, note, _in_words(found)),)
