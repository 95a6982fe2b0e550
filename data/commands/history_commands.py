"""What was done, and taking it back: undo, history, versions, audit, duplicates, link, unlink.

With --json:
undo, link, unlink: as load, without warnings;
history: {"loads": [{id, at, who, action, files, sha256, mapping, replaced, added, changed, withdrawn, unchanged,
codebook_changes, undoes, undone_by, note, version, digest, rows: as load}]};
versions: {"ref": ref, "versions": [{load, at, who, action, what, fields: [[field, before, after]], before}]};
audit: {"lines": [{id, at, who, action, subject, before, after}]};
duplicates: {"duplicates": [{kind, ref, other, score, why, text, other_text, same_study}]}. All are newest, or most
alike, first.
"""

import argparse

from sqlalchemy import Engine
from sqlmodel import Session

from data.collection import audit, clock, database
from data.collection.access import Standing, Visitor
from data.collection.duplicates import duplicates
from data.commands import output, progress_line
from data.curating.row_history import history, versions
from data.curating.study_links import link_studies, unlink_studies
from data.importing.accounts import sentences
from data.importing.loads.undoing import undo


def add_to(commands) -> None:  # type: ignore[no-untyped-def]
    """Add these commands to a parser's."""
    undoing = commands.add_parser("undo", help="take a load back: every row as it was before it")
    undoing.add_argument("load", type=int, metavar="LOAD", help="its number, as history shows it")
    undoing.set_defaults(run=_undo)
    past = commands.add_parser("history", help="list every load, newest first")
    past.set_defaults(run=_history)
    lives = commands.add_parser("versions", help="list what was ever done to a finding or source")
    lives.add_argument("ref", metavar="REF")
    lives.set_defaults(run=_versions)
    log = commands.add_parser("audit", help="print the log of all changes, newest first")
    log.add_argument("--subject", default="", metavar="SUBJECT", help='only of one, such as "finding COM-E001"')
    log.set_defaults(run=_audit)
    alike = commands.add_parser("duplicates", help="list sources and findings that are likely to be the same twice")
    alike.set_defaults(run=_duplicates)
    link = commands.add_parser("link", help="link sources as reports of one study")
    link.set_defaults(run=_link)
    unlink = commands.add_parser("unlink", help="make each of these sources a study of its own")
    unlink.set_defaults(run=_unlink)
    for command in (link, unlink):
        command.add_argument("refs", nargs="+", metavar="SOURCE")
    for command in (undoing, link, unlink):
        command.add_argument("--note", default="", metavar="TEXT", help="why, kept with it")
        output.signed(command)
    for command in (undoing, past, lives, log, alike, link, unlink):
        output.takes_json(command)


def _editor(options: argparse.Namespace) -> Visitor:
    return Visitor(options.who, Standing.EDITOR)  # who can write to the file can change the collection anyway


def _tell_load(options: argparse.Namespace, load) -> int:  # type: ignore[no-untyped-def]
    if options.json:
        output.in_json(output.load_of(load))
    else:
        output.tell_load(load)
    return 0


def _undo(engine: Engine, options: argparse.Namespace) -> int:
    database.check(engine)
    with progress_line.shown(f"Taking load {options.load} back") as progress:
        load = undo(engine, options.load, _editor(options), options.note, progress)
    return _tell_load(options, load)


def _link(engine: Engine, options: argparse.Namespace) -> int:
    database.check(engine)
    return _tell_load(options, link_studies(engine, options.refs, _editor(options), options.note))


def _unlink(engine: Engine, options: argparse.Namespace) -> int:
    database.check(engine)
    return _tell_load(options, unlink_studies(engine, options.refs, _editor(options), options.note))


def _history(engine: Engine, options: argparse.Namespace) -> int:
    database.check(engine)
    with Session(engine) as session:
        table = history(session)
    if options.json:
        output.in_json({"loads": output.rows_of(table)})
        return 0
    for row in output.rows_of(table):
        undone = f", undone by {row['undone_by']}" if row["undone_by"] else ""
        what = f"{row['action']} of load {row['undoes']}" if row["undoes"] else row["action"]
        print(f"{row['id']} {clock.stamp(row['at'])}, {row['who'] or '[z]'}: {what}{undone}; "
              f"added {row['added']}, changed {row['changed']}, withdrawn {row['withdrawn']}; "
              f"data version {row['version']}; {row['files'] or row['note'] or '[z]'}")  # fmt: skip
        for record in row["rows"]:
            print("  " + "\n    ".join(sentences(record)))
    return 0


def _versions(engine: Engine, options: argparse.Namespace) -> int:
    database.check(engine)
    with Session(engine) as session:
        found = versions(session, options.ref) or versions(session, options.ref, "source")
    if options.json:
        output.in_json({"ref": options.ref, "versions": [version._asdict() for version in found]})
        return 0
    for version in found:
        print(f"{clock.stamp(version.at)}, load {version.load} ({version.action}) by {version.who or '[z]'}: "
              f"{version.what}")  # fmt: skip
        for field, before, after in version.fields:
            print(f"  {field}: {before!r} to {after!r}")
    if not found:
        print(f"nothing is recorded of {options.ref}")
    return 0


def _audit(engine: Engine, options: argparse.Namespace) -> int:
    database.check(engine)
    with Session(engine) as session:
        table = audit.log(session, options.subject, limit=None)
    if options.json:
        output.in_json({"lines": output.rows_of(table)})
        return 0
    for row in table.itertuples():
        print(f"{clock.stamp(row.at)}, {row.who or '[z]'}: {row.action} {row.subject}; "
              f"before {row.before or '[z]'}; after {row.after or '[z]'}")  # fmt: skip
    return 0


def _duplicates(engine: Engine, options: argparse.Namespace) -> int:
    database.check(engine)
    with Session(engine) as session:
        table = duplicates(session)
    if options.json:
        output.in_json({"duplicates": output.rows_of(table)})
        return 0
    for row in table.itertuples():
        linked = "; linked as one study" if row.same_study else ""
        print(
            f"{row.score:.0f} {row.kind} {row.ref} and {row.other}: {row.why}{linked}\n  {row.text}\n  {row.other_text}"
        )
    return 0
