"""A source as a reference list names it, after the Harvard style."""

import datetime as dt
import math
from collections.abc import Mapping
from functools import lru_cache

from data.wording import listed


def cite(source_row: Mapping[str, object]) -> str:
    """Return a source's reference: who (year) title. Organisation. Address (accessed).

    Takes any row with the columns title, authors, organisation, year, url, doi and accessed; what is missing or empty
    is left out, a missing year is "n.d.". The text is plain: whoever shows it escapes it.
    """
    authors, organisation = (_named(_said(source_row, column)) for column in ("authors", "organisation"))
    title, year = _said(source_row, "title"), f"({_year(source_row)})"
    who = authors or organisation
    opening = [f"{who} {year} {title}"] if who else [f"{title} {year}"]
    if authors and organisation:
        opening.append(organisation)
    return " ".join(_ended(part) for part in (*opening, *_where(source_row)))


def _said(row: Mapping[str, object], column: str) -> str:
    value = row.get(column)
    return " ".join(value.split()) if value and isinstance(value, str) else ""


def _year(row: Mapping[str, object]) -> str:
    year = row.get("year")
    # A table in which a year is missing holds the others as floats, and the missing one as NaN.
    return f"{year:.0f}" if isinstance(year, int | float) and not math.isnan(year) else "n.d."


def _named(names: str) -> str:
    """Return names that semicolons part as a sentence lists them."""
    return listed((name.strip() for name in names.split(";") if name.strip()), "and")


def _where(row: Mapping[str, object]) -> list[str]:
    doi, url, accessed = (_said(row, column) for column in ("doi", "url", "accessed"))
    found = [f"doi:{doi}"] if doi else []
    if url:
        found.append(f"Available at: {url}" + (f" (accessed {in_full(accessed)})" if accessed else ""))
    return found


@lru_cache(maxsize=1024)
def in_full(date: str) -> str:
    """Return an ISO date as a sentence has it, "23 November 2026", and any other text as it is."""
    try:
        return f"{dt.date.fromisoformat(date):%-d %B %Y}"
    except ValueError:
        return date


def _ended(part: str) -> str:
    return part if part.endswith((".", "?", "!", "…")) else f"{part}."
