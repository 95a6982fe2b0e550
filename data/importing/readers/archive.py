"""An archive of the ZIP kind, opened so that nothing in it can climb out, unpack without end, or be a link."""

import io
import posixpath
import re
import stat
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from data.faults import Unreadable, quoted
from data.filters.wording import number_of
from data.importing.readers.limits import FREE_TO_UNPACK, MEGABYTE, MOST_ENTRIES, MOST_RATIO, MOST_UNPACKED

BROKEN = (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, OSError, ValueError, LookupError)
"""What zipfile raises of an archive that is broken, or compressed in a way that it does not know."""
CHUNK = 1 << 20
ENCRYPTED = 0x1
DRIVE = re.compile(r"[A-Za-z]:")


class Archive:
    """The entries of an archive by name, read piece by piece; raises Unreadable where the limits forbid it."""

    def __init__(self, contents: bytes | Path) -> None:
        """Look through the list of entries without unpacking any."""
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(contents) if isinstance(contents, bytes) else contents)
        except BROKEN as error:
            raise Unreadable(f"is not an archive that can be opened ({error}); it may be cut short") from error
        size = len(contents) if isinstance(contents, bytes) else contents.stat().st_size
        self._entries = {entry.filename: entry for entry in self._zip.infolist() if not entry.is_dir()}
        self.names = list(self._entries)
        self.unpacked = sum(entry.file_size for entry in self._entries.values())
        if reason := self._forbidden(size):
            raise Unreadable(reason)

    def _forbidden(self, size: int) -> str:
        """Return why this archive may not be unpacked; nothing where it may."""
        entries = len(self._zip.infolist())
        if entries > MOST_ENTRIES:
            return f"holds {entries:,} entries, where at most {MOST_ENTRIES:,} are taken"
        if self.unpacked > MOST_UNPACKED:
            most = f"{MOST_UNPACKED // MEGABYTE:,} MB"
            return f"would unpack to {self.unpacked // MEGABYTE:,} MB, where at most {most} are taken; split it"
        if self.unpacked > FREE_TO_UNPACK and self.unpacked > size * MOST_RATIO:
            times = self.unpacked // max(size, 1)
            return (f"would unpack to {times:,} times its size, where at most {MOST_RATIO} times are taken; save it "
                    "again with the program it comes from")  # fmt: skip
        return next(filter(None, map(_forbidden, self._entries.values())), "")

    def size(self, name: str) -> int:
        """Return how many bytes an entry says that it unpacks to."""
        return self._entries[name].file_size

    def open(self, name: str) -> IO[bytes]:
        """Open an entry for reading; raises Unreadable."""
        try:
            return self._zip.open(self._entries[name])
        except BROKEN as error:
            raise Unreadable(f"has a part {quoted(name)} that cannot be unpacked ({error})") from error

    def pieces(self, name: str) -> Iterator[bytes]:
        """Yield an entry a megabyte at a time, and never more than the list of entries says; raises Unreadable."""
        left = self.size(name)
        with self.open(name) as part:
            while True:
                try:
                    piece = part.read(CHUNK)
                except BROKEN as error:
                    raise Unreadable(f"has a part {quoted(name)} that cannot be unpacked ({error})") from error
                if not piece:
                    return
                left -= len(piece)
                if left < 0:
                    raise Unreadable(f"has a part {quoted(name)} that unpacks to more than the archive says")
                yield piece

    def read(self, name: str, most: int) -> bytes:
        """Return a whole entry; raises Unreadable where it is larger than `most` bytes."""
        if self.size(name) > most:
            size = number_of(self.size(name) // MEGABYTE, "MB", "MB")
            raise Unreadable(f"has a part {quoted(name)} of {size}, where at most {most // MEGABYTE:,} MB are taken")
        return b"".join(self.pieces(name))


def _forbidden(entry: zipfile.ZipInfo) -> str:
    """Return why one entry may not be unpacked; nothing where it may."""
    if climbs(entry.filename):
        return f"has an entry {quoted(entry.filename)}, whose path leads out of the archive; nothing was unpacked"
    if stat.S_ISLNK(entry.external_attr >> 16):
        return f"has an entry {quoted(entry.filename)} that is a link to another file; nothing was unpacked"
    if entry.flag_bits & ENCRYPTED:
        return f"is protected by a password ({quoted(entry.filename)} is encrypted); save it without one"
    return ""


def climbs(name: str) -> bool:
    """Tell whether a path would lead out of the folder it is unpacked to, on any system."""
    path = name.replace("\\", "/")
    return path.startswith("/") or bool(DRIVE.match(path)) or ".." in posixpath.normpath(path).split("/")
