"""The cover: what the file holds, of which evidence, how to use it, and what to know before."""

import math
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Font
from openpyxl.worksheet._write_only import WriteOnlyWorksheet
from openpyxl.worksheet.hyperlink import Hyperlink

from data import palette
from data.collection import clock
from data.exporting.cells import LINK, NOT_APPLICABLE, NOT_AVAILABLE, WITHHELD, CellMakers, Changed, is_web_address
from data.exporting.request import NAME, FileRequest
from data.exporting.sheets import LINE, TITLE, Book, TableSheet, lay_out
from data.filters.wording import number_of
from data.queries.counting import Counts
from data.sentences import on_votes

KEYWORDS = ("social infrastructure", "levelling up", "evidence synthesis", "policy levers", "community")
LICENCE = "The code of the dashboard is under the MIT licence."
UNLICENSED = "Under which terms the evidence stands is not stated with it: ask those who coded it."
CONTACT = (
    "Say what is wrong or missing in the issue tracker of the dashboard's code repository, with the refs of the "
    "findings in question and the version of the evidence above."
)
SHORTHAND = (
    f"{NOT_AVAILABLE} not available: the source, or what was read of it, does not say.",
    f"{NOT_APPLICABLE} not applicable: nothing belongs in this cell.",
    f"{WITHHELD} withheld to protect people: no cell of this file is.",
)
STUDY = "A study is a source, or all the sources that report one piece of work; it votes once on direction."

WAY = "How it was coded, and with what limits, stands on the Method page of the dashboard and further down here."

WIDTH = 110
SECTION = Font(name="Calibri", bold=True, size=12, color=palette.digits(palette.ACCENT))
AT_THE_FOOT = Alignment(wrap_text=True, vertical="bottom")


class CoverNotes(NamedTuple):
    """What is said of the evidence in view: who coded it, under which terms it stands, what to know before use."""

    whence: str
    licences: Sequence[str]
    caveats: Sequence[str]
    coarse: int = 0
    """Findings that have their region in place of where they are, as the reader of the file may see no more."""


def sheet_for(book: Book) -> WriteOnlyWorksheet:
    """Return the book's cover, still empty: it stands before the data, and can only be filled after them."""
    sheet = book.file.create_sheet("Cover")
    lay_out(sheet, [WIDTH])
    return sheet


def fill(sheet: WriteOnlyWorksheet, book: Book, asked: FileRequest, nearby: Sequence[str], told: CoverNotes) -> None:
    """Write the cover, all in column A; `nearby` are sentences on what the filter leaves out."""
    lines = SheetLines(sheet, book.changed)
    lines.add(NAME, above=1, font=TITLE)
    lines.add(_summary(asked))
    if told.whence:
        lines.section("Who coded it, and how much was read", [f"{told.whence} {WAY}"])
    lines.section("What to know before using this file", told.caveats)
    lines.section("Contents")
    for table in book.tables:
        lines.add(f"{table.name}: {table.title}", font=LINK, link=_to_sheet(table))
    lines.section("What was asked", [asked.words, *([f"Page: {asked.page}."] if asked.page else []), *nearby])
    lines.section("How much is here", [*_counts(asked.counts), STUDY, *withheld_in_words(asked)])
    lines.section("Version of the evidence", _version(asked))
    lines.section("The same view in the dashboard")
    if is_web_address(asked.address):
        lines.add(
            f"Open this view in the dashboard: {asked.words}", font=LINK, link=Hyperlink("", target=asked.address)
        )
    lines.add(_filter_in_address(asked))
    lines.section("How to cite this file", [asked.citation])
    lines.section("Licence", [LICENCE, *(told.licences or [UNLICENSED])])
    lines.section("Contact", [CONTACT])
    lines.section("Shorthand in cells", SHORTHAND)
    lines.section("What writing this file changed", [*_coarsened(told.coarse), *changes_in_words(book.changed)])


class SheetLines:
    """The lines of a sheet that is text, all in column A."""

    def __init__(self, sheet: WriteOnlyWorksheet, changed: Changed) -> None:
        self.sheet, self.cells = sheet, CellMakers(sheet, changed)
        self.rows = 0

    def add(self, text: str, link: Hyperlink | None = None, above: int = 0, **styles: object) -> None:
        """Write one line, with as many empty ones above its text as `above` says."""
        cell: Cell = self.cells.cell(**styles)
        if link:
            cell.hyperlink = link
        self.rows += 1
        self.sheet.row_dimensions[self.rows].height = LINE * (math.ceil(len(text) / WIDTH) + above)
        self.sheet.append([self.cells.fill(cell, text)])

    def section(self, heading: str, lines: Iterable[str] = ()) -> None:
        """Write a heading and a line for each text below it."""
        self.add(heading, above=1, font=SECTION, alignment=AT_THE_FOOT)
        for line in lines:
            self.add(line)


def _to_sheet(table: TableSheet) -> Hyperlink:
    quoted = table.name.replace("'", "''")
    return Hyperlink(ref="", location=f"'{quoted}'!A1")


def _summary(asked: FileRequest) -> str:
    page = f" and everything else that the page {asked.page} shows" if asked.page else ""
    return (
        f"This workbook holds {asked.held}: {asked.words}. Each finding is one coded claim from one source "
        "on social infrastructure and levelling up, with its place, themes, policy levers, direction and confidence. "
        f"Beside the findings stand their sources, counts by study, and the codebook{page}."
    )


def _counts(counts: Counts) -> list[str]:
    return [
        f"{number_of(counts.findings, 'finding')}.",
        f"{number_of(counts.sources, 'source')}.",
        f"{number_of(counts.studies, 'separate study', 'separate studies')}.",
    ]


def withheld_in_words(asked: FileRequest) -> list[str]:
    """Say how many findings of the collection the file leaves out because fewer people may see them, if any."""
    return list(filter(None, [on_votes.withheld(asked.withheld)]))


def _version(asked: FileRequest) -> list[str]:
    version = asked.version
    made = f"This file was made on {asked.on:%-d %B %Y}."
    if version.at is None:
        return ["No evidence is loaded.", made]
    return [
        f"Data version {version.number}, of {clock.day(version.at)}.",
        f"SHA-256 of the whole evidence of that version: {version.digest}",
        made,
    ]


def _filter_in_address(asked: FileRequest) -> str:
    query = asked.wanted.to_address()
    return f"The filter as it stands in an address: {query}" if query else "Nothing is narrowed: the whole collection."


def _coarsened(findings: int) -> list[str]:
    """Say of how many findings the place was changed for the reader, if of any, and that this changes nothing back."""
    if not findings:
        return []
    have, their = ("has", "its") if findings == 1 else ("have", "their")
    return [
        f"{number_of(findings, 'finding')} {have} {their} region in place of where it was, which the reader of this "
        "file may not see. Loaded back, the file leaves place and coordinates of the collection as they are."
    ]


def changes_in_words(changed: Changed) -> list[str]:
    """Say what was changed in texts so that a spreadsheet can hold them; say it too where nothing was."""
    said = []
    if changed.characters:
        said.append(
            f"{number_of(changed.characters, 'character')} that a spreadsheet cannot hold, in "
            f"{number_of(changed.cells, 'cell')}, {'stands' if changed.characters == 1 else 'stand'} as \ufffd."
        )
    if changed.cut:
        end = "ends" if changed.cut == 1 else "end"
        said.append(
            f"{number_of(changed.cut, 'text')} longer than a cell holds (32,767) {end} in “… [cut]”; a finding or "
            "source is whole all the same: columns named “continued” go on with it."
        )
    return said or ["No text was changed."]
