"""RIS, as reference managers and databases write it: one source a record, its lines taken apart by rispy."""

import re

import rispy

from data.importing.raw import RawFile
from data.importing.readers.limits import Watch
from data.importing.readers.tagged import Format, Lines, read_tagged

TAG = re.compile(r"([A-Z][A-Z0-9])  -(?: (.*)|)$")
LOOSE_TAG = re.compile(r"\s*([A-Za-z][A-Za-z0-9]) {0,2}-(?: (.*)|)$")
"""A tag in small letters, indented, or with fewer blanks before its hyphen, as only whole files are written."""


class RisLines(Lines):
    """Takes RIS apart; where a record's first line is written loosely, so may its others be."""

    def __init__(self, **given: object) -> None:
        """Begin strict: "UK - wide" within a text is no tag."""
        super().__init__(**given)
        self.tag = TAG

    def parse_line(self, line: str) -> tuple[str, str] | tuple[None, str]:
        """Return a line's tag in capitals and its value; no tag where it goes on with the value above."""
        found = self.tag.match(line)
        return (found[1].upper(), (found[2] or "").strip()) if found else (None, line.strip())

    def _iter_till_start(self, lines):  # type: ignore[no-untyped-def]
        first = next(lines)
        if not TAG.match(first):
            self.tag = LOOSE_TAG
        return {self.START_TAG: self.parse_line(first)[1]}


RIS = Format(
    begin=re.compile(r"^[ \t]*TY {0,2}-(?= |$)", re.M | re.I),
    end=re.compile(r"^[ \t]*ER {0,2}-(?= |$)", re.M | re.I),
    begins_with="TY  - ",
    ends_with="ER  - ",
    parser=RisLines,
    columns={
        "id": ("ID", "AN"),
        "title": ("TI", "T1", "CT", "TT", "ST"),
        "authors": ("AU", "A1", "A2", "A3", "A4", "ED"),
        # C3 is no organisation: programs write there what they like, such as the numbers of a record in databases.
        "organisation": ("PB",),
        "year": ("PY", "Y1", "DA"),
        "source_type": ("TY",),
        "publication": ("T2", "JF", "JO", "BT", "JA", "J1", "J2"),
        "volume": ("VL",),
        "issue": ("IS", "CP"),
        "pages": (),
        "first_page": ("SP",),
        "last_page": ("EP",),
        "url": ("UR", "LK"),
        "doi": ("DO", "DI"),
        "accessed": ("Y2",),
        "abstract": ("AB", "N2"),
        "keywords": ("KW",),
        "note": ("N1", "RN"),
    },
    names=rispy.TAG_KEY_MAPPING | {"L3": "related records", "ED": "editors"},
    structure=frozenset({"ER"}),
)


def read(file: RawFile, contents: bytes, watch: Watch) -> None:
    """Add the records of a RIS file as sources; each faulty one is named by its line and title."""
    read_tagged(file, contents, watch, RIS)
