"""From their words to ours: files of any format, under a mapping saved by name, as the tables that a load checks."""

from collections.abc import Sequence
from pathlib import Path

from data.codebook import Codebook
from data.importing.additions import Addition
from data.importing.mapping.bringing.mapped import Mapped, mapped
from data.importing.mapping.bringing.strict import as_it_stands
from data.importing.mapping.decided import Mapping
from data.importing.mapping.saved import saved
from data.importing.raw import RawFile
from data.importing.readers.choosing import read_any
from data.importing.reading import Files, named

__all__ = ["Mapped", "Mapping", "bring", "map_paths"]


def bring(raw: RawFile, mapping: Mapping | None, codebook: Codebook) -> Mapped:
    """Return what a file brings: under a mapping, or without one as a file whose columns are ours already.

    Nothing raises for what a file holds: its faults stand in `files`, what stays behind in `left`.
    """
    if mapping is not None:
        return mapped(raw, mapping, codebook)
    files, left = as_it_stands(raw)
    sources, findings = (sum(len(table.rows) for table in tables) for tables in (files.sources, files.findings))
    return Mapped(files, left, sources=sources, findings=findings)


def map_paths(paths: Sequence[Path], name: str, codebook: Codebook) -> tuple[Files, tuple[Addition, ...]]:
    """Return what files bring together under the mapping saved by a name, and the codes it adds to the codebook.

    Raises Refused where no mapping has that name or its file cannot be read, OSError where a path cannot be.
    """
    mapping = saved(name)
    together = Files()
    for path in paths:
        files = mapped(read_any(named(path), path), mapping, codebook).files
        together.sources += files.sources
        together.findings += files.findings
        together.hashes += files.hashes
        together.faults += files.faults
    return together, mapping.additions
