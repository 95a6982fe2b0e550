"""References written as lines that each begin with a tag, whichever tags a format has."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import ClassVar, NamedTuple

from data.faults import Fault, quoted
from data.importing.readers.encodings import encoding_of
from data.importing.readers.limits import KEPT_FAULTS, MOST_ITEMS, Watch
from data.importing.readers.raw import RawFile
from data.importing.readers.references import Reference, add_references, pages
from data.importing.readers.uncarried import tell_uncarried

YEAR = re.compile(r"\d{4}")
Values = dict[str, list[str]]
"""The values of one record by tag, in their order."""
INSTEAD = "; who needs one of them can export the same records as CSV, whose columns can each be mapped"


class TaggedLines:
    """Takes the lines of one record apart, and keeps every value of a tag that stands more than once.

    rispy's own loop over lines keeps the first value, joins to it the further lines of those that it drops, and ends
    at a tag of the start or end that stands within a record; so only what it knows of tags is taken from it.
    """

    EACH_LINE: ClassVar[frozenset[str]] = frozenset()
    """Tags of which every further line is a value of its own."""

    def parse_line(self, line: str) -> tuple[str, str] | tuple[None, str]:
        """Return a line's tag and its value; no tag where it goes on with the value above."""
        raise NotImplementedError

    def values(self, record: str) -> Values:
        """Return a record's values by tag."""
        values: Values = {}
        last = ""
        for line in record.split("\n"):
            tag, content = self.parse_line(line)
            if tag or last:
                self.put(values, tag or last, content, further=tag is None)
            last = tag or last
        return {tag: kept for tag, held in values.items() if (kept := [value for value in held if value])}

    def put(self, values: Values, tag: str, content: str, further: bool) -> None:
        """Add what a line holds: a value of its own or, where it is a further line, the rest of the last one."""
        held = values.setdefault(tag, [])
        if further and held and tag not in self.EACH_LINE:
            held[-1] = f"{held[-1]} {content}".strip()
        else:
            held.append(content)


class Format(NamedTuple):
    """How the records of one format begin and end, and which column each of its tags fills.

    `columns` holds, by column of references.COLUMNS, the tags that fill it, the first that is given counting; of
    `authors` all values of that one tag are taken, of `keywords` and `note` all values of all tags. `first_page` and
    `last_page` make the pages where no tag gives them whole. `names` says in words what tags hold that fill no column;
    tags of `structure` hold nothing of the reference.
    """

    begin: re.Pattern[str]
    end: re.Pattern[str] | None
    begins_with: str
    ends_with: str
    lines: type[TaggedLines]
    columns: Mapping[str, tuple[str, ...]]
    names: Mapping[str, str]
    structure: frozenset[str]
    above: re.Pattern[str] = re.compile(r"\A\s*")
    """What may stand above the first record and tells nothing."""


def read_tagged(file: RawFile, contents: bytes, watch: Watch, format: Format) -> None:
    """Add the records of a file as sources; each faulty one is named by its line, and what fills no column counted."""
    found = encoding_of(contents)
    file.details["encoding"] = found.found
    if found.guessed:
        file.faults.append(Fault(file.name, f"its encoding is {found.found}; look at its accents", warning=True))
    text = contents.decode(found.name, "replace").removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    lines = max(text.count("\n"), 1)
    references: list[Reference] = []
    left: Counter[str] = Counter()
    for done, (line, record) in enumerate(_records(file, text, format)):
        if done >= MOST_ITEMS:
            break
        if not done % 100:
            watch.tell(0.9 * line / lines, f"reading record {done + 1:,}")
        references.append(_reference(line, format.lines().values(record), format, left))
    add_references(file, references, watch)
    tell_uncarried(file, left, "its records", INSTEAD)


def _records(file: RawFile, text: str, format: Format) -> Iterator[tuple[int, str]]:
    """Yield each record's text with the line it begins on; one that does not end is told, and read all the same."""
    starts = [match.start() for match in format.begin.finditer(text)]
    lead = text[: starts[0]] if starts else text
    if lead := format.above.sub("", lead).strip():
        reason = f"{quoted(lead)} stands before the first record ({format.begins_with}) and is left out"
        file.faults.append(Fault(file.name, reason, row=1, warning=bool(starts)))
    line, at = 1, 0
    for start, end in zip(starts, [*starts[1:], len(text)], strict=False):
        line += text.count("\n", at, start)
        at = start
        record = text[start:end]
        ended = format.end.search(record) if format.end else None
        if ended:
            after = record[ended.end() :].partition("\n")[2].strip()
            if after and not _ends_file(after):
                _tell(file, f"{quoted(after)} stands between two records and is left out", line)
            record = record[: ended.start()]
        elif format.end:
            reason = f"the record that begins here has no end ({format.ends_with}); it is read up to the next"
            _tell(file, reason, line)
        yield line, record.rstrip("\n")


def _ends_file(text: str) -> bool:
    return text in ("EF", "\x1a")


def _reference(line: int, values: Values, format: Format, left: Counter[str]) -> Reference:
    used: dict[str, int] = dict.fromkeys(format.structure, KEPT_FAULTS)
    given: dict[str, str] = {}
    for column, tags in format.columns.items():
        if column in ("authors", "keywords", "note"):
            continue
        tag = next((tag for tag in tags if values.get(tag)), "")
        given[column] = values[tag][0] if tag else ""
        used[tag] = used.get(tag, 0) or 1
    people = next((tag for tag in format.columns["authors"] if values.get(tag)), "")
    keywords = [word for tag in format.columns["keywords"] for value in values.get(tag, []) for word in _parted(value)]
    notes = [value for tag in format.columns["note"] for value in values.get(tag, [])]
    for tag in (people, *format.columns["keywords"], *format.columns["note"]):
        used[tag] = len(values.get(tag, []))
    if not given["title"]:
        given["title"], given["publication"] = given["publication"], ""
    if not given["pages"]:
        given["pages"] = pages(given["first_page"], given["last_page"])
    _count_left(values, used, set(given.values()), format, left)
    year = YEAR.search(given["year"])
    return Reference(
        line, given["id"], given["title"], "; ".join(values.get(people, [])), given["organisation"],
        year[0] if year else given["year"], given["source_type"], given["publication"], given["volume"],
        given["issue"], given["pages"], given["url"], given["doi"], given["accessed"], given["abstract"],
        tuple(dict.fromkeys(keywords)), "\n".join(notes),
    )  # fmt: skip


def _parted(value: str) -> list[str]:
    return [word.strip() for word in value.split(";") if word.strip()]


def _count_left(values: Values, used: Mapping[str, int], told: set[str], format: Format, left: Counter[str]) -> None:
    """Count the values that filled no column, but for those that say only what another tag has said."""
    for tag, held in values.items():
        taken = used.get(tag, 0)
        name = format.names.get(tag, "").replace("_", " ")
        label = f"{name} ({tag})" if name else tag
        further = sum(value not in told for value in held[taken:])
        left[f"further {label}" if taken else label] += further


def _tell(file: RawFile, reason: str, line: int) -> None:
    if len(file.faults) < KEPT_FAULTS:
        file.faults.append(Fault(file.name, reason, row=line, warning=True))
