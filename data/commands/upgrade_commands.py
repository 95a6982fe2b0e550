"""Bringing a database of an older version up to this one.

With --json: {"from": n, "to": n, "copy": the name of the copy beside the file, or null where nothing was to do}.
"""

import argparse
import sys

from sqlalchemy import Engine

from data.collection import database
from data.commands import output, progress_line
from data.safekeeping import own_file
from data.safekeeping.upgrade import Upgrade, bring_up
from models import SCHEMA


def add_to(commands) -> None:  # type: ignore[no-untyped-def]
    """Add the command to a parser's."""
    upgrade = commands.add_parser("upgrade", help="bring a database of an older version up, after a copy of it")
    upgrade.add_argument(
        "--without-meetings", action="store_true", help="go on without the meetings, where their file is lost"
    )
    output.signed(upgrade)
    output.takes_json(upgrade)
    upgrade.set_defaults(run=_upgrade)


def brought_up(engine: Engine, who: str) -> Upgrade | None:
    """Bring the database up, as data/safekeeping/upgrade.py does, with a line on a terminal that says how far it is."""
    with progress_line.shown("Bringing the database up to this version") as progress:
        return bring_up(engine, who, progress)


def before(options: argparse.Namespace) -> Upgrade | None:
    """Bring the database up before a command that writes, and say so where something was done.

    Ctrl-C stops it as it stops a command, and afterwards the command.
    """
    with database.opened() as engine, progress_line.stoppable(engine):
        done = brought_up(engine, options.who)
    if done:
        print(done, file=sys.stderr if options.json else sys.stdout)
    return done


def _upgrade(engine: Engine, options: argparse.Namespace) -> int:
    done = before(options)
    database.check(engine)
    if options.without_meetings and own_file.begin_anew(engine):
        print(f"the meetings of {database.name_of(engine)} are lost; an empty file for new ones is beside it",
              file=sys.stderr if options.json else sys.stdout)  # fmt: skip
    if options.json:
        found = done.found if done else SCHEMA
        output.in_json({"from": found, "to": SCHEMA, "copy": done.copy.name if done else None})
    elif not done:
        print(f"{engine.url.database} has tables {SCHEMA}, as this version does; there is nothing to bring up")
    return 0
