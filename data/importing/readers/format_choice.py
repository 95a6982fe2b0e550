"""Which reader a file is for: by what it holds first, and by the end of its name only where that does not say."""

import gc
import hashlib
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from data.faults import Fault, Unreadable
from data.importing.readers import formats, unread
from data.importing.readers.archive import Archive
from data.importing.readers.delimited import beginning
from data.importing.readers.file_format import FileFormat
from data.importing.readers.grids import OLE, old_excel
from data.importing.readers.limits import KEPT_FAULTS, MEGABYTE, MOST_BYTES, MOST_FAULTS, Cancelled, Progress, Watch
from data.importing.readers.raw import RawFile

BINARY = bytes(set(range(32)) - {9, 10, 12, 13, 27, 0})
START = 4096
REFERENCES = {ending: one for one in formats.FORMATS.values() if one.references for ending in one.endings}
"""The format of references that a name promises, where the beginning does not say."""
ARCHIVES = tuple(ending for one in formats.FORMATS.values() if one.entry for ending in one.endings)
"""How files are named that must be archives."""


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
        found = format_of(name, contents)
        file.format = found.name
        if found.read_as:
            found.read_as(file, contents, watch, encoding, separator)
        elif found.read:
            found.read(file, contents, watch)
        for one in formats.FORMATS.values():
            if one.take_over:
                one.take_over(file)
        if not (file.tables or file.codes or file.faults):
            file.faults.append(Fault(name, "holds no sheet, record or code"))
    except unread.OfNoFormat as ended:
        file.faults.append(Fault(name, f"{ended}; give {formats.ADVICE}", row=ended.row))
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


def format_of(name: str, contents: bytes) -> FileFormat:
    """Return the format of a file; raises Unreadable, which says what would be right."""
    if not contents.strip():
        raise Unreadable("is empty")
    by_name = unread.by_ending(name)
    try:
        found = _of_contents(contents, Path(name).suffix.lower())
    except Unreadable as ended:
        if not by_name:
            raise
        raise Unreadable(by_name, ended.row) from ended
    if found is formats.CSV and by_name:
        raise Unreadable(by_name)  # any text is taken for cells where nothing else is known of it
    return found


def _of_contents(contents: bytes, suffix: str) -> FileFormat:
    if contents.startswith(OLE):
        raise Unreadable(unread.old_office(contents) or old_excel(contents))
    if contents.startswith(b"PK\x03\x04") or contents.startswith(b"PK\x05\x06"):
        return _of_archive(Archive(contents))
    if said := unread.by_beginning(contents):
        raise Unreadable(said)
    if suffix in ARCHIVES:
        raise Unreadable(f"is named {suffix} but is no such file (it is no ZIP archive); save it again")
    start = beginning(contents)
    if start.startswith("<"):
        return _of_markup(start)
    return _by(lambda one: _begins(one, start, suffix)) or REFERENCES.get(suffix) or _of_text(contents, suffix)


def _by(holds: Callable[[FileFormat], bool]) -> FileFormat | None:
    """Return the format that a file's contents tell of; the later of two, for a project may hold a workbook's parts."""
    return next((one for one in reversed(tuple(formats.FORMATS.values())) if holds(one)), None)


def _begins(one: FileFormat, start: str, suffix: str) -> bool:
    return bool(one.begins and one.begins.match(start)) and suffix not in one.unless_named


def _of_archive(archive: Archive) -> FileFormat:
    names = [name.lower() for name in archive.names]
    found = _by(lambda one: bool(one.entry and any(map(one.entry.fullmatch, names))))
    if found:
        return found
    mimetype = archive.read("mimetype", 200).decode("ascii", "replace") if "mimetype" in archive.names else ""
    if known := unread.of_archive(names, mimetype):
        raise Unreadable(known)
    raise unread.OfNoFormat("is an archive that holds neither a workbook nor a project")


def _of_markup(start: str) -> FileFormat:
    """Return the format of an XML file by its outermost element."""
    without = re.sub(r"<\?.*?\?>|<!--.*?-->|<!DOCTYPE[^>\[]*(\[.*?\])?[^>]*>", "", start, flags=re.S | re.I)
    found = re.match(r"\s*<(?:[\w.-]+:)?(\w+)", without)
    root = found[1] if found else ""
    of_root = _by(lambda one: bool(root) and one.root == root)
    if of_root:
        return of_root
    if known := unread.of_markup(root):
        raise Unreadable(known)
    raise unread.OfNoFormat("is XML, but neither a REFI-QDA project nor a codebook")


def _of_text(contents: bytes, suffix: str) -> FileFormat:
    start = contents[:START]
    odd = len(start) - len(start.translate(None, BINARY))
    if odd > len(start) / 20 and suffix not in formats.CSV.endings:
        raise unread.OfNoFormat("is no kind of file that can be read here")
    return formats.CSV
