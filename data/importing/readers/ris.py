"""RIS, as reference managers and databases write it: one source a record; rispy knows what its tags mean."""

import re

import rispy

from data.importing.readers.file_format import FileFormat
from data.importing.readers.limits import Watch
from data.importing.readers.raw import RawFile
from data.importing.readers.tagged import Format, TaggedLines, Values, read_tagged

TAG = re.compile(r"([A-Z][A-Z0-9])  -(?: (.*)|)$")
LOOSE_TAG = re.compile(r"\s*([A-Za-z][A-Za-z0-9]) {0,2}-(?: (.*)|)$")
"""A tag in small letters, indented, or with fewer blanks before its hyphen, as only whole files are written."""


class RisLines(TaggedLines):
    """Takes RIS apart; where a record's first line is written loosely, so may its others be."""

    tag = TAG

    def values(self, record: str) -> Values:
        """Return a record's values by tag; strictly at first, for "UK - wide" within a text is no tag."""
        self.tag = TAG if TAG.match(record.partition("\n")[0]) else LOOSE_TAG
        return super().values(record)

    def parse_line(self, line: str) -> tuple[str, str] | tuple[None, str]:
        """Return a line's tag in capitals and its value; no tag where it goes on with the value above."""
        found = self.tag.match(line)
        return (found[1].upper(), (found[2] or "").strip()) if found else (None, line.strip())


RIS = Format(
    begin=re.compile(r"^[ \t]*TY {0,2}-(?= |$)", re.M | re.I),
    end=re.compile(r"^[ \t]*ER {0,2}-(?= |$)", re.M | re.I),
    begins_with="TY  - ",
    ends_with="ER  - ",
    lines=RisLines,
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


FORMAT = FileFormat(
    "RIS", page="RIS", advice="RIS", endings=(".ris",), read=read, begins=re.compile(r"\s*TY {0,2}-", re.I),
    references=True,
)  # fmt: skip
