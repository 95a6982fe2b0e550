"""The sheets Filters, Counts and Codebook: what was asked, how it counts up, and what every word in it means."""

from collections.abc import Iterator, Mapping, Sequence

from sqlmodel import Session

from data.collection.codebook import Codebook
from data.exporting.cells import NOT_APPLICABLE, CellKind
from data.exporting.cover import withheld_in_words
from data.exporting.request import FileRequest
from data.exporting.sheets import Book, SheetColumn
from data.facets import BY_KEY, EVERY, FACET_NAMES, FACETS, Counted
from data.filters.filter import KEYS, Filter
from data.queries import counting, voting_rule
from data.queries import votes as synthesis
from data.queries.votes import Votes, balance
from models import Role

KEY_NAMES = {
    **FACET_NAMES, "year": "Year of publication", "q": "Search words", "finding": "Finding", "wider": "Wider findings",
}  # fmt: skip
VOTED_BY, TALLIED_BY = (
    tuple(facet.key for facet in EVERY if facet.counted is how) for how in (Counted.BY_VOTE, Counted.BY_FINDING)
)
NO_VOTE: list[object] = [None] * 6

FILTERS = (
    SheetColumn("filter", "What it narrows", 22),
    SheetColumn("chosen, in words", "The choice as names", 60, blank=NOT_APPLICABLE),
    SheetColumn("key", "The filter's name in the address of a view", 14),
    SheetColumn("chosen, as codes", "The choice as it stands in the address", 34, blank=NOT_APPLICABLE),
    SheetColumn("findings with it", "Findings in this file", 14, CellKind.NUMBER),
    SheetColumn(
        "findings without it",
        "Findings there would be with this choice let go and the others kept",
        14,
        CellKind.NUMBER,
    ),
    SheetColumn("left out by it", "Findings that only this choice leaves out", 14, CellKind.NUMBER, NOT_APPLICABLE),
)

COUNTS = (
    SheetColumn("facet", "What is counted by", 14),
    SheetColumn("name", "The name of what is counted", 40),
    SheetColumn("code", "Its code", 14),
    SheetColumn("role", "The role of the lever; [z] for other facets", 14, blank=NOT_APPLICABLE),
    SheetColumn("findings", "Findings that carry the code or a narrower one", 12, CellKind.NUMBER),
    SheetColumn("sources", "Sources of those findings", 12, CellKind.NUMBER),
    SheetColumn("studies", "Separate studies that those sources report", 12, CellKind.NUMBER),
    SheetColumn(
        "studies strengthened", "Studies that report strengthening, by their vote", 14, CellKind.NUMBER, NOT_APPLICABLE
    ),
    SheetColumn("studies impeded", "Studies that report impeding, by their vote", 14, CellKind.NUMBER, NOT_APPLICABLE),
    SheetColumn("studies mixed", "Studies that report a mix, by their vote", 14, CellKind.NUMBER, NOT_APPLICABLE),
    SheetColumn(
        "share strengthened",
        "Of the studies strengthened or impeded, the share strengthened",
        14,
        CellKind.SHARE,
        NOT_APPLICABLE,
    ),
    SheetColumn("interval from", "Lower end of its 95 % Wilson interval", 12, CellKind.SHARE, NOT_APPLICABLE),
    SheetColumn("interval to", "Upper end of its 95 % Wilson interval", 12, CellKind.SHARE, NOT_APPLICABLE),
)
APART = "A lever is counted apart in each role; what is only proposed does not vote. [z]: no vote, or no share."

CODEBOOK = (
    SheetColumn("facet", "What the entry belongs to", 20),
    SheetColumn("name", "What it is called", 40),
    SheetColumn("code", "The code", 24),
    SheetColumn("parent", "The wider code that stands for it too", 12, blank=NOT_APPLICABLE),
    SheetColumn("definition", "What it means", 80, blank=NOT_APPLICABLE),
)


def add_filters(book: Book, session: Session, asked: FileRequest, codebook: Codebook) -> None:
    """Write the sheet Filters: a row for each key, its choice, and the findings with and without it."""
    about = " ".join(
        ["Each key of the filter, its choice, and how many findings there are with and without it.",
         *withheld_in_words(asked)]
    )  # fmt: skip
    sheet = book.table("Filters", f"What was asked: {asked.words}", about, FILTERS, len(KEYS), asked.source)
    sheet.fill(_filter_rows(session, asked.wanted, codebook, asked.counts.findings))


def _filter_rows(session: Session, wanted: Filter, codebook: Codebook, findings: int) -> Iterator[list[object]]:
    for key in KEYS:
        codes = wanted.to_query().get(key, "")
        if not getattr(wanted, key):
            unchosen = "left out" if key == "wider" else "not narrowed"
            yield [KEY_NAMES[key], unchosen, key, codes, findings, findings, None]
            continue
        without = counting.counts(session, wanted.without(key), codebook).findings
        # Wider findings are taken in and not left out, so there is nothing to count.
        left_out = None if key == "wider" else without - findings
        yield [KEY_NAMES[key], _choice(wanted, codebook, key), key, codes, findings, without, left_out]


def _choice(wanted: Filter, codebook: Codebook, key: str) -> str:
    if key in FACETS:
        return "; ".join(codebook.name(key, code) for code in wanted.chosen(key))
    if key == "year" and wanted.year:
        return " to ".join(map(str, dict.fromkeys(wanted.year)))
    if key == "wider":
        return "taken in: findings about the whole that the chosen regions lie in"
    return wanted.q if key == "q" else "; ".join(wanted.finding)


def add_counts(book: Book, session: Session, asked: FileRequest, codebook: Codebook) -> None:
    """Write the sheet Counts: everything, then by each facet, zeros included."""
    about = "Findings, sources and studies by lever and role, theme, region, strand, direction, confidence and method."
    rows = [_all_row(session, asked, codebook), *_voted_rows(session, asked.wanted, codebook)]
    rows += _tallied_rows(session, asked.wanted, codebook)
    note = f"{voting_rule.of_counts()} {APART} {asked.source}"
    sheet = book.table("Counts", "How the evidence counts up", about, COUNTS, len(rows), note)
    sheet.fill(rows)


def _all_row(session: Session, asked: FileRequest, codebook: Codebook) -> list[object]:
    votes = synthesis.overall(session, asked.wanted, codebook)
    return ["all", "Everything in this file", NOT_APPLICABLE, "", *asked.counts, *_votes(votes)]


def _voted_rows(session: Session, wanted: Filter, codebook: Codebook) -> Iterator[list[object]]:
    for facet in VOTED_BY:
        table = synthesis.direction_by(session, wanted, codebook, facet)
        for code, name, role, findings, sources, studies, *votes in table.itertuples(index=False, name=None):
            # What is only proposed has no effect to vote on.
            shown = NO_VOTE if role == Role.PROPOSED else _votes(Votes(*votes))
            yield [facet, name, code, role, findings, sources, studies, *shown]


def _tallied_rows(session: Session, wanted: Filter, codebook: Codebook) -> Iterator[list[object]]:
    for facet in TALLIED_BY:
        for code, name, *numbers in counting.tally(session, wanted, codebook, facet).itertuples(index=False, name=None):
            yield [facet, name, code, "", *numbers, *NO_VOTE]


def _votes(votes: Votes) -> list[object]:
    found = balance(votes)
    return [*votes, *((found.share, found.low, found.high) if found else (None,) * 3)]


def add_codebook(
    book: Book, session: Session, asked: FileRequest, codebook: Codebook, tables: Mapping[str, Sequence[SheetColumn]]
) -> None:
    """Write the sheet Codebook: every facet's entries, then the columns of the named tables."""
    about = "What every code, role, direction, confidence and column of this file means."
    rows = [*_entries(session, codebook), *_columns(tables)]
    book.table("Codebook", "What the words mean", about, CODEBOOK, len(rows), asked.source).fill(rows)


def _entries(session: Session, codebook: Codebook) -> Iterator[list[object]]:
    for facet in FACETS:
        offered = set(counting.facet_codes(session, codebook, facet))
        for entry in codebook.entries(facet):
            if entry.code in offered:
                said = f"{_ended(entry.definition)} {BY_KEY[facet].caution}".rstrip()
                yield [facet, entry.name, entry.code, entry.parent or "", said]


def _columns(tables: Mapping[str, Sequence[SheetColumn]]) -> Iterator[list[object]]:
    for table, columns in tables.items():
        for column in columns:
            yield [f"column of {table}", column.name, column.name, "", column.meaning]


def _ended(definition: str) -> str:
    return f"{definition}." if definition and not definition.endswith(".") else definition
