"""Keeping the collection safe: a copy of it, going back to one, and whether the database is whole.

With --json: backup {"copy": path, "sha256": of the file, "digest": of the evidence, "rows": {table: number}}; restore
{"from": path, "kept": the name of what was there before, or null, "meetings": that of its meetings' file, if apart};
verify {"faults": [sentences]}.
"""

import argparse
import hashlib
from pathlib import Path

from sqlalchemy import Engine

from data.collection import database
from data.collection.database import DatabaseFault
from data.commands import output, progress_line
from data.filters.wording import number_of
from data.progress import between
from data.safekeeping import backup, verification
from data.safekeeping.restore import restore

COPIED = 0.7


def add_to(commands) -> None:  # type: ignore[no-untyped-def]
    """Add these commands to a parser's."""
    copy = commands.add_parser("backup", help="copy the whole database, while it is served, and see that it is whole")
    copy.add_argument("out", type=Path, metavar="OUT.sqlite", help="a file that is not there yet")
    copy.set_defaults(run=_backup)
    back = commands.add_parser("restore", help="go back to a copy of the database, unless that would lose something")
    back.add_argument("source", type=Path, metavar="FILE.sqlite")
    back.add_argument("--over", action="store_true", help="also where that loses something; it is kept beside")
    back.set_defaults(run=_restore)
    output.signed(back)
    look = commands.add_parser("verify", help="see whether the database is whole: pages, tables, index, digest")
    look.set_defaults(run=_verify)
    for command in (copy, back, look):
        output.takes_json(command)


def _backup(engine: Engine, options: argparse.Namespace) -> int:
    database.check(engine)
    path = database.path_of(engine)
    if path is None:
        raise DatabaseFault("a database that is no file of its own cannot be copied")
    try:
        with progress_line.shown("Copying the database") as progress:
            copy = backup.copied(path, options.out, between(progress, 0.0, COPIED))
            digest = _looked_over(copy, between(progress, COPIED, 1.0))
    except backup.CopyFault as fault:
        raise DatabaseFault(str(fault)) from fault
    with copy.path.open("rb") as file:
        sha256 = hashlib.file_digest(file, "sha256").hexdigest()
    if options.json:
        output.in_json({"copy": str(copy.path), "sha256": sha256, "digest": digest, "rows": copy.rows})
        return 0
    print(f"{copy.path}: a whole copy, with {number_of(copy.rows['finding'], 'finding')}, "
          f"{number_of(copy.rows['load'], 'load')}, {number_of(copy.rows['meeting'], 'meeting')}; "
          f"digest of the evidence {digest[:12]}, SHA-256 of the file {sha256}")  # fmt: skip
    return 0


def _looked_over(copy: backup.Copy, progress) -> str:  # type: ignore[no-untyped-def]
    """Return the digest of a copy's evidence; a copy that is not whole is taken away, and told."""
    with database.opened(f"sqlite:///{copy.path}", read_only=True) as engine:
        faults = verification.faults(engine, progress)
        version = database.ask(engine, database.data_version)
    if faults:
        copy.path.unlink()
        raise DatabaseFault(f"the database is not whole, so no copy is kept: {'; '.join(faults[:3])}")
    return version.digest


def _restore(engine: Engine, options: argparse.Namespace) -> int:
    with progress_line.shown("Going back to a copy") as progress:
        done = restore(engine, options.source, options.who, options.over, progress)
    if options.json:
        output.in_json(
            {
                "from": str(done.source),
                "kept": done.kept.name if done.kept else None,
                "meetings": done.meetings.name if done.meetings else None,
            }
        )
    else:
        print(done)
    return 0


def _verify(engine: Engine, options: argparse.Namespace) -> int:
    with progress_line.shown("Looking at the database") as progress:
        faults = verification.faults(engine, progress)
    path = database.path_of(engine)
    if options.json:
        output.in_json({"faults": faults})
    elif faults:
        print(f"{path} is not whole:", *faults, database.GO_BACK, sep="\n  ")
    else:
        print(f"{path} is whole")
    return int(bool(faults))
