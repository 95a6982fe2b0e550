"""Which reader a file is for: by what it holds first, and by the end of its name only where that does not say."""

import gc
import hashlib
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from data.faults import Fault, Unreadable
from data.importing.readers import (
    bibtex,
    codebook_table,
    delimited,
    endnote,
    eppi,
    excel,
    medline,
    qualcoder,
    refi_codebook,
    refi_qda,
    ris,
    taguette,
    unread,
    web_of_science,
)
from data.importing.readers.archive import Archive
from data.importing.readers.grids import OLE, old_excel
from data.importing.readers.limits import KEPT_FAULTS, MEGABYTE, MOST_BYTES, MOST_FAULTS, Cancelled, Progress, Watch
from data.importing.readers.raw import RawFile

BEGINNINGS = {
    "RIS": re.compile(r"\s*TY {0,2}-", re.I),
    "MEDLINE": re.compile(r"\s*PMID- "),
    "Web of Science": re.compile(r"\s*(?:(?:FN|VR) \S.*\n\s*)*PT [A-Z]\b"),
    "EndNote": re.compile(r"\s*%0\s"),
    "BibTeX": re.compile(r"\s*@\s*[A-Za-z]+\s*[{(]"),
}
"""How the text of references begins, by format."""
ENDINGS = {
    ".ris": "RIS", ".nbib": "MEDLINE", ".ciw": "Web of Science", ".isi": "Web of Science", ".enw": "EndNote",
    ".bib": "BibTeX",
}  # fmt: skip
"""The format of references that a name promises, where the beginning does not say."""
BINARY = bytes(set(range(32)) - {9, 10, 12, 13, 27, 0})
START = 4096
READERS: dict[str, Callable[[RawFile, bytes, Watch], None]] = {
    "Excel": excel.read,
    "CSV": delimited.read,
    "REFI-QDA project": refi_qda.read,
    "REFI-QDA codebook": refi_codebook.read,
    "EPPI-Reviewer": eppi.read,
    "RIS": ris.read,
    "MEDLINE": medline.read,
    "Web of Science": web_of_science.read,
    "EndNote": endnote.read,
    "BibTeX": bibtex.read,
}


def read_any(
    name: str,
    contents: bytes | Path,
    progress: Progress | None = None,
    cancelled: Callable[[], bool] | None = None,
    encoding: str = "",
    separator: str = "",
) -> RawFile:
    """Read a file of any known format; whatever is wrong with it stands in the faults of what is returned.

    `progress` is told the share done and the work in words; reading ends where `cancelled` answers yes, with a fault
    that says so and no table. `encoding` and `separator` are what a person chose for a text file, in place of what
    would be found. Raises OSError where a path cannot be read.
    """
    if isinstance(contents, Path):
        if (size := contents.stat().st_size) > MOST_BYTES:
            return RawFile(name, "", "", faults=[_too_large(name, size)])
        contents = contents.read_bytes()
    file = RawFile(name, "", hashlib.sha256(contents).hexdigest())
    if len(contents) > MOST_BYTES:
        file.faults.append(_too_large(name, len(contents)))
        return file
    watch = Watch(progress, cancelled)
    with without_collecting():
        _read(file, contents, watch, encoding, separator)
    _shorten(file)
    return file


def _shorten(file: RawFile) -> None:
    """Keep as many faults as a person could go through, errors before warnings, and say how many more there are."""
    left = len(file.faults) - MOST_FAULTS
    if left > 0:
        file.faults.sort(key=lambda fault: fault.warning)
        rest = file.faults[MOST_FAULTS:]
        more = "at least " if len(file.faults) >= KEPT_FAULTS else ""
        reason = f"and {more}{left:,} more faults of the same file, which are not listed"
        file.faults[MOST_FAULTS:] = [Fault(file.name, reason, warning=rest[0].warning)]


@contextmanager
def without_collecting() -> Iterator[None]:
    """Pause the search for cycles of objects: reading makes millions of objects and no cycle worth a search."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()


def _read(file: RawFile, contents: bytes, watch: Watch, encoding: str, separator: str) -> None:
    """Fill a file in by its format's reader, whatever comes of it."""
    name = file.name
    try:
        watch.tell(0.0, "looking at the file")
        file.format = format_of(name, contents)
        if file.format == "CSV":
            delimited.read(file, contents, watch, encoding, separator)
        else:
            READERS[file.format](file, contents, watch)
        for reader in (taguette, qualcoder, codebook_table):
            reader.take_over(file)
        if not (file.tables or file.codes or file.faults):
            file.faults.append(Fault(name, "holds no sheet, record or code"))
    except Unreadable as ended:
        file.faults.append(Fault(name, str(ended), row=ended.row))
    except Cancelled:
        file.tables, file.codes = [], []
        file.faults.append(Fault(name, "its reading was stopped, and nothing of it was taken"))
    except MemoryError:
        file.tables, file.codes = [], []
        file.faults.append(Fault(name, "needs more memory than this machine has; split it"))


def _too_large(name: str, size: int) -> Fault:
    most = MOST_BYTES // MEGABYTE
    return Fault(name, f"is {size // MEGABYTE:,} MB, where at most {most:,} MB are taken; split it")


def format_of(name: str, contents: bytes) -> str:
    """Return the format of a file, as the key of its reader; raises Unreadable, which says what would be right."""
    if not contents.strip():
        raise Unreadable("is empty")
    by_name = unread.by_ending(name)
    try:
        found = _of_contents(contents, Path(name).suffix.lower())
    except Unreadable as ended:
        raise Unreadable(by_name or str(ended), ended.row) from ended
    if found == "CSV" and by_name:
        raise Unreadable(by_name)  # any text is taken for cells where nothing else is known of it
    return found


def _of_contents(contents: bytes, suffix: str) -> str:
    if contents.startswith(OLE):
        raise Unreadable(unread.old_office(contents) or old_excel(contents))
    if contents.startswith(b"PK\x03\x04") or contents.startswith(b"PK\x05\x06"):
        return _of_archive(Archive(contents))
    if said := unread.by_beginning(contents):
        raise Unreadable(said)
    if suffix in (".xlsx", ".xlsm", ".qdpx"):
        raise Unreadable(f"is named {suffix} but is no such file (it is no ZIP archive); save it again")
    start = delimited.beginning(contents)
    if start.startswith("<"):
        return _of_markup(start)
    if start.startswith(("{", "[")) and suffix not in (".csv", ".tsv", ".txt"):
        return "EPPI-Reviewer"
    begun = next((name for name, begins in BEGINNINGS.items() if begins.match(start)), "")
    return begun or ENDINGS.get(suffix) or _of_text(contents, suffix)


def _of_archive(archive: Archive) -> str:
    names = [name.lower() for name in archive.names]
    if any(name.endswith(".qde") for name in names):
        return "REFI-QDA project"
    if any(name.startswith("xl/") and name.endswith(".xml") for name in names):
        return "Excel"
    mimetype = archive.read("mimetype", 200).decode("ascii", "replace") if "mimetype" in archive.names else ""
    known = unread.of_archive(names, mimetype)
    raise Unreadable(known or f"is an archive that holds neither a workbook nor a project; give {unread.KNOWN}")


def _of_markup(start: str) -> str:
    """Return the format of an XML file by its outermost element."""
    without = re.sub(r"<\?.*?\?>|<!--.*?-->|<!DOCTYPE[^>\[]*(\[.*?\])?[^>]*>", "", start, flags=re.S | re.I)
    found = re.match(r"\s*<(?:[\w.-]+:)?(\w+)", without)
    root = found[1] if found else ""
    if root == "CodeBook":
        return "REFI-QDA codebook"
    if root == "Project":
        return "REFI-QDA project"
    known = unread.of_markup(root)
    raise Unreadable(known or f"is XML, but neither a REFI-QDA project nor a codebook; give {unread.KNOWN}")


def _of_text(contents: bytes, suffix: str) -> str:
    start = contents[:START]
    odd = len(start) - len(start.translate(None, BINARY))
    if odd > len(start) / 20 and suffix not in (".csv", ".tsv"):
        raise Unreadable(f"is no kind of file that can be read here; give {unread.KNOWN}")
    return "CSV"
