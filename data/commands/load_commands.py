"""Bringing evidence in: check, plan, load.

With --json:
check: {"sources": n, "findings": n, "errors": n, "warnings": n, "rows_read": [{file, sheet, read, findings, sources,
joined, left, joined_rows, left_rows: {why: rows}}], "faults": [{severity, file, sheet, row, column, value,
reason}]}, with exit code 1 where there is an error;
plan: {"version": n, "added": n, "changed": n, "withdrawn": n, "unchanged": n, "codebook_changes": n, "rows": [{kind,
ref, what, text, fields}], "fields": [{kind, ref, field, before, after}], "counts": [{facet, code, name,
findings_before, findings_after, sources_before, sources_after}], "likely_duplicates": [{kind, ref, other, other_is,
score, why, text, other_text}], "not_compared": [what was not looked for among duplicates], "rows_read": [as check],
"warnings": [as faults]};
load: {"id", "at", "who", "action", "mapping", "replaced", "undoes", "added", "changed", "withdrawn", "unchanged",
"codebook_changes", "version", "digest", "note", "files": [{name, sha256}], "rows": [as rows_read], "warnings":
[as faults]}; for the shipped
evidence that is there already, {"current": true}. For the shipped evidence, "codings" names what was brought in beside
it.
Where the columns of a file are not ours and no mapping is named, each has beside it "suggested": {"constants",
"columns": [{sheet, column, field, taken, ground}], "words": [{field, word, targets, taken, ground}]}.
"""

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from sqlalchemy import Engine

from data.coders import round_loads
from data.commands import (
    mapping_commands,
    output,
    progress_line,
    upgrade_commands,
)
from data.exporting.marking import marked_workbook
from data.exporting.whole_file import opened
from data.filters.wording import number_of
from data.importing.codebook.additions import Addition
from data.importing.loads import loading, prepared_load
from data.importing.mapping import map_paths
from data.importing.mapping.suggested import Suggested, suggested
from data.importing.mapping.suggesting.proposal import Guess
from data.importing.readers import formats
from data.importing.strand_files import Files
from data.presenting import editions
from data.progress import Progress, between
from models import StrandCode

TAKEN = f"a folder, or {formats.ADVICE}"
SHOWN = 20
"""Lines of a plan that are printed; with --json, all."""
READ = 0.4
"""The share of the work that reading the files is taken to be."""


def add_to(commands) -> None:  # type: ignore[no-untyped-def]
    """Add these commands to a parser's."""
    load = commands.add_parser("load", help="bring strands in: check everything, then apply all of it or none")
    load.add_argument(
        "paths",
        nargs="*",
        type=Path,
        metavar="PATH",
        help=f"{TAKEN}; none: the shipped strands",
    )
    load.add_argument("--shipped", action="store_true", help="replace the shipped strands, if their files have changed")
    load.set_defaults(run=_load, wrongly=_wrongly)
    plan = commands.add_parser("plan", help="say what a load would add, change and withdraw, field by field")
    plan.add_argument("paths", nargs="+", type=Path, metavar="PATH", help=TAKEN)
    plan.set_defaults(run=_plan)
    check = commands.add_parser("check", help="only say what is wrong with the files")
    check.add_argument("paths", nargs="+", type=Path, metavar="PATH", help=TAKEN)
    check.add_argument(
        "--marked", type=Path, metavar="OUT.xlsx", help="write a copy of the file with its faults marked"
    )
    check.set_defaults(run=_check)
    for command in (load, plan):
        command.add_argument(
            "--replace", action="append", default=[], choices=[str(s) for s in StrandCode], metavar="STRAND",
            help="withdraw what these files lack of this strand; may be repeated",
        )  # fmt: skip
    for command in (load, plan, check):
        command.add_argument(
            "--leave-out-faulty", action="store_true", help="leave rows at fault out, and say which, not refuse all"
        )
        command.add_argument("--mapping", default="", metavar="NAME", help="read the files by the mapping of that name")
        mapping_commands.takes_suggestions(command)
        output.takes_json(command)
    output.signed(load)


def _wrongly(options: argparse.Namespace) -> str:
    if options.shipped and (options.paths or options.replace):
        return "--shipped takes no PATH and no --replace: it replaces the shipped strands by the shipped files"
    return ""


class ReadFiles(NamedTuple):
    """What files hold, the codes that their mapping adds, what was suggested for them, and the mapping's name."""

    files: Files
    additions: tuple[Addition, ...]
    suggested: Suggested | None = None
    mapping: str = ""


def _files(engine: Engine, paths: Sequence[Path], options: argparse.Namespace, progress: Progress) -> ReadFiles:
    """Read files by the mapping that is named, else by what is suggested for them."""
    codebook = prepared_load.codebook(engine)
    if options.mapping:
        return ReadFiles(*map_paths(paths, options.mapping, codebook, progress), mapping=options.mapping)
    found = suggested(paths, codebook, Guess(options.guess), options.given, progress)
    if not options.json:
        mapping_commands.tell(found)  # before the check, which may refuse them
    name = f"suggested ({options.guess}): {found.mapping.name}" if found.mapping else ""
    return ReadFiles(found.files, found.mapping.additions if found.mapping else (), found, name)


def _load(engine: Engine, options: argparse.Namespace) -> int:
    upgrade_commands.before(options)
    code = _load_evidence(engine, options)
    if options.shipped:
        for done in editions.bring_in(engine):
            if not options.json:
                print(done)
    return code


def _load_evidence(engine: Engine, options: argparse.Namespace) -> int:
    replaced, paths = set(options.replace), options.paths
    if options.shipped:
        if loading.shipped_is_current(engine):
            codings = round_loads.bring_shipped(engine)
            if options.json:
                output.in_json({"current": True, "codings": codings})
            else:
                print("the shipped evidence is loaded already")
                _tell_codings(codings)
            return 0
        replaced = {str(strand) for strand in StrandCode}
    with progress_line.shown("Loading") as progress:
        found = _files(engine, paths or loading.shipped(), options, between(progress, 0.0, READ))
        load, warnings = prepared_load.load_with_warnings(
            engine, found.files, replaced, found.additions, who=options.who, mapping=found.mapping,
            leave_out=options.leave_out_faulty, progress=between(progress, READ, 1.0),
        )  # fmt: skip
    codings = round_loads.bring_shipped(engine) if options.shipped else []
    if options.json:
        beside = {"codings": codings} if options.shipped else {}
        read_as = mapping_commands.in_json(found.suggested)
        output.in_json({**output.load_of(load), "warnings": output.faults_of(warnings), **beside, **read_as})
    else:
        output.tell_faults(warnings)
        output.tell_load(load)
        _tell_codings(codings)
    return 0


def _tell_codings(names: Sequence[str]) -> None:
    if names:
        print(f"codings beside the agreed one: {', '.join(names)}")


def _check(engine: Engine, options: argparse.Namespace) -> int:
    with progress_line.shown("Checking") as progress:
        found = _files(engine, options.paths, options, between(progress, 0.0, READ))
        checked, accounts = prepared_load.check_alone(
            engine, found.files, (), found.additions, leave_out=options.leave_out_faulty,
            progress=between(progress, READ, 1.0),
        )  # fmt: skip
        if options.marked and checked.faults:
            progress(1.0, f"Writing {options.marked}")
            with opened(options.marked) as file:
                file.write(marked_workbook(options.paths[0].read_bytes(), checked.faults))
    errors, warnings = len(checked.errors), len(checked.warnings)
    if options.json:
        output.in_json(
            {
                "sources": len(checked.sources),
                "findings": len(checked.findings),
                "errors": errors,
                "warnings": warnings,
                "rows_read": output.rows_read_of(accounts),
                "faults": output.faults_of(checked.faults),
                **mapping_commands.in_json(found.suggested),
            }
        )
        return int(bool(errors))
    output.tell_faults(checked.faults)
    if not errors:
        sources, findings = number_of(len(checked.sources), "source"), number_of(len(checked.findings), "finding")
        noted = f", {number_of(warnings, 'warning')}" if warnings else ""
        print(f"no fault in {sources} and {findings}{noted}")
    output.tell_rows(output.rows_read_of(accounts))
    return int(bool(errors))


def _plan(engine: Engine, options: argparse.Namespace) -> int:
    with progress_line.shown("Planning") as progress:
        held = _files(engine, options.paths, options, between(progress, 0.0, READ))
        found = prepared_load.prepare(
            engine, held.files, options.replace, held.additions, leave_out=options.leave_out_faulty,
            progress=between(progress, READ, 1.0),
        )  # fmt: skip
    if options.json:
        tables = {name: output.rows_of(getattr(found, name)) for name in ("rows", "fields", "counts")}
        output.in_json(
            {
                "version": found.version[0],
                **found.totals,
                **tables,
                "likely_duplicates": output.rows_of(found.likely.pairs),
                "not_compared": list(found.likely.cut),
                "rows_read": output.rows_read_of(found.accounts),
                "warnings": output.faults_of(found.warnings),
                **mapping_commands.in_json(held.suggested),
            }
        )
        return 0
    output.tell_faults(found.warnings)
    output.tell_rows(output.rows_read_of(found.accounts))
    for key, number in found.totals.items():
        print(f"{key.replace('_', ' ')}: {number}")
    _tell(
        [f"{row.what} {row.kind} {row.ref}: {row.text}" for row in found.rows.itertuples() if row.what != "changed"],
        "more rows",
    )
    _tell([f"{row.kind} {row.ref} {row.field}: {row.before!r} to {row.after!r}" for row in found.fields.itertuples()],
          "more fields")  # fmt: skip
    _tell([f"likely the same {row.kind}: {row.ref} and {row.other} ({row.other_is}): {row.why}"
           for row in found.likely.pairs.itertuples()], "more pairs")  # fmt: skip
    for cut in found.likely.cut:
        print(f"likely duplicates: {cut}")
    for row in found.counts.itertuples():
        if (row.findings_before, row.sources_before) != (row.findings_after, row.sources_after):
            print(f"{row.facet} {row.code} {row.name}: findings {row.findings_before} to {row.findings_after}, "
                  f"sources {row.sources_before} to {row.sources_after}")  # fmt: skip
    return 0


def _tell(lines: Sequence[str], more: str) -> None:
    for line in lines[:SHOWN]:
        print(line if len(line) <= 160 else f"{line[:159]}…")
    if len(lines) > SHOWN:
        print(f"and {len(lines) - SHOWN:,} {more}; with --json, all of them")
