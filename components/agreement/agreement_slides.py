"""The slides of the Agreement page: how far the codings agree by facet, and the codes agreed on least, as tables."""

from collections.abc import Callable, Sequence

import pandas as pd

from components.agreement import agreement_view
from components.agreement.agreement_view import MEASURE_NAMES, Names
from components.store import compared_codings, store
from data import palette
from data.coders.agreement_table import FEW, NAMES
from data.exporting.slide_parts import Cell, Grid
from data.exporting.slides import Page
from data.filters.filter import Filter
from data.filters.wording import in_words
from data.sentences import on_agreement as statements
from data.sentences.scope import scoped

LISTED = 8
"""Codes of a facet on a slide: those agreed on least."""
MEASURED = {"agree": "Share that agrees", "kappa": "Cohen's kappa", "alpha": "Krippendorff's alpha"}
Row = dict[str, object]


def of(wanted: Filter) -> Callable[[], Sequence[Page]]:
    """Return what makes the slides of the comparison that is now shown."""
    names = agreement_view.chosen(wanted)
    return lambda: _pages(wanted, names) if names else ()


def _pages(wanted: Filter, names: Names) -> tuple[Page, ...]:
    table = compared_codings.agreement_between(wanted, names)
    if table.empty:
        return ()
    source = _source(wanted, names)
    by_code = (_by_code(wanted, table, facet, source) for facet in NAMES)
    return (_by_facet(wanted, table, source), *filter(None, by_code))


def _by_facet(wanted: Filter, table: pd.DataFrame, source: str) -> Page:
    rows = table[table["code"] == ""].to_dict("records")
    grid = _grid(("Compared", *MEASURED.values(), "Alpha, 95 % interval"), [
        (str(row["name"]), (f"{row['compared']:,.0f}", *(_two(row[measure]) for measure in MEASURED), _interval(row)))
        for row in rows
    ])  # fmt: skip
    message = scoped(statements.most_and_least(table), wanted, store.codebook())
    none = " [z]: does not apply." if table.loc[table["code"] == "", "kappa"].isna().any() else ""
    source = f"{statements.by_the_rule(table)}{none} {source}"
    return Page(message, (grid,), "", source, statements.NOT_RIGHT)


def _by_code(wanted: Filter, table: pd.DataFrame, facet: str, source: str) -> Page | None:
    """Return the codes of a facet that are agreed on least; nothing where fewer than two are given often enough."""
    codes = table[(table["facet"] == facet) & (table["code"] != "")]
    measure = "kappa" if codes["kappa"].notna().any() else "alpha"
    often = codes[(codes["used"] >= FEW) & codes[measure].notna()].sort_values([measure, "code"])
    if len(often) < 2:
        return None
    shown = often.head(LISTED).to_dict("records")
    grid = _grid((MEASURE_NAMES[measure], "Given by any", "Given by all"), [
        (str(row["name"]), (_two(row[measure]), f"{row['used']:,.0f}", f"{row['shared']:,.0f}")) for row in shown
    ])  # fmt: skip
    message = f"Of {NAMES[facet].lower()}, “{shown[0]['name']}” is agreed on least"
    which = f"The {len(shown)} agreed on least of {len(often)}" if len(shown) < len(often) else f"All {len(often)}"
    cut = f"{which} codes that any coder gave to {FEW} findings or more. "
    return Page(scoped(message, wanted, store.codebook()), (grid,), "", f"{cut}{source}", statements.NOT_RIGHT)


def _grid(columns: tuple[str, ...], rows: Sequence[tuple[str, tuple[str, ...]]]) -> Grid:
    return Grid(
        columns,
        tuple((name, tuple(Cell(text, palette.GROUND, palette.TEXT) for text in cells)) for name, cells in rows),
    )


def _two(value: object) -> str:
    return "[z]" if pd.isna(value) else f"{value:.2f}"


def _interval(row: Row) -> str:
    low, high = row["alpha_low"], row["alpha_high"]
    return "[z]" if pd.isna(low) or pd.isna(high) else f"{low:.2f} to {high:.2f}"


def _source(wanted: Filter, names: Names) -> str:
    compared = statements.titled(compared_codings.chosen(wanted, names))
    return f"{compared}. {in_words(wanted, store.codebook())}. Data version {store.current()}."
