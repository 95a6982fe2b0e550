"""The Excel download: everything of one view in a file that reads well, loads back, and can run nothing."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO

from sqlalchemy import Engine
from sqlmodel import Session

from data import codebook as codebooks
from data import database, statements
from data.exporting import cover, evidence, reference, view_tables
from data.exporting.asked import NAME, ORGANISATION, Asked
from data.exporting.caveats import caveats
from data.exporting.sheets import Book
from data.exporting.view_tables import ViewTable
from data.filters import Filter
from data.importing.faults import Fault, Refused
from data.queries import counting
from data.wording import in_words

__all__ = ["ViewTable", "write"]

Progress = Callable[[float], None]
REPORT_EVERY = 250
"""Rows between two reports of progress."""
ROWS_SHARE = 0.9
"""How much of the work is done when the last finding and source is written."""


def write(
    engine: Engine,
    wanted: Filter,
    out: Path | BinaryIO,
    *,
    page: str = "",
    address: str = "",
    tables: Sequence[ViewTable] = (),
    progress: Progress | None = None,
) -> int:
    """Write the filter's findings with all that belongs to them as an .xlsx workbook; return how many there are.

    `page` and `address` say where it was asked for; `tables` are what that page shows, a sheet each. `progress` is
    told from time to time how much is done, from 0 to 1. A file that is there already stays until the new one is
    whole. Raises DatabaseFault where there is no evidence to read, Refused where the path cannot be written to.
    """
    report = progress or (lambda share: None)
    database.check(engine)
    with database.explained(engine), Session(engine) as session:
        book, findings = _made(session, wanted, page, address, tables, report)
    if isinstance(out, Path):
        _save(book, out)
    else:
        book.save(out)
    report(1.0)
    return findings


def _made(
    session: Session, wanted: Filter, page: str, address: str, tables: Sequence[ViewTable], report: Progress
) -> tuple[Book, int]:
    """Return the workbook, all from one state of the evidence, and its number of findings."""
    codebook = codebooks.read(session)
    counts = counting.counts(session, wanted, codebook)
    version, today = database.data_version(session), datetime.now(UTC).date()
    asked = Asked(wanted, in_words(wanted, codebook), counts, version, page, address, today)
    book = Book(f"{NAME}. {asked.words}", ORGANISATION, ", ".join(cover.KEYWORDS), f"{asked.held}; {asked.versioned}")
    front = cover.sheet_for(book)
    reference.add_filters(book, session, asked, codebook)
    step = _counted(counts.findings + counts.sources, report)
    columns = {
        "Findings": evidence.add_findings(book, session, asked, codebook, step),
        "Sources": evidence.add_sources(book, session, asked, codebook, step),
    }
    reference.add_counts(book, session, asked, codebook)
    reference.add_codebook(book, session, asked, codebook, columns)
    for view in tables:
        view_tables.add(book, view, asked.source)
    aside = counting.set_aside(session, wanted, codebook)
    nearby = statements.nearby(wanted, aside, codebook)
    cover.fill(front, book, asked, nearby, caveats(session, wanted, codebook, counts, aside))
    return book, counts.findings


def _counted(total: int, report: Progress) -> Callable[[], None]:
    """Return what to call after each of `total` rows so that progress is reported now and then."""
    done = 0

    def step() -> None:
        nonlocal done
        done += 1
        if done % REPORT_EVERY == 0:
            report(ROWS_SHARE * done / total)

    return step


def _save(book: Book, out: Path) -> None:
    part = out.with_name(f".{out.name}.part")
    try:
        with part.open("wb") as file:
            book.save(file)
        part.replace(out)
    except OSError as error:
        part.unlink(missing_ok=True)
        raise Refused([Fault(str(out), f"cannot be written: {error.strerror}")]) from error
