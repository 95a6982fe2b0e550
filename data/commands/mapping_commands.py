"""What is suggested for files whose columns are not ours: taken by a command, told, or written as a mapping to edit.

With --json, mapping: {"name", "path", "open", "suggested": as check has it}.
"""

import argparse
import sys
from pathlib import Path
from typing import Any

from sqlalchemy import Engine

from data.commands import output, progress_line
from data.faults import Fault, Refused, quoted
from data.filters.wording import number_of
from data.importing.loads import prepared_load
from data.importing.mapping.field_names import named
from data.importing.mapping.fields import CONSTANTS, NOT_OURS
from data.importing.mapping.saved import path_of, save
from data.importing.mapping.suggested import Suggested, remarks, suggested
from data.importing.mapping.suggesting.proposal import Guess

SHOWN = 40
"""Columns that are told one by one; with --json, all."""


def add_to(commands) -> None:  # type: ignore[no-untyped-def]
    """Add the command that writes a mapping."""
    mapping = commands.add_parser("mapping", help="write what is suggested for files as a mapping, to be edited")
    mapping.add_argument("paths", nargs="+", type=Path, metavar="FILE")
    mapping.add_argument("--out", required=True, metavar="NAME", help="the name that --mapping takes afterwards")
    mapping.add_argument("--overwrite", action="store_true", help="write over the mapping of that name")
    takes_suggestions(mapping)
    output.takes_json(mapping)
    mapping.set_defaults(run=_mapping)


def takes_suggestions(command: argparse.ArgumentParser) -> None:
    """Let a command be told how much of what is suggested it takes, and what is given once for its files."""
    command.add_argument(
        "--guess", choices=list(map(str, Guess)), default=str(Guess.SURE),
        help="of what is suggested for a file in other words, take what is sure (as preset), all, or none",
    )  # fmt: skip
    command.add_argument(
        "--give", dest="given", action=_Give, default={}, metavar="FIELD=VALUE",
        help="given once for files in other words, such as strand=community; may be repeated",
    )  # fmt: skip


class _Give(argparse.Action):
    """Takes FIELD=VALUE into a dictionary."""

    def __call__(self, parser: argparse.ArgumentParser, namespace: argparse.Namespace, values: Any,
                 option_string: str | None = None) -> None:  # fmt: skip
        name, equals, value = str(values).partition("=")
        if name not in CONSTANTS or not equals:
            parser.error(f"--give takes FIELD=VALUE with a field of {', '.join(CONSTANTS)}; not {quoted(str(values))}")
        setattr(namespace, self.dest, {**getattr(namespace, self.dest), name: value.strip()})


def in_json(found: Suggested | None) -> dict[str, Any]:
    """Return what was suggested as JSON takes it; nothing where no file needed it."""
    if found is None or found.mapping is None:
        return {}
    columns = [
        {"sheet": row.sheet, "column": row.column, "field": row.field, "taken": found.taken(row), "ground": row.ground}
        for row in found.rows
    ]
    words = [
        {"field": row.field, "word": row.word, "targets": list(map(str, row.targets)),
         "taken": row.decided or bool(row.targets and not row.guess), "ground": row.ground}
        for row in found.words
    ]  # fmt: skip
    return {"suggested": {"constants": dict(found.mapping.constants), "columns": columns, "words": words}}


def tell(found: Suggested | None) -> None:
    """Print as what each column is read, and the guesses that are not taken; nothing where no file needed it."""
    if found is None or found.mapping is None:
        return
    for name, program in found.programs.items():
        print(f"{name}: an export of {program}")
    taken = [row for row in found.rows if found.taken(row) and row.field != NOT_OURS and row.filled]
    for row in taken[:SHOWN]:
        print(f"read as {named(row.field)}: {row.column} ({row.ground})")
    if len(taken) > SHOWN:
        print(f"and {number_of(len(taken) - SHOWN, 'more column')}")
    for name, value in found.mapping.constants.items():
        print(f"for all of it, {named(name)}: {value}")
    guesses = [row for row in found.rows if row.guess and not found.taken(row)]
    for row in guesses[:SHOWN]:
        print(f"not taken: {row.column} may be {named(row.field)} ({row.ground})")
    words = sum(row.guess for row in found.words)
    if guesses or words:
        number = number_of(len(guesses) + words, "guess", "guesses")
        print(f"{number} not taken; --guess all takes them, python -m data mapping writes them down to edit")
    for name, why in found.lacking().items():
        print(f"still needed: {named(name)} ({why}){_how(name)}", file=sys.stderr)


def _how(name: str) -> str:
    return f"; --give {name}=VALUE gives it for all" if name in CONSTANTS else ""


def _mapping(engine: Engine, options: argparse.Namespace) -> int:
    path = path_of(options.out)
    if path.exists() and not options.overwrite:
        reason = f"{quoted(options.out)} is there already; give another name, or --overwrite"
        raise Refused([Fault("mapping", reason)])
    codebook = prepared_load.codebook(engine)
    with progress_line.shown("Reading") as progress:
        found = suggested(options.paths, codebook, Guess(options.guess), options.given, progress)
    errors = [fault for fault in found.files.faults if not fault.warning]
    if found.mapping is None:
        raise Refused(errors or [Fault("mapping", "the columns of these files are ours already; none is needed")])
    open_ones = remarks(found)
    path = save(found.mapping.named(options.out), codebook, open_ones)
    number = sum(map(len, open_ones.values()))
    if options.json:
        output.in_json({"name": options.out, "path": str(path), "open": number, **in_json(found)})
        return 0
    tell(found)
    print(f"written: {path}")
    print(f"{number_of(number, 'thing')} left open, each a remark in the file; use it with --mapping {options.out!r}")
    return 0
