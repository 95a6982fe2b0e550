"""The sheets Findings and Sources: what a strand's files hold, so that they load back, then what a reader wants."""

from collections.abc import Callable, Iterable, Mapping, Sequence

from sqlalchemy import LargeBinary, cast, func, select
from sqlmodel import Session, col

from data.collection.codebook import Codebook
from data.collection.snapshot.columns import Numbers
from data.exporting.cells import ESCAPE_GROWS, LONGEST, NOT_APPLICABLE, Kind, parts
from data.exporting.citation import cite
from data.exporting.request import Asked
from data.exporting.sheets import Book, Column
from data.filters import selection
from data.importing.strand_files import continued
from data.queries.listing import FINDING_FIELDS, SOURCE_FIELDS, among, stream_findings, stream_sources
from data.schema import FINDING_COLUMNS, SOURCE_COLUMNS
from models import Finding, Source

NONE_CODED = "[z] where none of the codebook's is coded"

FINDINGS = (
    Column("finding_id", "The finding's own ref", 12),
    Column("source_id", "The ref of the source it comes from; see the sheet Sources", 12),
    Column("finding", "What the source reports, in the coders' own words", 70),
    Column("place", "The place it is about, where the source names one", 22),
    Column(
        "regions", f"Codes of the regions it is about, parted by semicolons; {NONE_CODED}", 12, blank=NOT_APPLICABLE
    ),
    Column("latitude", "Degrees north of the place, WGS 84", 11, Kind.NUMBER),
    Column("longitude", "Degrees east of the place, WGS 84", 11, Kind.NUMBER),
    Column("themes", f"Codes of its themes, parted by semicolons; {NONE_CODED}", 12, blank=NOT_APPLICABLE),
    Column("levers", f"Codes of its policy levers, parted by semicolons; {NONE_CODED}", 12, blank=NOT_APPLICABLE),
    Column("lever_roles", "The role of each lever, in the same order", 14, blank=NOT_APPLICABLE),
    Column("direction", "What happened to social infrastructure, or what it did", 14),
    Column("confidence", "One coder's judgement of this finding; not GRADE-CERQual", 12),
    Column("confidence_reason", "Why that confidence", 30),
    Column("population", "Who it is about", 24),
    Column("period", "When it was, as the source says it", 12),
    Column("coder", "Marks of those who coded it", 10),
    Column("coded_on", "The day its coding was settled", 12, Kind.DATE),
    Column("access", "Who may see it: everyone (public), participants of a roundtable, or the team", 12),
    Column("note", "What its coders remarked on it, such as a memo; [z] where nothing was", 30, blank=NOT_APPLICABLE),
)
"""The columns of a findings file, in their order."""

FINDINGS_FURTHER = (
    Column("What the direction means", "The direction in a sentence", 34),
    Column("What the confidence means", "The confidence in a sentence", 34),
    Column("Regions by name", "The names of its regions", 24, blank=NOT_APPLICABLE),
    Column("Themes by name", "The names of its themes", 30, blank=NOT_APPLICABLE),
    Column("Policy levers by name", "The names of its levers, each with its role", 34, blank=NOT_APPLICABLE),
    Column("Strand", "The body of evidence it belongs to", 14),
    Column("Source title", "The title of its source", 40),
    Column("Source organisation", "Who published its source", 28),
    Column("Source year", "When its source was published", 9, Kind.NUMBER),
    Column("Source type", "What kind of source it is", 14),
    Column("Method", "How its source came to know", 18),
    Column("Read", "How much of the source its coder saw", 16),
    Column("Study", "The key shared by sources that report one study; [z] where the source stands alone", 20,
           blank=NOT_APPLICABLE),
    Column("Address", "Where its source is found", 40),
    Column("Citation", "Its source as a reference list names it", 60),
)  # fmt: skip

SOURCES = (
    Column("source_id", "The source's own ref", 12),
    Column("strand", "The code of the body of evidence it belongs to", 14),
    Column(
        "title",
        "Its title, in square brackets where it is the coder's description; in a file of up to 5,000 sources, a link",
        50,
        Kind.LINK,
    ),
    Column("authors", "Who wrote it: surname, initials; parted by semicolons", 28),
    Column("organisation", "Who published it", 28),
    Column("year", "When it was published", 9, Kind.NUMBER),
    Column("source_type", "What kind of source it is", 14),
    Column("method", "How it came to know", 18),
    Column("url", "Where it is found", 40),
    Column("doi", "Its digital object identifier", 20),
    Column("accessed", "The day it was read", 12, Kind.DATE),
    Column("read", "How much of it the coder saw", 16),
    Column(
        "study", "The key shared by sources that report one study; [z] where it stands alone", 20, blank=NOT_APPLICABLE
    ),
    Column("access", "Who may see it and its findings: everyone (public), participants, or the team", 12),
    Column("note", "What its coders remarked on it, such as a memo; [z] where nothing was", 30, blank=NOT_APPLICABLE),
    Column(
        "publication", "The journal, book or series it stands in; [z] where it stands alone", 28, blank=NOT_APPLICABLE
    ),
    Column("volume", "The volume of that publication", 9, blank=NOT_APPLICABLE),
    Column("issue", "The issue of that volume", 9, blank=NOT_APPLICABLE),
    Column("pages", "Its pages there", 11, blank=NOT_APPLICABLE),
)
"""The columns of a sources file, in their order."""

SOURCES_FURTHER = (
    Column("Strand by name", "The name of the body of evidence", 14),
    Column("Findings in this file", "How many findings of this file come from it", 12, Kind.NUMBER),
    Column("Citation", "As a reference list names it", 60),
)

BEFORE = {
    "regions": "Regions by name",
    "themes": "Themes by name",
    "levers": "Policy levers by name",
    "strand": "Strand by name",
}
"""Columns of codes, each with the column of the same in words that stands before it."""

ANY_LENGTH = {
    Finding: ("finding", "place", "confidence_reason", "population", "period", "coder", "coded_on", "note"),
    Source: (
        "title", "authors", "organisation", "source_type", "method", "url", "doi", "accessed", "read", "study", "note",
        "publication", "volume", "issue", "pages",
    ),
}  # fmt: skip
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


def _columns(filed: Sequence[Column], longer: Mapping[str, int], for_readers: Sequence[Column]) -> list[Column]:
    """Return the columns of a sheet: those of a file, those that go on with long texts, those for a reader."""
    widths = {column.name: column.width for column in filed}
    going_on = [
        Column(continued(name, part), f"Part {part} of a {name} too long for one cell; [z] where it is not",
               widths[name], blank=NOT_APPLICABLE)
        for name, number in longer.items()
        for part in range(2, number + 1)
    ]  # fmt: skip
    return [*filed, *going_on, *for_readers]


def _names_first(columns: Sequence[Column]) -> list[int]:
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

    def __init__(self, columns: Sequence[Column], longer: Mapping[str, int]) -> None:
        names = [column.name for column in columns]
        self.places = [(names.index(name), number) for name, number in longer.items()]

    def __call__(self, values: list[object]) -> list[object]:
        further: list[object] = []
        for place, number in self.places:
            first, *rest = parts(str(values[place]))
            values[place] = first
            further += [*rest, *[""] * (number - 1 - len(rest))]
        return further


def add_findings(book: Book, session: Session, asked: Asked, codebook: Codebook, step: Step) -> list[Column]:
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


def add_sources(book: Book, session: Session, asked: Asked, codebook: Codebook, step: Step) -> list[Column]:
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
