"""Mappings as small TOML files that people can read and mend, one a name, in the folder that MAPPINGS_FOLDER names."""

import os
import re
from collections.abc import Iterator
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from data.collection.codebook import Codebook
from data.faults import Fault, Refused, quoted
from data.importing.mapping.as_text import Remarks, as_toml, from_toml
from data.importing.mapping.mapping import Mapping
from data.importing.readers.raw import RawFile

FOLDER = Path(__file__).parents[2] / "mappings"
LONGEST_NAME = 60
RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)", re.IGNORECASE)


def folder() -> Path:
    """Return the folder of mappings: what MAPPINGS_FOLDER names, else data/mappings."""
    return Path(os.environ.get("MAPPINGS_FOLDER") or FOLDER)


def path_of(name: str) -> Path:
    """Return the file of a mapping; raises Refused where the name cannot be a file's on every system."""
    slug = re.sub(r"[^\w-]+", "-", name.strip().casefold()).strip("-_")
    if not slug or len(name) > LONGEST_NAME or not name.isprintable() or RESERVED.fullmatch(slug):
        reason = f"{quoted(name)} cannot be a mapping's name; use up to {LONGEST_NAME} letters, digits and spaces"
        raise Refused([Fault("mapping", reason)])
    return folder() / f"{slug}.toml"


def names() -> list[str]:
    """Return the names of all saved mappings that can be read, in alphabetical order."""
    return sorted(mapping.name for mapping in _all())


def save(mapping: Mapping, codebook: Codebook | None = None, remarks: Remarks = MappingProxyType({})) -> Path:
    """Write a mapping whole or not at all, and return its file; with a codebook its codes are named in comments.

    `remarks` are lines on what it leaves open. Raises Refused where its name will not do, or is so like another
    mapping's that both would have one file; OSError where the folder cannot be written to.
    """
    path = path_of(mapping.name)
    if path.exists() and (held := _held_name(path)) not in ("", mapping.name):
        reason = f"{quoted(mapping.name)} would take the file of {quoted(held)}; choose a name that differs more"
        raise Refused([Fault("mapping", reason)])
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_suffix(".part")
    part.write_text(as_toml(mapping, codebook, remarks), encoding="utf-8")
    part.replace(path)
    return path


def saved(name: str) -> Mapping:
    """Return the mapping saved by a name; raises Refused with every fault of its file, or the names there are."""
    path = path_of(name)
    if not path.exists():
        known = names()
        held = f"there are {', '.join(map(quoted, known))}" if known else "none is saved yet"
        raise Refused([Fault("mapping", f"no mapping has the name {quoted(name)}; {held}")])
    return from_toml(path.read_text(encoding="utf-8", errors="replace"), path.name)


def forget(name: str) -> None:
    """Delete a saved mapping; nothing happens where there is none."""
    path_of(name).unlink(missing_ok=True)


def _all() -> Iterator[Mapping]:
    for path in sorted(folder().glob("*.toml")):
        try:
            yield from_toml(path.read_text(encoding="utf-8", errors="replace"), path.name)
        except (Refused, OSError):
            continue  # told when it is asked for by name


def _held_name(path: Path) -> str:
    try:
        return from_toml(path.read_text(encoding="utf-8", errors="replace"), path.name).name
    except Refused:
        return ""


class Fit(NamedTuple):
    """A saved mapping, the share of a file's columns it knows, and those that it does not cover."""

    mapping: Mapping
    share: float
    columns: tuple[tuple[str, str], ...]
    """Sheet and header of each column that it leaves open."""


def fitting(raw: RawFile, least: float = 0.5) -> Fit | None:
    """Return the saved mapping that knows most of a file's columns, of the same format; None where none knows half.

    The words that it leaves open are those of `suggesting.words` without a decision.
    """
    fits = [_fit(raw, mapping) for mapping in _all() if mapping.format in ("", raw.format)]
    best = max(fits, key=lambda fit: fit.share, default=None)
    return best if best and best.share >= least else None


def _fit(raw: RawFile, mapping: Mapping) -> Fit:
    columns = [(table.sheet, column) for table in raw.tables for column in table.columns]
    open_ones = tuple(place for place in columns if mapping.field(*place) is None)
    return Fit(mapping, 1 - len(open_ones) / len(columns) if columns else 0.0, open_ones)
