"""From their words to ours: files of any format, under a mapping saved by name, as the tables that a load checks."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from data.collection.codebook import Codebook
from data.importing.accounts import Account
from data.importing.codebook.additions import Addition
from data.importing.mapping.bringing.mapped import Mapped, mapped
from data.importing.mapping.bringing.strict import as_it_stands
from data.importing.mapping.mapping import Mapping
from data.importing.mapping.saved import saved
from data.importing.readers.format_choice import read_any
from data.importing.readers.raw import RawFile
from data.importing.strand_files import Files, Table, named
from data.progress import Progress, about, between, unheard

__all__ = ["Mapped", "Mapping", "bring", "map_paths", "of_each"]


def bring(raw: RawFile, mapping: Mapping | None, codebook: Codebook) -> Mapped:
    """Return what a file brings: under a mapping, or without one as a file whose columns are ours already.

    Nothing raises for what a file holds: its faults stand in `files`, what stays behind in `left`.
    """
    if mapping is not None:
        return mapped(raw, mapping, codebook)
    files, left = as_it_stands(raw)
    sources, findings = (sum(len(table.rows) for table in tables) for tables in (files.sources, files.findings))
    return Mapped(files, left, sources=sources, findings=findings)


def map_paths(
    paths: Sequence[Path], name: str, codebook: Codebook, progress: Progress = unheard
) -> tuple[Files, tuple[Addition, ...]]:
    """Return what files bring together under the mapping saved by a name, and the codes it adds to the codebook.

    What an earlier file tells of a source or finding in the same words is not told again by a later one. `progress` is
    told how far it is, file by file.
    Raises Refused where no mapping has that name or its file cannot be read, OSError where a path cannot be.
    """
    mapping = saved(name)
    return of_each(_each(paths, mapping, codebook, progress)), mapping.additions


def _each(paths: Sequence[Path], mapping: Mapping, codebook: Codebook, progress: Progress) -> Iterator[Files]:
    for number, path in enumerate(paths):
        tell = about(path, between(progress, number / len(paths), (number + 1) / len(paths)))
        raw = read_any(named(path), path, between(tell, 0.0, 0.7))
        tell(0.7, "saying it in our words")
        yield mapped(raw, mapping, codebook).files


def of_each(each: Iterable[Files]) -> Files:
    """Return what several files hold together; what an earlier one has just so is not told again by a later one."""
    together = Files()
    told: dict[str, tuple[list[str], int]] = {}
    for files in each:
        before = dict(told)
        made = {(table.sheet, number) for table in files.findings for number, _ in table.rows}
        together.accounts += [_joined(account, files, before, made) for account in files.accounts]
        together.sources += [_without_repeats(table, told) for table in files.sources]
        together.findings += [_without_repeats(table, told) for table in files.findings]
        together.hashes += files.hashes
        together.faults += files.faults
    return together


def _without_repeats(table: Table, told: dict[str, tuple[list[str], int]]) -> Table:
    """Return a table without the rows that another file has just so; rows that differ stay, for the check to refuse."""
    rows = [(number, cells) for number, cells in table.rows if told.get(cells[0], ([], 0))[0] != cells]
    told.update({cells[0]: (cells, number) for number, cells in rows})
    return replace(table, rows=rows)


def _joined(
    account: Account, files: Files, told: dict[str, tuple[list[str], int]], made: set[tuple[str, int]]
) -> Account:
    """Return the account of a table of which some rows stand just so in an earlier file: they are joined to those."""
    again: dict[str, dict[int, int]] = {}
    for kind, tables in (("findings", files.findings), ("sources", files.sources)):
        again[kind] = {
            number: told[cells[0]][1]
            for table in tables
            if table.sheet == account.sheet
            for number, cells in table.rows
            if told.get(cells[0], ([], 0))[0] == cells and (kind == "findings" or (table.sheet, number) not in made)
        }
    findings, sources = (len(again[kind]) for kind in ("findings", "sources"))
    return replace(account, findings=account.findings - findings, sources=account.sources - sources,
                   joined={**account.joined, **again["sources"], **again["findings"]})  # fmt: skip
