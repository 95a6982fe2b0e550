"""What the collection holds: status, count, direction, export; and the template to code more of it in."""

import argparse
import sys
from pathlib import Path

from sqlalchemy import Engine
from sqlmodel import Session

from data.collection import clock, database
from data.collection import codebook as codebooks
from data.collection.codebook import Codebook
from data.exporting import refi_export, template, workbook
from data.filters.filter import Filter, parse
from data.filters.wording import number_of
from data.importing.loads import prepared_load
from data.queries import counting, votes
from data.sentences import search_notes as notes
from models import Access


def add_to(commands) -> None:  # type: ignore[no-untyped-def]
    """Add these commands to a parser's."""
    status = commands.add_parser("status", help="say what the collection holds")
    status.set_defaults(run=_status)
    count = commands.add_parser("count", help="count the findings, sources and studies of a filter")
    count.set_defaults(run=_count)
    direction = commands.add_parser("direction", help="print how studies vote, as CSV")
    direction.add_argument("--by", required=True, choices=["lever", "theme", "region", "strand"])
    direction.set_defaults(run=_direction)
    export = commands.add_parser("export", help="write the filtered evidence as an Excel workbook or REFI-QDA project")
    export.add_argument("out", type=Path, metavar="OUT.xlsx|OUT.qdpx")
    export.set_defaults(run=_export)
    blank = commands.add_parser("template", help="write an empty workbook to code evidence in, with drop-down lists")
    blank.add_argument("out", type=Path, metavar="OUT.xlsx")
    blank.set_defaults(run=_template)
    for command in (count, direction, export):
        command.add_argument("--filter", default="", metavar="QUERY", help='as in the URL: "region=TLC,TLD&theme=T1.1"')
    for command in (status, count, direction, export):
        command.add_argument("--access", default=Access.PUBLIC, type=Access, choices=list(Access),
                             help="what may be seen: public (where nothing is said), roundtable or team")  # fmt: skip


def _status(engine: Engine, options: argparse.Namespace) -> int:
    database.check(engine)
    with database.asking(engine, options.access) as session:
        codebook = codebooks.read(session)
        version = database.data_version(session)
        print(f"data version: {version.number}")
        print(f"digest: {version.digest or '[z]'}")
        print(f"loaded: {clock.stamp(version.at)}" if version.at else "loaded: [z]")
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
    for sentence in notes.sentences(session, wanted, codebook):
        print(f"search: {sentence}", file=sys.stderr)
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
        table = votes.direction_by(session, *_asked(session, options), by=options.by)
    table.to_csv(sys.stdout, index=False)
    return 0


def _export(engine: Engine, options: argparse.Namespace) -> int:
    database.check(engine)
    with database.asking(engine, options.access) as session:
        wanted, _ = _asked(session, options)
    write = refi_export.write if options.out.suffix.lower() == ".qdpx" else workbook.write
    written = write(engine, wanted, options.out, level=options.access)
    print(f"{options.out}: {number_of(written, 'finding')}")
    return 0


def _template(engine: Engine, options: argparse.Namespace) -> int:
    template.write(prepared_load.codebook(engine), options.out)
    print(f"{options.out}: the coding template, to be filled in and loaded with: python -m data load {options.out}")
    return 0
