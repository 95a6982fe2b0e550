"""Web of Science's own tagged text ("Plain text file", .ciw, .isi): one source a record, its lines read by rispy."""

import re
from typing import ClassVar

from rispy import WokParser

from data.importing.readers.file_format import FileFormat
from data.importing.readers.limits import Watch
from data.importing.readers.raw import RawFile
from data.importing.readers.tagged import Format, TaggedLines, read_tagged

TAG = re.compile(r"[A-Z][A-Z0-9](?: |$)")


class WebOfScienceLines(TaggedLines):
    """Takes a record apart as rispy does; of authors and the like, each line is one."""

    EACH_LINE: ClassVar[frozenset[str]] = frozenset(WokParser.DEFAULT_LIST_TAGS) | {"C1", "C3"}

    def parse_line(self, line: str) -> tuple[str, str] | tuple[None, str]:
        """Return a line's tag and value; no tag where it goes on with the value above, indented or not."""
        tag, content = WokParser().parse_line(line)
        return (tag, content) if tag and TAG.fullmatch(line[:3]) else (None, line.strip())


WEB_OF_SCIENCE = Format(
    begin=re.compile(r"^PT (?=\S)", re.M),
    end=re.compile(r"^ER[ \t]*$", re.M),
    begins_with="PT ",
    ends_with="ER",
    lines=WebOfScienceLines,
    columns={
        "id": ("UT",),
        "title": ("TI",),
        "authors": ("AF", "AU", "BF", "BA", "CA", "GP", "BE"),
        "organisation": ("PU",),
        "year": ("PY", "EY"),
        "source_type": ("DT", "PT"),
        "publication": ("SO", "SE", "JI", "J9"),
        "volume": ("VL",),
        "issue": ("IS",),
        "pages": (),
        "first_page": ("BP", "AR"),
        "last_page": ("EP",),
        "url": (),
        "doi": ("DI", "D2"),
        "accessed": (),
        "abstract": ("AB",),
        "keywords": ("DE", "ID"),
        "note": (),
    },
    names=WokParser.DEFAULT_MAPPING,
    # PT says book or journal in one letter, AU abbreviates AF, and the others are of the file.
    structure=frozenset({"ER", "EF", "FN", "VR", "PT", "AU", "BA", "DA"}),
    above=re.compile(r"\A(?:(?:FN|VR) .*\n|\s*\n)*"),
)


def read(file: RawFile, contents: bytes, watch: Watch) -> None:
    """Add the records of a file of Web of Science as sources; each faulty one is named by its line and title."""
    read_tagged(file, contents, watch, WEB_OF_SCIENCE)


FORMAT = FileFormat(
    "Web of Science", page="Web of Science", advice="Web of Science", endings=(".ciw", ".isi"), read=read,
    begins=re.compile(r"\s*(?:(?:FN|VR) \S.*\n\s*)*PT [A-Z]\b"), references=True,
)  # fmt: skip
