"""EndNote's tagged text (.enw, "EndNote Import", Refer): one source a record of lines such as "%T Halls"."""

import re
from typing import ClassVar

from data.importing.readers.file_format import FileFormat
from data.importing.readers.limits import Watch
from data.importing.readers.raw import RawFile
from data.importing.readers.tagged import Format, TaggedLines, read_tagged

TAG = re.compile(r"(%\S)(?:\s+(.*)|)$", re.S)


class EndNoteLines(TaggedLines):
    """Takes EndNote's lines apart; each line below %K is one more keyword."""

    EACH_LINE: ClassVar[frozenset[str]] = frozenset({"%K"})

    def parse_line(self, line: str) -> tuple[str, str] | tuple[None, str]:
        """Return a line's tag and value; no tag where it goes on with the value above."""
        found = TAG.match(line)
        return (found[1], (found[2] or "").strip()) if found else (None, line.strip())


ENDNOTE = Format(
    begin=re.compile(r"^%0(?=\s)", re.M),
    end=None,
    begins_with="%0 ",
    ends_with="",
    lines=EndNoteLines,
    columns={
        "id": ("%M", "%F"),
        "title": ("%T", "%Q", "%!"),
        "authors": ("%A", "%E", "%Y"),
        "organisation": ("%I",),
        "year": ("%D", "%8"),
        "source_type": ("%0",),
        "publication": ("%J", "%B", "%S"),
        "volume": ("%V",),
        "issue": ("%N",),
        "pages": ("%P",),
        "first_page": (),
        "last_page": (),
        "url": ("%U",),
        "doi": ("%R",),
        "accessed": ("%[",),
        "abstract": ("%X",),
        "keywords": ("%K",),
        "note": ("%Z", "%<"),
    },
    names={
        "%@": "isbn or issn", "%C": "place published", "%E": "editor", "%G": "language", "%L": "call number",
        "%S": "series", "%W": "database provider", "%~": "database", "%+": "author address", "%7": "edition",
        "%6": "number of volumes", "%9": "type of work", "%8": "date", "%!": "short title", "%>": "link to file",
        "%Y": "further author", "%B": "book or series", "%F": "label", "%U": "url", "%?": "subsidiary author",
        "%#": "custom 1", "%$": "custom 2", "%]": "custom 3", "%1": "custom 4", "%2": "custom 5", "%3": "custom 6",
    },
    structure=frozenset(),
)  # fmt: skip


def read(file: RawFile, contents: bytes, watch: Watch) -> None:
    """Add the records of an EndNote file as sources; each faulty one is named by its line and title."""
    read_tagged(file, contents, watch, ENDNOTE)


FORMAT = FileFormat(
    "EndNote", page="EndNote (.enw)", advice="EndNote (.enw)", endings=(".enw",), read=read,
    begins=re.compile(r"\s*%0\s"), references=True,
)  # fmt: skip
