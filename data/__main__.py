"""The collection from the command line: python -m data load | check | status | count | direction | export."""

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from sqlalchemy import Engine
from sqlmodel import Session

from data import codebook as codebooks
from data import database, synthesis
from data.codebook import Codebook
from data.exporting.workbook import write
from data.filters import Filter, parse
from data.importing import loading
from data.importing.faults import Refused
from data.queries import counting
from data.wording import number_of
from models import Access, StrandCode


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code: 0 done, 1 refused, with what is wrong on standard error."""
    parser = _parser()
    options = parser.parse_args(arguments)
    if getattr(options, "shipped", False) and (options.paths or options.replace):
        parser.error("--shipped takes no PATH and no --replace: it replaces the shipped strands by the shipped files")
    try:
        engine = database.open_engine()
        with database.explained(engine):
            code = int(options.run(engine, options))
        sys.stdout.flush()
    except (Refused, database.DatabaseFault) as refusal:
        print(refusal, file=sys.stderr)
        return 1
    except BrokenPipeError:
        # The reader has gone, as in `| head`; what Python would flush at the end goes nowhere, in silence.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except OSError as error:
        print(f"{error.filename}: {error.strerror}", file=sys.stderr)
        return 1
    return code


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m data", description=__doc__)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    load = commands.add_parser("load", help="bring strands in: check everything, then apply all of it or none")
    load.add_argument(
        "paths", nargs="*", type=Path, metavar="PATH", help="a folder, .csv or .xlsx; none: the shipped strands"
    )
    load.add_argument("--replace", action="append", default=[], choices=[str(s) for s in StrandCode], metavar="STRAND",
                      help="withdraw what these files lack of this strand; may be repeated")  # fmt: skip
    load.add_argument("--shipped", action="store_true", help="replace the shipped strands, if their files have changed")
    load.set_defaults(run=_load)

    check = commands.add_parser("check", help="only say what is wrong with the files")
    check.add_argument("paths", nargs="+", type=Path, metavar="PATH")
    check.set_defaults(run=_check)

    status = commands.add_parser("status", help="say what the collection holds")
    status.set_defaults(run=_status)
    count = commands.add_parser("count", help="count the findings, sources and studies of a filter")
    count.set_defaults(run=_count)
    direction = commands.add_parser("direction", help="print how studies vote, as CSV")
    direction.add_argument("--by", required=True, choices=["lever", "theme", "region", "strand"])
    direction.set_defaults(run=_direction)
    export = commands.add_parser("export", help="write the filtered evidence as an Excel workbook")
    export.add_argument("out", type=Path, metavar="OUT.xlsx")
    export.set_defaults(run=_export)
    for command in (count, direction, export):
        command.add_argument("--filter", default="", metavar="QUERY", help='as in the URL: "region=TLC,TLD&theme=T1.1"')
    for command in (status, count, direction, export):
        command.add_argument("--access", default=Access.PUBLIC, type=Access, choices=list(Access),
                             help="what may be seen: public (where nothing is said), roundtable or team")  # fmt: skip
    return parser


def _load(engine: Engine, options: argparse.Namespace) -> int:
    replaced, paths = set(options.replace), options.paths
    if options.shipped:
        if loading.shipped_is_current(engine):
            print("the shipped evidence is loaded already")
            return 0
        paths, replaced = loading.shipped(), {str(strand) for strand in StrandCode}
    record = loading.load(engine, paths or loading.shipped(), replaced)
    for key in ("added", "changed", "withdrawn", "unchanged"):
        print(f"{key}: {getattr(record, key)}")
    print(f"data version: {record.version} ({record.digest[:12]})")
    return 0


def _check(engine: Engine, options: argparse.Namespace) -> int:
    path = engine.url.database
    if path and not Path(path).exists():
        engine = database.open_engine("sqlite://")  # nothing is loaded yet, and checking leaves nothing behind
    checked, _ = loading.check_only(engine, options.paths)
    for fault in checked.faults:
        print(fault, file=sys.stderr)
    if not checked.faults:
        sources, findings = number_of(len(checked.sources), "source"), number_of(len(checked.findings), "finding")
        print(f"no fault in {sources} and {findings}")
    return 1 if checked.faults else 0


def _status(engine: Engine, options: argparse.Namespace) -> int:
    database.check(engine)
    with database.asking(engine, options.access) as session:
        codebook = codebooks.read(session)
        version = database.data_version(session)
        print(f"data version: {version.number}")
        print(f"digest: {version.digest or '[z]'}")
        print(f"loaded: {version.at:%Y-%m-%d %H:%M} UTC" if version.at else "loaded: [z]")
        total = counting.counts(session, Filter(), codebook)
        for key, number in total._asdict().items():
            print(f"{key}: {number}")
        print(f"sources without findings: {counting.idle_sources(session)}")
        for row in counting.tally(session, Filter(), codebook, "strand").itertuples():
            print(f"{row.code} findings: {row.findings}")
            print(f"{row.code} sources: {row.sources}")
        print(f"withheld: {counting.withheld(session, Filter(), codebook)}")
    return 0


def _asked(session: Session, options: argparse.Namespace) -> tuple[Filter, Codebook]:
    codebook = codebooks.read(session)
    wanted, ignored = parse(options.filter, codebook)
    for part in ignored:
        print(f"ignored {part}", file=sys.stderr)
    return wanted, codebook


def _count(engine: Engine, options: argparse.Namespace) -> int:
    database.check(engine)
    with database.asking(engine, options.access) as session:
        asked = _asked(session, options)
        for key, number in counting.counts(session, *asked)._asdict().items():
            print(f"{key}: {number}")
        print(f"withheld: {counting.withheld(session, *asked)}")
    return 0


def _direction(engine: Engine, options: argparse.Namespace) -> int:
    database.check(engine)
    with database.asking(engine, options.access) as session:
        table = synthesis.direction_by(session, *_asked(session, options), by=options.by)
    table.to_csv(sys.stdout, index=False)
    return 0


def _export(engine: Engine, options: argparse.Namespace) -> int:
    database.check(engine)
    with database.asking(engine, options.access) as session:
        wanted, _ = _asked(session, options)
    written = write(engine, wanted, options.out, level=options.access)
    print(f"{options.out}: {number_of(written, 'finding')}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
