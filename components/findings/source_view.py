"""Sources on the page: how many, of which years and methods, in words and bars."""

from dataclasses import replace

import pandas as pd

from components.figures import exhibit
from components.figures.charts.bar_charts import count_bars
from components.figures.charts.year_chart import year_bars
from components.figures.exhibit import Exhibit
from components.frame import address, numbered
from components.frame.numbered import Number
from components.store import store
from data.exporting.workbook import ViewTable
from data.filters.filter import Filter
from data.filters.wording import number_of, of_total
from data.sentences import on_sources

SHARING = {
    "study": "Study", "source_id": "Ref", "title": "Title", "organisation": "Organisation", "year": "Year",
    "url": "Address", "here": "In this view",
}  # fmt: skip


def answer(wanted: Filter) -> str:
    """Say how many sources report how many studies, and of which years."""
    return on_sources.answer(store.held(wanted))


def numbers(wanted: Filter) -> list[Number]:
    """Return the numbers of the answer that have a list: sources, studies, and sources that show a year."""
    held = store.held(wanted)
    counted = [
        numbered.counted(held.sources, "source", address.way("sources", wanted)),
        numbered.counted(held.studies, "separate study", numbered.by_study(wanted), "separate studies"),
    ]
    if 0 < held.with_year < held.sources:
        dated = address.way("sources", replace(wanted, year=(held.first, held.last)))
        counted.append(numbered.counted(held.with_year, "source", dated))
    return counted


def methods(wanted: Filter) -> str:
    """Say by which methods most sources came to know."""
    return on_sources.methods(store.tally(wanted, "method"), store.held(wanted))


def follow_up(wanted: Filter) -> str:
    """Say how many sources carry a link, and how many share a study."""
    return on_sources.follow_up(store.held(wanted))


def show_methods(wanted: Filter) -> None:
    """Draw sources by method, most first; a bar narrows to its method."""
    shown = by_method(wanted)
    if shown is None:
        exhibit.heading("No source here says how it came to know")
        return
    exhibit.show(shown, key="sources_methods", pick=lambda data: address.narrow({"method": str(data[0])}))


@store.remembered
def by_method(wanted: Filter) -> Exhibit | None:
    """Return sources by method, most first, or nothing where none says how it came to know."""
    table = store.tally(wanted, "method")
    table = table[table["sources"] > 0].sort_values("sources", ascending=False, kind="stable")
    if table.empty:
        return None
    top, total = table.iloc[0], store.held(wanted).sources
    return exhibit.of(
        f"The most frequent method is {top['name']}: {of_total(int(top['sources']), total, 'source')}",
        f"How sources came to know, {number_of(int(table['sources'].sum()), 'source')}. Choose a bar to keep only that "
        "method.",
        count_bars(table, "sources"),
        table.drop(columns="code"),
    )


def show_years(wanted: Filter) -> None:
    """Draw sources by year of publication; a bar narrows to its year."""
    if store.sources_by_year(wanted).empty:
        exhibit.heading("No source here shows a year")
        return
    exhibit.show(
        by_year(wanted),
        key="sources_years",
        pick=lambda data: address.changed(replace(address.narrowed({}), year=(int(data[0]), int(data[0])))),
    )


@store.remembered
def by_year(wanted: Filter) -> Exhibit:
    """Return sources by year of publication; at least one must show a year."""
    table, held = store.sources_by_year(wanted), store.held(wanted)
    return exhibit.of(
        on_sources.by_year(table, held),
        f"Sources by year of publication. {of_total(held.sources - held.with_year, held.sources, 'source')} without a "
        "year are not drawn. Choose a bar to keep only that year.",
        year_bars(table),
        # A year is a name here, not a number: no comma goes into it.
        table.assign(year=table["year"].astype(str)),
    )


@store.remembered
def download_tables(wanted: Filter) -> tuple[ViewTable, ...]:
    """Return sources by method and year, and those that share a study, for the workbook."""
    table = store.tally(wanted, "method").drop(columns="code")
    shared = store.sharing(wanted)
    shared = shared.assign(here=shared["here"].map({1: "yes", 0: "no"}))
    unknown = store.held(wanted).sources - store.held(wanted).with_year
    years = pd.DataFrame(store.sources_by_year(wanted)).rename(columns=str.capitalize)
    return (
        ViewTable("Sources by method", "How the sources came to know", "Zeros included.",
                  table.rename(columns=str.capitalize)),
        ViewTable("Sources by year", "Sources by year of publication",
                  f"{number_of(unknown, 'source')} without a year are in no row.", years),
        ViewTable("Shared studies", "Sources that report one study together",
                  "Every source of the collection that shares a study with a source of this view.",
                  shared[list(SHARING)].rename(columns=SHARING)),
    )  # fmt: skip
