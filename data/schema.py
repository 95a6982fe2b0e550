"""The schema: a row for each column of a source and of a finding, which all else that knows columns is made from.

Files, template, checks, SQL, workbook, mapping targets and REFI-QDA attributes take their columns from here; the tables
of models.py and the records of data/importing/checking/records.py name them once more, typed, and a test holds the
three together. How a column is added: CONTRIBUTING.md.
"""

from dataclasses import dataclass
from enum import StrEnum


class Holds(StrEnum):
    """What a cell of a column may hold, by which it is checked and written."""

    REF = "ref"
    TEXT = "text"
    NAMED_TEXT = "named text"
    """A text in which somebody may be named, or an encoding be spoilt: looked at for both."""
    TITLE = "title"
    """A text without which there is no row: it may not be empty, nor say nothing."""
    YEAR = "year"
    DEGREES = "degrees"
    DAY = "day"
    CODE = "code"
    """A code of the column's facet."""
    CODES = "codes"
    """Any number of codes of the column's facet, parted by semicolons."""


@dataclass(frozen=True)
class SchemaColumn:
    """One column: its name in files, database and address, and all that is known of it."""

    name: str
    words: str
    """The column within a sentence, as screens say it."""
    about: str
    """What it holds, as the workbook and the template say above it."""
    width: int
    """Its width in a workbook, in characters."""
    holds: Holds = Holds.TEXT
    facet: str = ""
    """The facet whose codes it holds."""
    optional: bool = False
    """Whether a file may do without it; such columns stand last. A file without one says nothing of what it holds."""
    needed: bool = False
    """Whether no row can be loaded without it, so that a mapping has to fill it or give it once."""
    constant: int = 0
    """Where it may be given once for a whole file: its place in that form, from 1."""
    usual: str = ""
    """The code that an empty cell stands for."""
    may_be_empty: bool = False
    """Whether an empty cell of codes is usual, so that the workbook says [z] there."""
    shared: bool = False
    """Whether several columns of theirs may fill it together, such as Theme 1 and Theme 2."""
    worded: bool = False
    """Whether its values are words, so that a column of numbers is never taken for it."""
    may_be_one: bool = False
    """Whether a value may well be 1, so that a column of ones and noughts can be it."""
    looked_for: bool = False
    """Whether a search looks for words in it."""
    carried: bool = True
    """Whether a REFI-QDA project has it as an attribute; what it has in a place of its own is not."""
    on_card: str = ""
    """How a finding's card names it among its details, where it is said there as it is written."""

    @property
    def any_length(self) -> bool:
        """Tell whether its texts may be longer than a spreadsheet's cell holds."""
        return self.holds in (Holds.TEXT, Holds.NAMED_TEXT, Holds.TITLE, Holds.DAY)


NONE_CODED = "[z] where none of the codebook's is coded"
REMARKED = "What its coders remarked on it, such as a memo; [z] where nothing was"

SOURCE = (
    SchemaColumn("source_id", "ref of the source", "The source's own ref", 12, Holds.REF, may_be_one=True),
    SchemaColumn(
        "strand", "strand", "The code of the body of evidence it belongs to", 14, Holds.CODE, "strand",
        needed=True, constant=1, worded=True,
    ),
    SchemaColumn(
        "title", "title of the source",
        "Its title, in square brackets where it is the coder's description; in a file of up to 5,000 sources, a link",
        50, Holds.TITLE, needed=True, constant=14, worded=True, looked_for=True, carried=False,
    ),
    SchemaColumn(
        "authors", "authors", "Who wrote it: surname, initials; parted by semicolons", 28, Holds.NAMED_TEXT,
        constant=15, worded=True, shared=True,
    ),
    SchemaColumn(
        "organisation", "organisation", "Who published it", 28, Holds.NAMED_TEXT, constant=16, worded=True
    ),
    SchemaColumn("year", "year", "When it was published", 9, Holds.YEAR, constant=17),
    SchemaColumn("source_type", "type of source", "What kind of source it is", 14, constant=18, worded=True),
    SchemaColumn("method", "method", "How it came to know", 18, facet="method", constant=8, worded=True),
    SchemaColumn("url", "web address", "Where it is found", 40),
    SchemaColumn("doi", "DOI", "Its digital object identifier", 20),
    SchemaColumn("accessed", "day of access", "The day it was read", 12, Holds.DAY, constant=19),
    SchemaColumn("read", "how much was read", "How much of it the coder saw", 16, constant=20, may_be_one=True),
    SchemaColumn(
        "study", "study", "The key shared by sources that report one study; [z] where it stands alone", 20,
        constant=21, may_be_empty=True,
    ),
    SchemaColumn(
        "access", "who may see it",
        "Who may see it and its findings: everyone (public), participants, or the team", 12, Holds.CODE, "access",
        optional=True, constant=22, usual="public", worded=True,
    ),
    SchemaColumn(
        "note", "note", REMARKED, 30, Holds.NAMED_TEXT,
        optional=True, may_be_empty=True, shared=True, may_be_one=True, carried=False,
    ),
    SchemaColumn(
        "publication", "publication it stands in",
        "The journal, book or series it stands in; [z] where it stands alone", 28, Holds.NAMED_TEXT,
        optional=True, may_be_empty=True, worded=True,
    ),
    SchemaColumn(
        "volume", "volume", "The volume of that publication", 9, optional=True, may_be_empty=True, may_be_one=True
    ),
    SchemaColumn("issue", "issue", "The issue of that volume", 9, optional=True, may_be_empty=True, may_be_one=True),
    SchemaColumn("pages", "pages", "Its pages there", 11, optional=True, may_be_empty=True, may_be_one=True),
)  # fmt: skip
"""The columns of a sources file, in their order."""

FINDING = (
    SchemaColumn(
        "finding_id", "ref of the finding", "The finding's own ref", 12, Holds.REF, may_be_one=True
    ),
    SchemaColumn(
        "source_id", "ref of the source", "The ref of the source it comes from; see the sheet Sources", 12, Holds.REF,
        may_be_one=True, carried=False,
    ),
    SchemaColumn(
        "finding", "text of the finding", "What the source reports, in the coders' own words", 70, Holds.TITLE,
        needed=True, worded=True, looked_for=True, carried=False,
    ),
    SchemaColumn(
        "place", "place", "The place it is about, where the source names one", 22, Holds.NAMED_TEXT,
        constant=13, worded=True, looked_for=True,
    ),
    SchemaColumn(
        "regions", "regions", f"Codes of the regions it is about, parted by semicolons; {NONE_CODED}", 12, Holds.CODES,
        "region", constant=6, may_be_empty=True, shared=True, worded=True,
    ),
    SchemaColumn(
        "latitude", "latitude", "Degrees north of the place, WGS 84", 11, Holds.DEGREES, may_be_one=True
    ),
    SchemaColumn(
        "longitude", "longitude", "Degrees east of the place, WGS 84", 11, Holds.DEGREES, may_be_one=True
    ),
    SchemaColumn(
        "themes", "themes", f"Codes of its themes, parted by semicolons; {NONE_CODED}", 12, Holds.CODES, "theme",
        constant=7, may_be_empty=True, shared=True, worded=True,
    ),
    SchemaColumn(
        "levers", "policy levers", f"Codes of its policy levers, parted by semicolons; {NONE_CODED}", 12, Holds.CODES,
        "lever", may_be_empty=True, shared=True, worded=True,
    ),
    SchemaColumn(
        "lever_roles", "roles of policy levers", "The role of each lever, in the same order", 14, Holds.CODES, "role",
        constant=5, may_be_empty=True, worded=True,
    ),
    SchemaColumn(
        "direction", "direction", "What happened to social infrastructure, or what it did", 14, Holds.CODE,
        "direction", needed=True, constant=2, worded=True,
    ),
    SchemaColumn(
        "confidence", "confidence", "One coder's judgement of this finding; not GRADE-CERQual", 12, Holds.CODE,
        "confidence", needed=True, constant=3,
    ),
    SchemaColumn(
        "confidence_reason", "reason for the confidence", "Why that confidence", 30, Holds.NAMED_TEXT,
        constant=4, worded=True,
    ),
    SchemaColumn(
        "population", "population", "Who it is about", 24, Holds.NAMED_TEXT,
        constant=11, shared=True, worded=True, looked_for=True, on_card="Population",
    ),
    SchemaColumn(
        "period", "period", "When it was, as the source says it", 12, Holds.NAMED_TEXT, constant=12, on_card="Period"
    ),
    SchemaColumn("coder", "coder", "Marks of those who coded it", 10, Holds.NAMED_TEXT, constant=9, worded=True),
    SchemaColumn("coded_on", "day of coding", "The day its coding was settled", 12, Holds.DAY, constant=10),
    SchemaColumn(
        "access", "who may see it",
        "Who may see it: everyone (public), participants of a roundtable, or the team", 12, Holds.CODE, "access",
        optional=True, constant=22, usual="public", worded=True,
    ),
    SchemaColumn(
        "note", "note", REMARKED, 30, Holds.NAMED_TEXT,
        optional=True, may_be_empty=True, shared=True, may_be_one=True, carried=False,
    ),
)  # fmt: skip
"""The columns of a findings file, in their order."""

EVERY = tuple({column.name: column for column in (*FINDING, *SOURCE)}.values())
"""Each column once: those of a finding, then those that only a source has."""
SOURCE_COLUMNS = tuple(column.name for column in SOURCE)
FINDING_COLUMNS = tuple(column.name for column in FINDING)
OPTIONAL = tuple(dict.fromkeys(column.name for column in (*FINDING, *SOURCE) if column.optional))
"""Columns that a file may do without; they stand last. A file without one says nothing of what it holds."""
EXAMPLE = "EXAMPLE-"
"""How the refs of worked examples begin, as the coding template has them; such rows are not taken."""
IS_EXAMPLE = "is a worked example"
HEADER_SEARCH_ROWS = 20
"""A sheet's header is looked for in this many rows, below a title and notes."""
