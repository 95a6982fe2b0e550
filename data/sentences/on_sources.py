"""Sentences of numbers about sources: how many, of which years, by which methods, and how they may be followed up."""

import pandas as pd

from data.filters.wording import listed, number_of, of_total
from data.queries.source_counts import Held


def answer(held: Held) -> str:
    """Say how many sources report how many studies, of which years, and how many show no year."""
    sources = number_of(held.sources, "source")
    studies = number_of(held.studies, "separate study", "separate studies")
    return f"{sources} {_verb(held.sources, 'reports', 'report')} {studies}; {_years(held)}."


def _verb(number: int, one: str, more: str) -> str:
    return one if number == 1 else more


def _years(held: Held) -> str:
    unknown = held.sources - held.with_year
    if not held.with_year:
        return "none shows a year"
    span = f"in {held.first}" if held.first == held.last else f"from {held.first} to {held.last}"
    if not unknown:
        return f"all were published {span}" if held.sources > 1 else f"it was published {span}"
    return (
        f"{held.with_year:,} {_verb(held.with_year, 'shows', 'show')} a year, {span}, and {unknown:,} "
        f"{_verb(unknown, 'shows', 'show')} none"
    )


def methods(tally: pd.DataFrame, held: Held, most: int = 3) -> str:
    """Say by which methods most sources came to know, from a tally by method."""
    top = tally[tally["sources"] > 0].nlargest(most, "sources", keep="first")
    if top.empty:
        return "No source here says how it came to know."
    told = listed((f"{name} ({number:,})" for name, number in zip(top["name"], top["sources"], strict=True)), "and")
    return f"Of {number_of(held.sources, 'source')}, most by method: {told}."


def follow_up(held: Held) -> str:
    """Say how many sources carry a link and a DOI, and how many report a study together with another."""
    said = (
        f"{of_total(held.linked, held.sources, 'source')} {_verb(held.linked, 'carries', 'carry')} a link, "
        f"{held.with_doi:,} a DOI."
    )
    if held.sharing:
        said += (
            f" {of_total(held.sharing, held.sources, 'source')} share their study with another here "
            f"({number_of(held.shared, 'study')})."
        )
    return said


def by_year(table: pd.DataFrame, held: Held) -> str:
    """Say which year is the most frequent, and how many show a year at all; ties go to the latest year."""
    if table.empty:
        return "No source here shows a year"
    top = table.sort_values(["sources", "year"]).iloc[-1]
    sources = of_total(int(top["sources"]), held.with_year, "source")
    return f"The most frequent year is {top['year']}: {sources} with a year"
