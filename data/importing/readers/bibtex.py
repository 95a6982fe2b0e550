"""BibTeX and BibLaTeX: one source an entry, read by bibtexparser."""

import logging
import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from itertools import pairwise

from bibtexparser.entrypoint import parse_string
from bibtexparser.model import Block, DuplicateBlockKeyBlock, DuplicateFieldKeyBlock, Entry, ParsingFailedBlock
from pylatexenc.latex2text import LatexNodes2Text
from pylatexenc.latexwalker import LatexWalkerError

from data.faults import Fault, Unreadable, quoted
from data.importing.readers.encodings import encoding_of
from data.importing.readers.file_format import FileFormat
from data.importing.readers.limits import MOST_ITEMS, Watch
from data.importing.readers.raw import RawFile
from data.importing.readers.references import Reference, add_references
from data.importing.readers.uncarried import tell_uncarried

FIRST_OF = {
    "title": ("title",),
    "people": ("author", "editor"),
    "organisation": ("publisher", "institution", "organization", "school", "howpublished"),
    "publication": ("journal", "journaltitle", "booktitle", "shortjournal", "series"),
    "volume": ("volume",),
    "issue": ("number", "issue"),
    "pages": ("pages", "eid"),
    "date": ("year", "date"),
    "url": ("url",),
    "doi": ("doi",),
    "accessed": ("urldate",),
    "abstract": ("abstract",),
    "keywords": ("keywords",),
}
"""The fields that fill each column, the first that is given counting."""
NOTES = ("note", "annote", "annotation", "comment")
YEAR = re.compile(r"\d{4}")
LATEX = re.compile(r"[\\$~]|--")
STARTS = re.compile(r"^[ \t]*@", re.M)
STRING = re.compile(r'\s*@\s*string\s*\{[^{}"@=]*=\s*(?:\{[^{}]*\}|"[^"{}]*")\s*\}\s*', re.I)
PIECE = 100_000
"""Characters that are parsed at once, so that progress is told between."""
MOST_FIELDS = 1_000
LONGEST_STRINGS = 100_000
COMMENT = re.compile(r"(?<!\\)%")
BRACES = re.compile(r"[{}]")
LONGEST_DECODED = 20_000
"""Characters of a field that are still decoded from LaTeX; of a longer one only the braces go."""
DASHES = re.compile(r"[-\u2010-\u2015]+")
# What cannot be read is told as faults, by entry; the library's own log of it would only repeat that on the terminal.
logging.getLogger("bibtexparser").setLevel(logging.CRITICAL)
logging.getLogger("pylatexenc").setLevel(logging.CRITICAL)


def read(file: RawFile, contents: bytes, watch: Watch) -> None:
    """Add the entries of a BibTeX file as sources; each faulty one is named by its key and line."""
    found = encoding_of(contents)
    file.details["encoding"] = found.found
    if found.guessed:
        file.faults.append(Fault(file.name, f"its encoding is {found.found}; look at its accents", warning=True))
    text = contents.decode(found.name, "replace").removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    references: list[Reference] = []
    left: Counter[str] = Counter()
    for before, share, strings, piece in _pieces(file, text):
        watch.tell(0.9 * share, f"reading entry {len(references) + 1:,}")
        for block in parse_string(strings + piece).blocks:
            line = (block.start_line or 0) - strings.count("\n")
            if line >= 0:
                references += _references(file, block, before + line + 1, left)
    if len(references) > MOST_ITEMS:
        raise Unreadable(f"holds more than {MOST_ITEMS:,} entries, the most that is taken")
    add_references(file, references, watch)
    tell_uncarried(file, left, "its entries")


def _pieces(file: RawFile, text: str) -> Iterator[tuple[int, float, str, str]]:
    """Yield the entries some at a time, so that progress is told between.

    Each piece comes with how many lines stand before it, the share that is done after it, and the abbreviations
    (@string) that were given before it, which any of its entries may use.
    """
    starts = [match.start() for match in STARTS.finditer(text)] or [0]
    strings = given = piece = ""
    done = line = 0
    for start, end in pairwise([0, *starts[1:], len(text)]):
        entry = text[start:end]
        fields = entry.count("=")
        if fields > MOST_FIELDS:
            begins = quoted(entry[:60])
            reason = f"an entry has {fields:,} fields, where at most {MOST_FIELDS:,} are taken; it begins {begins}"
            file.faults.append(Fault(file.name, reason, row=line + piece.count("\n") + 1, one_row=True))
            entry = "\n" * entry.count("\n")
        elif STRING.fullmatch(entry) and len(strings) + len(given) < LONGEST_STRINGS:
            given += " ".join(entry.split()) + "\n"
        piece += entry
        done += end - start
        if len(piece) > PIECE:
            yield line, done / len(text), strings, piece
            line, strings, piece, given = line + piece.count("\n"), strings + given, "", ""
    yield line, 1.0, strings, piece


def _references(file: RawFile, block: Block, line: int, left: Counter[str]) -> list[Reference]:
    if isinstance(block, DuplicateBlockKeyBlock):
        # Two entries of one key: the second is read too, and told by add_references.
        return _references(file, block.ignore_error_block, line, left) if block.ignore_error_block is not None else []
    if isinstance(block, DuplicateFieldKeyBlock):
        names = ", ".join(sorted(block.duplicate_keys))
        key = getattr(block.ignore_error_block, "key", "")
        reason = f"the entry {quoted(key)} gives {names} more than once; the first is taken"
        file.faults.append(Fault(file.name, reason, row=line, column=names, warning=True))
        return _references(file, block.ignore_error_block, line, left) if block.ignore_error_block is not None else []
    if isinstance(block, ParsingFailedBlock):
        begins = (block.raw or "").strip().partition("\n")[0]
        reason = f"an entry cannot be read ({_why(block)}); it begins {quoted(begins)}; correct it, or take it out"
        file.faults.append(Fault(file.name, reason, row=line, one_row=True))
        return []
    return [_reference(line, block, left)] if isinstance(block, Entry) else []


def _why(block: ParsingFailedBlock) -> str:
    return " ".join(str(getattr(block.error, "abort_reason", "") or block.error or "it does not end").split())


def _reference(line: int, entry: Entry, left: Counter[str]) -> Reference:
    held: dict[str, str] = {}
    for field in entry.fields:
        held.setdefault(field.key.lower(), _plain(str(field.value)))
    used = {column: next((name for name in names if held.get(name)), "") for column, names in FIRST_OF.items()}
    given = {column: held.get(name, "") for column, name in used.items()}
    told = set(given.values())
    carried = {*used.values(), *NOTES}
    left.update(name for name, value in held.items() if value and name not in carried and value not in told)
    year = YEAR.search(given["date"])
    keywords = tuple(word.strip() for word in re.split(r"[;,]", given["keywords"]) if word.strip())
    return Reference(
        line, entry.key, given["title"], "; ".join(re.split(r"\s+and\s+", given["people"])), given["organisation"],
        year[0] if year else given["date"], entry.entry_type.lower(), given["publication"], given["volume"],
        given["issue"], DASHES.sub("-", given["pages"]), given["url"], given["doi"], given["accessed"],
        given["abstract"], keywords, "\n".join(held[name] for name in NOTES if held.get(name)),
    )  # fmt: skip


@cache
def _decoder() -> LatexNodes2Text:
    return LatexNodes2Text(math_mode="verbatim")


def _plain(value: str) -> str:
    """Return a field without LaTeX's braces and commands: {\\"u} as ü, -- as a dash; a % is no comment in a title."""
    if not LATEX.search(value):
        return BRACES.sub("", value)
    if len(value) > LONGEST_DECODED:
        return BRACES.sub("", value)
    try:
        decoded = _decoder().latex_to_text(COMMENT.sub(r"\\%", value))
    except (LatexWalkerError, ValueError, IndexError, KeyError, TypeError, AttributeError, RecursionError):
        return BRACES.sub("", value)
    return str(decoded)


FORMAT = FileFormat(
    "BibTeX", page="BibTeX", advice="BibTeX", endings=(".bib",), read=read,
    begins=re.compile(r"\s*@\s*[A-Za-z]+\s*[{(]"), references=True,
)  # fmt: skip
