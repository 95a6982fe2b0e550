"""MEDLINE, as PubMed writes it (.nbib, or .txt by "PubMed" format): one source a record.

Its tags are described by the National Library of Medicine: https://www.nlm.nih.gov/bsd/mms/medlineelements.html
"""

import re

from data.importing.readers.file_format import FileFormat
from data.importing.readers.limits import Watch
from data.importing.readers.raw import RawFile
from data.importing.readers.tagged import Format, TaggedLines, Values, read_tagged

TAG = re.compile(r"([A-Z][A-Z0-9]{1,3}) *- ?(.*)$", re.S)
PLACE_OF_HYPHEN = 4
MARKED_AS_DOI = re.compile(r"(.*\S)\s*\[doi\]", re.S)


class MedlineLines(TaggedLines):
    """Takes MEDLINE apart: tags of up to four letters, filled up with blanks, and texts that go on below, indented."""

    def parse_line(self, line: str) -> tuple[str, str] | tuple[None, str]:
        """Return a line's tag and value; no tag where it goes on with the value above."""
        found = TAG.match(line)
        if not found or line.find("-") != PLACE_OF_HYPHEN:
            return None, line.strip()
        return found[1], found[2].strip()

    def put(self, values: Values, tag: str, content: str, further: bool) -> None:
        """Add a value; of the identifiers of an article and its location, each of which says its kind, a DOI apart."""
        doi = MARKED_AS_DOI.fullmatch(content) if tag in ("AID", "LID") else None
        super().put(values, "DOI" if doi else tag, doi[1] if doi else content, further and not doi)


MEDLINE = Format(
    begin=re.compile(r"^PMID- ", re.M),
    end=None,
    begins_with="PMID- ",
    ends_with="",
    lines=MedlineLines,
    columns={
        "id": ("PMID",),
        "title": ("TI", "BTI", "TT"),
        "authors": ("FAU", "AU", "CN", "FED", "ED"),
        "organisation": ("PB",),
        "year": ("DP", "DEP"),
        "source_type": ("PT",),
        "publication": ("JT", "TA", "CTI"),
        "volume": ("VI",),
        "issue": ("IP",),
        "pages": ("PG",),
        "first_page": (),
        "last_page": (),
        "url": (),
        "doi": ("DOI",),
        "accessed": (),
        "abstract": ("AB",),
        "keywords": ("OT", "MH"),
        "note": ("GN",),
    },
    names={
        "OAB": "other abstract", "AD": "affiliation", "LA": "language", "IS": "issn", "PMC": "PubMed Central id",
        "GR": "grant", "COIS": "conflict of interest", "CIN": "comment in", "CON": "comment on", "AID": "article id",
        "LID": "location id", "PL": "place", "TA": "journal abbreviated", "AUID": "author id", "RN": "substance",
        "CI": "copyright", "TT": "title in its own language", "PT": "publication type", "SI": "secondary source id",
        "OTO": "owner of other terms", "CN": "corporate author", "ED": "editor", "FED": "editor",
    },
    # What says how the National Library handled the record, or says again what another tag says.
    structure=frozenset({
        "ER", "AU", "OWN", "STAT", "DA", "DCOM", "LR", "CRDT", "MHDA", "EDAT", "PHST", "PST", "PUBM", "SB", "JID", "SO",
        "OTO", "IRAD",
    }),
)  # fmt: skip


def read(file: RawFile, contents: bytes, watch: Watch) -> None:
    """Add the records of a MEDLINE file as sources; each faulty one is named by its line and title."""
    read_tagged(file, contents, watch, MEDLINE)


FORMAT = FileFormat(
    "MEDLINE", page="PubMed (.nbib)", advice="PubMed (.nbib)", endings=(".nbib",), read=read,
    begins=re.compile(r"\s*PMID- "), references=True,
)  # fmt: skip
