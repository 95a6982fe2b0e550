"""A file that leaves: whole or not at all, through a link to what it links to, and never in a device's place."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from data.faults import Fault, Refused

NO_FILE = "is no file that can be written over, but {}; name a file"


@contextmanager
def opened(out: Path | BinaryIO) -> Iterator[BinaryIO]:
    """Give what to write to; a path gets its file only once all of it is written and on the disk.

    A link stays, and what it leads to is written; a file that is written over keeps who may read it. Raises Refused
    where the path is a folder or a device, or cannot be written to.
    """
    if not isinstance(out, Path):
        yield out
        return
    try:
        target = out.resolve()
        _see_that_it_is_a_file(out, target)
        part = target.with_name(f".{target.name}.{os.getpid()}.part")
        try:
            with part.open("wb") as file:
                yield file
                file.flush()
                os.fsync(file.fileno())
            if target.exists():
                shutil.copymode(target, part)
            part.replace(target)
        finally:
            with suppress(OSError):
                part.unlink()
    except OSError as error:
        raise Refused([Fault(str(out), f"cannot be written: {error.strerror}")]) from error


def _see_that_it_is_a_file(out: Path, target: Path) -> None:
    if target.exists() and not target.is_file():
        what = "a folder" if target.is_dir() else "a device or a pipe"
        raise Refused([Fault(str(out), NO_FILE.format(what))])
