"""The sheets Findings and Sources: what a strand's files hold, so that they load back, then what a reader wants."""

from collections.abc import Callable, Iterable, Mapping, Sequence

from sqlalchemy import LargeBinary, cast, func, select
from sqlmodel import Session, col

from data.collection.codebook import Codebook
from data.collection.snapshot.columns import Numbers
from data.exporting.cells import ESCAPE_GROWS, LONGEST, NOT_APPLICABLE, CellKind, parts
from data.exporting.citation import cite
from data.exporting.request import FileRequest
from data.exporting.sheets import Book, SheetColumn
from data.filters import selection
from data.importing.strand_files import continued
from data.queries.listing import FINDING_FIELDS, SOURCE_FIELDS, among, stream_findings, stream_sources
from data.schema import FINDING, FINDING_COLUMNS, SOURCE, SOURCE_COLUMNS, Holds, SchemaColumn
from models import Finding, Source

KINDS = {Holds.YEAR: CellKind.NUMBER, Holds.DEGREES: CellKind.NUMBER, Holds.DAY: CellKind.DATE}
"""How a cell of what a column holds is written; every other as text."""


def _as_filed(columns: Sequence[SchemaColumn], linked: str = "") -> tuple[SheetColumn, ...]:
    return tuple(
        SheetColumn(
            column.name,
            column.about,
            column.width,
            CellKind.LINK if column.name == linked else KINDS.get(column.holds, CellKind.TEXT),
            **({"blank": NOT_APPLICABLE} if column.may_be_empty else {}),
        )
        for column in columns
    )


FINDINGS = _as_filed(FINDING)
"""The columns of a findings file, in their order."""

FINDINGS_FURTHER = (
    SheetColumn("What the direction means", "The direction in a sentence", 34),
    SheetColumn("What the confidence means", "The confidence in a sentence", 34),
    SheetColumn("Regions by name", "The names of its regions", 24, blank=NOT_APPLICABLE),
    SheetColumn("Themes by name", "The names of its themes", 30, blank=NOT_APPLICABLE),
    SheetColumn("Policy levers by name", "The names of its levers, each with its role", 34, blank=NOT_APPLICABLE),
    SheetColumn("Strand", "The body of evidence it belongs to", 14),
    SheetColumn("Source title", "The title of its source", 40),
    SheetColumn("Source organisation", "Who published its source", 28),
    SheetColumn("Source year", "When its source was published", 9, CellKind.NUMBER),
    SheetColumn("Source type", "What kind of source it is", 14),
    SheetColumn("Method", "How its source came to know", 18),
    SheetColumn("Read", "How much of the source its coder saw", 16),
    SheetColumn("Study", "The key shared by sources that report one study; [z] where the source stands alone", 20,
           blank=NOT_APPLICABLE),
    SheetColumn("Address", "Where its source is found", 40),
    SheetColumn("Citation", "Its source as a reference list names it", 60),
)  # fmt: skip

SOURCES = _as_filed(SOURCE, linked="title")
"""The columns of a sources file, in their order; a title is a link."""

SOURCES_FURTHER = (
    SheetColumn("Strand by name", "The name of the body of evidence", 14),
    SheetColumn("Findings in this file", "How many findings of this file come from it", 12, CellKind.NUMBER),
    SheetColumn("Citation", "As a reference list names it", 60),
)

BEFORE = {
    "regions": "Regions by name",
    "themes": "Themes by name",
    "levers": "Policy levers by name",
    "strand": "Strand by name",
}
"""Columns of codes, each with the column of the same in words that stands before it."""

ANY_LENGTH = {
    Finding: tuple(column.name for column in FINDING if column.any_length),
    Source: tuple(column.name for column in SOURCE if column.any_length),
}
"""The columns whose text may be longer than a cell holds."""

MOST_LINKED = 5_000
"""With more sources than this their titles are not links, each of which costs as much as ten cells; Excel itself
repairs a sheet with more than 65,530. The address stands in its own column all the same."""

Row = Mapping[str, object]
Step = Callable[[], None]


def _parts_needed(session: Session, model: type[Finding | Source], ids: Numbers) -> dict[str, int]:
    """Return the columns of which some text of these rows needs more than one cell, with how many it needs."""
    surely_fits = LONGEST // ESCAPE_GROWS
    columns = {name: col(getattr(model, name)) for name in ANY_LENGTH[model]}
    sizes = {name: func.length(cast(column, LargeBinary)) for name, column in columns.items()}
    inside = among(col(model.id), ids)
    largest = session.execute(select(*(func.max(size) for size in sizes.values())).where(inside)).one()
    found = {}
    for name, size in zip(columns, largest, strict=True):
        if (size or 0) > surely_fits:
            texts = session.execute(select(columns[name]).where(sizes[name] > surely_fits, inside)).scalars()
            found[name] = max(len(parts(text)) for text in texts)
    return {name: number for name, number in found.items() if number > 1}


def _columns(
    filed: Sequence[SheetColumn], longer: Mapping[str, int], for_readers: Sequence[SheetColumn]
) -> list[SheetColumn]:
    """Return the columns of a sheet: those of a file, those that go on with long texts, those for a reader."""
    widths = {column.name: column.width for column in filed}
    going_on = [
        SheetColumn(continued(name, part), f"Part {part} of a {name} too long for one cell; [z] where it is not",
               widths[name], blank=NOT_APPLICABLE)
        for name, number in longer.items()
        for part in range(2, number + 1)
    ]  # fmt: skip
    return [*filed, *going_on, *for_readers]


def _names_first(columns: Sequence[SheetColumn]) -> list[int]:
    """Return the places of the columns in the order of the sheet: names before the codes that they are the names of."""
    at = {column.name: place for place, column in enumerate(columns)}
    before = {at[code]: at[name] for code, name in BEFORE.items() if code in at and name in at}
    moved = set(before.values())
    order: list[int] = []
    for place in range(len(columns)):
        if place not in moved:
            order += [before[place], place] if place in before else [place]
    return order


class _Splitter:
    """Puts what a cell cannot hold of a row's texts into the columns that continue them."""

    def __init__(self, columns: Sequence[SheetColumn], longer: Mapping[str, int]) -> None:
        names = [column.name for column in columns]
        self.places = [(names.index(name), number) for name, number in longer.items()]

    def __call__(self, values: list[object]) -> list[object]:
        further: list[object] = []
        for place, number in self.places:
            first, *rest = parts(str(values[place]))
            values[place] = first
            further += [*rest, *[""] * (number - 1 - len(rest))]
        return further


def add_findings(book: Book, session: Session, asked: FileRequest, codebook: Codebook, step: Step) -> list[SheetColumn]:
    """Write the sheet Findings by ref, calling `step` after each row; return its columns."""
    chosen = selection.select(session, asked.wanted, codebook)
    longer = _parts_needed(session, Finding, chosen.snapshot.ids[chosen.findings])
    made = _columns(FINDINGS, longer, FINDINGS_FURTHER)
    order = _names_first(made)
    columns = [made[place] for place in order]
    about = "Each finding with its codes, direction and confidence, and the source it comes from."
    sheet = book.table(
        "Findings",
        f"What the sources say: {asked.words}",
        about,
        columns,
        asked.counts.findings,
        asked.source,
        height=5,
    )
    split, names = _Splitter(FINDINGS, longer), _Names(codebook)
    for found in stream_findings(session, asked.wanted, codebook):
        row = dict(zip(FINDING_FIELDS, found.values(), strict=True))
        values: list[object] = [row[column] for column in FINDING_COLUMNS]
        further = split(values)
        whole = [*values, *further, *names.of_finding(row)]
        sheet.add([whole[place] for place in order])
        step()
    sheet.close()
    return columns


def add_sources(book: Book, session: Session, asked: FileRequest, codebook: Codebook, step: Step) -> list[SheetColumn]:
    """Write the sheet Sources by ref, calling `step` after each row; return its columns."""
    chosen = selection.select(session, asked.wanted, codebook)
    longer = _parts_needed(session, Source, chosen.snapshot.source_ids[chosen.sources])
    made = _columns(SOURCES, longer, SOURCES_FURTHER)
    order = _names_first(made)
    columns = [made[place] for place in order]
    linked = asked.counts.sources <= MOST_LINKED
    about = "Each source that a finding of this file comes from."
    sheet = book.table(
        "Sources", f"Where it comes from: {asked.words}", about, columns, asked.counts.sources, asked.source, height=3
    )
    split, title = _Splitter(SOURCES, longer), SOURCE_COLUMNS.index("title")
    for found in stream_sources(session, asked.wanted, codebook):
        row = dict(zip((*SOURCE_FIELDS, "findings"), found.values(), strict=True))
        values: list[object] = [row[column] for column in SOURCE_COLUMNS]
        further = split(values)
        if linked:
            values[title] = (values[title], row["url"])
        whole = [*values, *further, codebook.name("strand", str(row["strand"])), row["findings"], cite(row)]
        sheet.add([whole[place] for place in order])
        step()
    sheet.close()
    return columns


class _Names:
    """A finding's codes in words; each list of codes is put into words once."""

    def __init__(self, codebook: Codebook) -> None:
        self.codebook = codebook
        self.known: dict[tuple[str, str, str], str] = {}

    def of_finding(self, row: Row) -> list[object]:
        """Return the values of FINDINGS_FURTHER."""
        facets = self.codebook.facets
        return [
            facets["direction"][str(row["direction"])].definition,
            facets["confidence"][str(row["confidence"])].definition,
            self._names("region", row["regions"]),
            self._names("theme", row["themes"]),
            self._names("lever", row["levers"], row["lever_roles"]),
            self.codebook.name("strand", str(row["strand"])),
            *(
                row[column]
                for column in ("title", "organisation", "year", "source_type", "method", "read", "study", "url")
            ),
            cite(row),
        ]

    def _names(self, facet: str, codes: object, roles: object = "") -> str:
        key = (facet, str(codes), str(roles))
        if key not in self.known:
            self.known[key] = "; ".join(self._each(*key))
        return self.known[key]

    def _each(self, facet: str, codes: str, roles: str) -> Iterable[str]:
        names = [self.codebook.name(facet, code) for code in codes.split(";") if code]
        if not roles:
            return names
        return [f"{name} ({role})" for name, role in zip(names, roles.split(";"), strict=True)]
