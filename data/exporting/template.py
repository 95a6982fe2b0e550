"""The coding template: a workbook to fill in by hand, with drop-down lists, worked examples and how to do it."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from pathlib import Path
from typing import BinaryIO

from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from data.collection.codebook import Codebook
from data.exporting.cover import KEYWORDS, WIDTH, SheetLines
from data.exporting.evidence_sheets import FINDINGS, SOURCES
from data.exporting.reference import CODEBOOK
from data.exporting.request import NAME, ORGANISATION
from data.exporting.sheets import HEADER_ROW, TITLE, Book, SheetColumn, TableSheet, lay_out
from data.exporting.whole_file import opened
from data.facets import FACET_NAMES
from data.importing.mapping.fields import FACET_OF, SEVERAL
from data.importing.mapping.targets import entries
from data.schema import EXAMPLE

LISTED = ("strand", "direction", "confidence", "role", "access", "theme", "lever", "region")
"""The facets of the sheet Codebook, each in rows that follow one another, so that a list can refer to them."""
ROWS = 5_000
"""Rows that have drop-down lists; further ones load all the same."""
FIRST = HEADER_ROW + 1
NAMES = {**FACET_NAMES, "access": "Access"}

SOURCE_EXAMPLES: tuple[Mapping[str, str], ...] = (
    {
        "source_id": f"{EXAMPLE}S1", "strand": "community", "title": "[Example] What a workshop said of its hall",
        "organisation": "Name of who held it", "year": "2026", "source_type": "workshop notes", "method": "workshops",
        "accessed": "2026-11-23", "read": "full page", "access": "team",
    },
)  # fmt: skip
FINDING_EXAMPLES: tuple[Mapping[str, str], ...] = (
    {
        "finding_id": f"{EXAMPLE}E1", "source_id": f"{EXAMPLE}S1", "place": "Blyth", "regions": "TLC",
        "finding": "[Example] Members of the lunch club met more often once the hall opened at weekends.",
        "latitude": "55.13", "longitude": "-1.51", "themes": "T1.1;T2.2", "levers": "L1.2", "lever_roles": "applied",
        "direction": "strengthened", "confidence": "low", "confidence_reason": "one workshop",
        "population": "older people", "period": "2025", "coder": "your mark", "coded_on": "2026-11-23",
        "access": "public", "note": "said twice, by two people",
    },
    {
        "finding_id": f"{EXAMPLE}E2", "source_id": f"{EXAMPLE}S1", "regions": "TLC;TLD",
        "finding": "[Example] Where the bus was cut and no grant came instead, the hall stood empty.",
        "themes": "T1.9", "levers": "L6.4;L1.2", "lever_roles": "withdrawn;lacking", "direction": "impeded",
        "confidence": "very low", "confidence_reason": "one voice", "coder": "your mark", "coded_on": "2026-11-23",
        "access": "public",
    },
)  # fmt: skip

HOW_TO: Mapping[str, Sequence[str]] = {
    "Fill it in": (
        "1. Sources: a row for each publication, workshop, interview set or hearing, with a ref of its own, such as "
        "NE-S001. Choose a beginning that no other team has.",
        "2. Findings: a row for each thing that a source says, in your own words, with a ref of its own, such as "
        "NE-E001, and in source_id the ref of its source.",
        "3. Choose codes from the drop-down lists; the sheet Codebook says what each means. Columns may be left empty "
        "but for the refs, strand, title, finding, direction and confidence; [x] says that a value is not known.",
        f"4. Rows whose ref begins with {EXAMPLE} are worked examples, which loading leaves out: they may stay.",
    ),
    "Several codes in one cell": (
        "regions, themes, levers and lever_roles may hold several codes, joined by semicolons: T1.1;T2.2. The list "
        "gives one; type the others after it and confirm the question whether to keep what is not in the list.",
        "lever_roles holds one role for each lever, in the same order: for L6.4;L1.2 it may be withdrawn;lacking.",
    ),
    "Direction and role": (
        "direction says what happened to social infrastructure, not whether the lever is good. “The youth club "
        "closed, and young people had nowhere to meet” is impeded, and its lever has the role withdrawn.",
    ),
    "People": (
        "Take out names, and whatever would let a person be found, before you write a finding. access says who may "
        "see a row: public (everyone; so too if left empty), roundtable, or team.",
    ),
    "Bring it in": (
        "On the Load page of the dashboard, or with: python -m data check FILE.xlsx, then python -m data load "
        "FILE.xlsx. Each mistake is told with its sheet, row and column, before anything changes.",
    ),
}


def write(codebook: Codebook, out: Path | BinaryIO) -> None:
    """Write the template for a codebook as an .xlsx workbook; raises Refused where the path cannot be written to."""
    with opened(out) as file, closing(Book()) as book:
        book.describe(f"{NAME}: coding template", ORGANISATION, ", ".join(KEYWORDS), "An empty workbook to code in")
        examples = f"Rows whose ref begins with {EXAMPLE} are worked examples; loading leaves them out."
        sources = _table(book, "Sources", "Where the evidence comes from", "Each source that findings rest on.",
                         SOURCES, SOURCE_EXAMPLES, examples)  # fmt: skip
        findings = _table(book, "Findings", "What the sources say", "Each thing that a source says, with its codes.",
                          FINDINGS, FINDING_EXAMPLES, examples)  # fmt: skip
        ranges = _add_codebook(book, codebook)
        for sheet, columns in ((sources, SOURCES), (findings, FINDINGS)):
            for validation in _validations(columns, ranges):
                sheet.sheet.data_validations.append(validation)
        _add_how_to(book)
        for table in (sources, findings):
            table.close()
        book.save(file)


def _table(
    book: Book, name: str, title: str, about: str, columns: Sequence[SheetColumn], rows: Sequence[Mapping[str, str]],
    notes: str,
) -> TableSheet:  # fmt: skip
    """Return a sheet with its example rows in it, still open."""
    sheet = book.table(name, title, about, columns, len(rows), notes, height=3)
    for row in rows:
        sheet.add([_value(column, row.get(column.name, "")) for column in columns])
    return sheet


def _value(column: SheetColumn, text: str) -> object:
    if column.name in ("year", "latitude", "longitude") and text:
        return float(text) if "." in text else int(text)
    return text


def _add_codebook(book: Book, codebook: Codebook) -> dict[str, str]:
    """Write the sheet Codebook, and return the range of each facet's codes."""
    rows = [
        [NAMES.get(facet, facet), entry.name, entry.code, entry.parent or "", entry.definition]
        for facet in LISTED
        for entry in entries(codebook, facet).values()
    ]
    about = "Every code that the lists on the sheets Sources and Findings offer, and what it means."
    book.table("Codebook", "What the codes mean", about, CODEBOOK, len(rows), "").fill(rows)
    ranges, first = {}, FIRST
    for facet in LISTED:
        last = first + len(entries(codebook, facet)) - 1
        ranges[facet] = f"Codebook!$C${first}:$C${last}"
        first = last + 1
    return ranges


def _validations(columns: Sequence[SheetColumn], ranges: Mapping[str, str]) -> Iterator[DataValidation]:
    """Yield a drop-down list for each coded column; where it may hold several codes, others are asked about only."""
    for place, column in enumerate(columns, start=1):
        facet = FACET_OF.get(column.name, "")
        if facet not in ranges:
            continue
        several = column.name in SEVERAL
        validation = DataValidation("list", formula1=ranges[facet], allow_blank=True)
        validation.errorStyle = "warning" if several else "stop"
        validation.showErrorMessage = validation.showInputMessage = True
        validation.promptTitle = validation.errorTitle = column.name
        validation.prompt = (
            "Choose a code; for several, type them joined by semicolons. The sheet Codebook says what each means."
            if several else "Choose from the list. The sheet Codebook says what each means."
        )  # fmt: skip
        validation.error = (
            "This is not one code of the list. Keep it if it is several, joined by semicolons."
            if several else "This is not in the list. Choose from it; the sheet Codebook says what each means."
        )  # fmt: skip
        letter = get_column_letter(place)
        validation.add(f"{letter}{FIRST}:{letter}{FIRST + ROWS - 1}")
        yield validation


def _add_how_to(book: Book) -> None:
    """Write the sheet How to, all in column A."""
    sheet = book.file.create_sheet("How to")
    lay_out(sheet, [WIDTH])
    lines = SheetLines(sheet, book.changed)
    lines.add("How to code with this workbook", above=1, font=TITLE)
    for heading, said in HOW_TO.items():
        lines.section(heading, said)
