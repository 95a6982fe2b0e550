"""A source as a reference list names it, after the Harvard style."""

import datetime as dt
import math
import re
from collections.abc import Mapping
from functools import lru_cache

from data.collection import identifiers
from data.filters.wording import listed

PAGES = re.compile(r"(\w+)\s*[-–—]+\s*(\w+)")


def cite(source_row: Mapping[str, object]) -> str:
    """Return a source's reference: who (year) title. Publication, volume(issue), pages. Organisation. Where.

    Takes any row with the columns title, authors, organisation, year, publication, volume, issue, pages, url, doi and
    accessed; what is missing or empty is left out, a missing year is "n.d.". Who published a journal is not named. The
    text is plain: whoever shows it escapes it.
    """
    authors, organisation = (_named(_said(source_row, column)) for column in ("authors", "organisation"))
    title, year = _said(source_row, "title"), f"({_year(source_row)})"
    who = authors or organisation
    opening = [f"{who} {year} {title}"] if who else [f"{title} {year}"]
    if standing := stands_in(source_row):
        opening.append(standing)
    of_journal = _said(source_row, "volume") or _said(source_row, "issue")
    if authors and organisation and not (standing and (of_journal or standing.startswith(organisation))):
        opening.append(organisation)
    return " ".join(_ended(part) for part in (*opening, *_where(source_row)))


def stands_in(row: Mapping[str, object]) -> str:
    """Return the publication that a source stands in, with where: "Town Planning Review, 93(4), pp. 410–432".

    Nothing where it names no publication.
    """
    publication, volume, issue, pages = (_said(row, name) for name in ("publication", "volume", "issue", "pages"))
    number = f"{volume}({issue})" if volume and issue else volume or (f"issue {issue}" if issue else "")
    return ", ".join(filter(None, (publication, number, _pages(pages)))) if publication else ""


def _pages(pages: str) -> str:
    """Return pages as a reference has them; what is neither a page nor a span of pages, such as e0123, as it is."""
    if span := PAGES.fullmatch(pages):
        return f"pp. {span[1]}–{span[2]}"
    return f"p. {pages}" if pages.isdecimal() else pages


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
    found = [f"doi:{identifiers.bare(doi)}"] if doi else []
    if url and not identifiers.same_as(doi, url):
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
