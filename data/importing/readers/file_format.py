"""What one file format is: its name, how a file of it is recognised, what reads it, and what is said of it."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from data.importing.readers.limits import Watch
from data.importing.readers.raw import RawFile

Read = Callable[[RawFile, bytes, Watch], None]


@dataclass(frozen=True)
class FileFormat:
    """One file format, told by its reader's module; formats.py lists them all.

    A file is of the format whose `entry` an archive holds, whose `root` is the outermost element of XML, or which a
    text `begins` with; else, of references, of the one that has the `ending` of its name. `page` is what the Load page
    calls its files, `advice` what a person is told to give; where either is empty, `told_by` names the format whose
    words tell of this one too.
    """

    name: str
    page: str = ""
    advice: str = ""
    told_by: str = ""
    endings: tuple[str, ...] = ()
    read: Read | None = None
    take_over: Callable[[RawFile], None] | None = None
    """What makes a file of this format of tables that another format's reader has read."""
    read_as: Callable[[RawFile, bytes, Watch, str, str], None] | None = None
    """The reader that takes an encoding and a separator too, where a person may choose another."""
    entry: re.Pattern[str] | None = None
    root: str = ""
    begins: re.Pattern[str] | None = None
    unless_named: tuple[str, ...] = ()
    """Endings of names that say more than the beginning does."""
    references: bool = False
    """Whether it holds references alone, one source a record."""
    own_headings: bool = False
    """Whether people name its columns themselves."""
    own_ids: bool = False
    """Whether a finding's id, unless it is a GUID, is a ref that people gave."""
    markable: bool = False
    """Whether a copy of a file can be written with its faults marked."""
    numbered_once: bool = False
    """Whether its sources have numbers that no other source gets."""
    codes_sources: bool = False
    """Whether it codes whole sources: a coding is a finding only where a mapping says so."""
    passages: bool = False
    """Whether what people said is coded in it, passage by passage."""
