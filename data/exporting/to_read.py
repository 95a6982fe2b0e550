"""The sheet To read: the answer in a sentence, what to know first, and the findings in the columns a reader wants."""

from collections.abc import Mapping, Sequence

from sqlmodel import Session

from data.collection.codebook import Codebook
from data.exporting.cells import NOT_APPLICABLE
from data.exporting.cover import CoverNotes, withheld_in_words
from data.exporting.request import FileRequest
from data.exporting.sheets import Book, SheetColumn
from data.filters.wording import number_of
from data.queries import counting, listing, votes
from data.sentences import on_votes
from data.sentences.scope import scoped

MOST = 500
"""Findings on the sheet, surest first: more than anyone reads on paper; all stand on the sheet Findings."""
LONGEST = 1_200
"""Letters of a text: what a row as high as Excel makes one has room for."""
CAVEATS = 2
"""The caveats that stand here, the most important; all stand on the cover."""

COLUMNS = (
    SheetColumn("What the source reports", "The finding, in the coders' own words", 64),
    SheetColumn("Direction", "What happened to social infrastructure, or what it did", 13),
    SheetColumn("Policy levers", "Each with its role", 22, blank=NOT_APPLICABLE),
    SheetColumn("Where", "The place, and the regions it is about", 18, blank=NOT_APPLICABLE),
    SheetColumn("Confidence", "One coder's judgement of this finding", 11),
    SheetColumn("Source", "Who published it and when, and what it is called", 30),
    SheetColumn("Ref", "The finding's ref, as on the sheet Findings", 11),
)


def add(
    book: Book,
    session: Session,
    asked: FileRequest,
    codebook: Codebook,
    answer: str,
    nearby: Sequence[str],
    told: CoverNotes,
) -> None:
    """Write the sheet: `answer` is the sentence that the page opens with; empty, how levers' studies vote stands in.

    `nearby` says what the filter leaves out.
    """
    order = "relevance" if asked.wanted.q else "confidence"
    found = listing.findings(session, asked.wanted, codebook, order, MOST).to_dict("records")
    sure = on_votes.how_sure(counting.tally(session, asked.wanted, codebook, "confidence"))
    before = [
        answer or _answer(session, asked, codebook),
        f"{asked.held}. {sure}".strip(),
        *filter(None, [told.whence]),
        *nearby,
        *withheld_in_words(asked),
        *told.caveats[:CAVEATS],
        *(["The sheet Cover says what else to know before using this file."] if len(told.caveats) > CAVEATS else []),
    ]
    about = _about(asked.counts.findings, order)
    sheet = book.table("To read", asked.words, about, COLUMNS, len(found), asked.source, before=before)
    sheet.fill(_row(row, codebook) for row in found)


def _answer(session: Session, asked: FileRequest, codebook: Codebook) -> str:
    if not asked.counts.findings:
        return "No finding is in this view."
    if on_votes.few(asked.counts):
        return scoped(on_votes.one_by_one(asked.counts), asked.wanted, codebook)
    sides = votes.sides_of_levers(session, asked.wanted, codebook)
    subject = "" if asked.wanted.lever else "policy levers were"
    told = on_votes.both_sides(sides, subject=subject, wanted=asked.wanted)
    return scoped(told, asked.wanted.without("role"), codebook)


def _about(findings: int, order: str) -> str:
    ordered = "best matches" if order == "relevance" else "those of the highest confidence"
    if findings > MOST:
        return f"The {MOST} findings to read first of {findings:,}, {ordered} first; all stand on the sheet Findings."
    return f"{number_of(findings, 'finding')}, {ordered} first; the sheet Findings holds all that is coded of each."


def _row(row: Mapping[str, object], codebook: Codebook) -> list[object]:
    levers = zip(_codes(row, "levers"), _codes(row, "lever_roles"), strict=True)
    regions = (codebook.name("region", code) for code in _codes(row, "regions"))
    return [
        _shortened(str(row["finding"])),
        row["direction"],
        "; ".join(f"{codebook.name('lever', code)} ({role})" for code, role in levers),
        "; ".join(dict.fromkeys(filter(None, [str(row["place"] or ""), *regions]))),
        row["confidence"],
        _shortened(_source(row), LONGEST // 2),
        row["finding_id"],
    ]


def _shortened(text: str, longest: int = LONGEST) -> str:
    return text if len(text) <= longest else f"{text[:longest].rstrip()} … (whole on the sheet Findings)"


def _codes(row: Mapping[str, object], column: str) -> list[str]:
    return [code for code in str(row[column]).split(";") if code]


def _source(row: Mapping[str, object]) -> str:
    """Return a source in short, such as "Historic England 2017: Heritage and place"."""
    year = row["year"]
    # A table in which a year is missing holds the others as floats, and the missing one as NaN, unlike itself.
    dated = f"{year:.0f}" if isinstance(year, int | float) and year == year else ""  # noqa: PLR0124
    who = " ".join(filter(None, [str(row["organisation"] or row["authors"] or ""), dated]))
    return ": ".join(filter(None, [who, str(row["title"])]))
