"""The Excel download: everything of one view in a file that reads well, loads back, and can run nothing."""

from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path
from typing import BinaryIO

from sqlalchemy import Engine
from sqlmodel import Session

from data.collection import clock, database
from data.collection import codebook as codebooks
from data.collection.codebook import Codebook
from data.exporting import cover, evidence_sheets, reference, to_read, view_tables
from data.exporting.request import NAME, ORGANISATION, FileRequest
from data.exporting.sheets import Book
from data.exporting.view_tables import ViewTable
from data.exporting.whole_file import opened
from data.filters.filter import Filter
from data.filters.wording import in_words
from data.queries import counting
from data.sentences import on_votes, provenance
from data.sentences import search_notes as notes
from data.sentences.caveats import caveats
from models import Access

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
    answer: str = "",
    tables: Sequence[ViewTable] = (),
    progress: Progress | None = None,
    level: Access = Access.PUBLIC,
) -> int:
    """Write the filter's findings with all that belongs to them as an .xlsx workbook; return how many there are.

    Only what `level` may see is in it. `page` and `address` say where it was asked for, `answer` is what that page
    opens with, and `tables` are what it shows, a sheet each. `progress` is told from time to time how much is done,
    from 0 to 1. A file that is there already stays until the new one is whole. Raises DatabaseFault where there is no
    evidence to read, Refused where the path cannot be written to.
    """
    report = progress or (lambda share: None)
    database.check(engine)
    with opened(out) as file, closing(Book()) as book:
        with database.explained(engine), database.asking(engine, level) as session:
            codebook = codebooks.read(session)
            asked = FileRequest(
                wanted,
                in_words(wanted, codebook),
                counting.counts(session, wanted, codebook),
                counting.withheld(session, wanted, codebook),
                database.data_version(session),
                page,
                address,
                clock.today(),
            )
            _fill(book, session, asked, codebook, answer, tables, report)
        book.save(file)
    report(1.0)
    return asked.counts.findings


def _fill(
    book: Book,
    session: Session,
    asked: FileRequest,
    codebook: Codebook,
    answer: str,
    tables: Sequence[ViewTable],
    report: Progress,
) -> None:
    """Write every sheet, all from one state of the evidence."""
    keywords, about = ", ".join(cover.KEYWORDS), f"{asked.held}; {asked.versioned}"
    book.describe(f"{NAME}. {asked.words}", ORGANISATION, keywords, about)
    aside = counting.set_aside(session, asked.wanted, codebook)
    nearby = [
        *notes.sentences(session, asked.wanted, codebook),
        *on_votes.nearby(asked.wanted, aside, codebook),
    ]
    told = cover.CoverNotes(
        provenance.line(session, asked.wanted, codebook),
        provenance.licences(session, asked.wanted, codebook),
        caveats(session, asked.wanted, codebook, asked.counts, aside),
        aside.coarse,
    )
    to_read.add(book, session, asked, codebook, answer, nearby, told)
    front = cover.sheet_for(book)
    reference.add_filters(book, session, asked, codebook)
    step = _counted(asked.counts.findings + asked.counts.sources, report)
    columns = {
        "Findings": evidence_sheets.add_findings(book, session, asked, codebook, step),
        "Sources": evidence_sheets.add_sources(book, session, asked, codebook, step),
    }
    reference.add_counts(book, session, asked, codebook)
    reference.add_codebook(book, session, asked, codebook, columns)
    for view in tables:
        view_tables.add(book, view, asked.source)
    cover.fill(front, book, asked, nearby, told)
    book.sign(NAME, f"Data version {asked.version}", told.whence)


def _counted(total: int, report: Progress) -> Callable[[], None]:
    """Return what to call after each of `total` rows so that progress is reported now and then."""
    done = 0

    def step() -> None:
        nonlocal done
        done += 1
        if done % REPORT_EVERY == 0:
            report(ROWS_SHARE * done / total)

    return step
