"""The commands for codings: python -m data codings load | list | withdraw | reasons, and python -m data agreement."""

import argparse
import getpass
import json
import sys
from pathlib import Path

import pandas as pd
from sqlalchemy import Engine
from sqlmodel import Session

from data import codebook as codebooks
from data import database
from data.access import SEES, Standing, Visitor
from data.coders import agreement, bringing, rounds
from data.coders.rounds import FACETS
from data.filters import parse
from data.importing.faults import Fault, Refused, perhaps
from data.wording import number_of


def add_to(commands) -> list[argparse.ArgumentParser]:  # type: ignore[no-untyped-def]
    """Add the commands for codings; return those that take a filter."""
    codings = commands.add_parser("codings", help="bring codings in beside the agreed one, list or withdraw them")
    parts = codings.add_subparsers(required=True, metavar="WHAT")
    load = parts.add_parser("load", help="bring a file of codings in, all of it or none")
    load.add_argument("file", type=Path, metavar="FILE.csv")
    load.add_argument("--name", required=True, help="what to call it; a coding of that name is replaced, and kept")
    load.add_argument("--title", default="", help="what pages call it, such as: Third coding")
    load.add_argument("--covers", default="", metavar="FACETS",
                      help=f"what was coded, of {','.join(FACETS)}; none: what the file has columns for")  # fmt: skip
    load.set_defaults(run=_load)
    parts.add_parser("list", help="say which codings are held").set_defaults(run=_list)
    withdraw = parts.add_parser("withdraw", help="withdraw a coding; the one it replaced stands again")
    withdraw.add_argument("name", metavar="NAME")
    withdraw.set_defaults(run=_withdraw)
    reasons = parts.add_parser("reasons", help="bring in why differences were settled: finding_id, why, settled_on")
    reasons.add_argument("file", type=Path, metavar="FILE.csv")
    reasons.set_defaults(run=_reasons)

    between = commands.add_parser("agreement", help="print how far codings agree, by facet and code, as CSV")
    between.add_argument("--between", default="first,second", metavar="NAMES",
                         help="codings to compare, joined by commas; the agreed one is called agreed")  # fmt: skip
    between.add_argument("--json", action="store_true", help="print a list of objects instead of CSV")
    between.set_defaults(run=_agreement)
    return [between]


def operator() -> Visitor:
    """Return who works on the command line: whoever may write the file is an editor."""
    try:
        return Visitor(getpass.getuser(), Standing.EDITOR)
    except OSError:  # a user without a name, as in some containers
        return Visitor("command line", Standing.EDITOR)


def _load(engine: Engine, options: argparse.Namespace) -> int:
    database.check(engine)
    covers = [facet for facet in options.covers.split(",") if facet]
    if unknown := [facet for facet in covers if facet not in FACETS]:
        raise Refused([Fault("--covers", f"{unknown[0]} is none of {', '.join(FACETS)}{perhaps(unknown[0], FACETS)}")])
    record = bringing.bring(engine, options.file, options.name, operator(), options.title, covers)
    with Session(engine) as session:
        coded = rounds.read(session, rounds.refs_of(_as_editor(session)))[record.name].coded
    print(f"{record.name}: {number_of(len(coded), 'finding')}; covers {', '.join(record.covers)}")
    return 0


def _as_editor(session: Session) -> Session:
    session.info["access"] = SEES[Standing.EDITOR]
    return session


def _list(engine: Engine, options: argparse.Namespace) -> int:
    database.check(engine)
    with Session(engine) as session:
        for row in rounds.in_use(session):
            print(f"{row.name}: {row.title}; covers {', '.join(row.covers)}; {row.file} ({row.sha256[:12]}), "
                  f"brought in by {row.who} on {row.at:%Y-%m-%d %H:%M} UTC")  # fmt: skip
    return 0


def _withdraw(engine: Engine, options: argparse.Namespace) -> int:
    database.check(engine)
    print(f"withdrawn: {bringing.withdraw(engine, options.name, operator()).title}")
    return 0


def _reasons(engine: Engine, options: argparse.Namespace) -> int:
    database.check(engine)
    print(f"reasons added: {bringing.bring_reasons(engine, options.file, operator())}")
    return 0


def _agreement(engine: Engine, options: argparse.Namespace) -> int:
    database.check(engine)
    with Session(engine) as session:
        codebook = codebooks.read(_as_editor(session))
        wanted, ignored = parse(options.filter, codebook)
        for part in ignored:
            print(f"ignored {part}", file=sys.stderr)
        table = agreement.compare(_chosen(agreement.held(session, wanted, codebook), options.between), codebook)
    if options.json:
        rows = table.astype(object).where(table.notna(), None).to_dict("records")
        print(json.dumps(rows, ensure_ascii=False, indent=1))
    else:
        _whole_numbers(table).to_csv(sys.stdout, index=False, float_format="%.4f")
    return 0


def _whole_numbers(table: pd.DataFrame) -> pd.DataFrame:
    return table.astype({"used": "Int64", "shared": "Int64"})


def _chosen(held: dict[str, rounds.Round], names: str) -> list[rounds.Round]:
    asked = list(dict.fromkeys(name.strip() for name in names.split(",") if name.strip()))
    for name in asked:
        if name not in held:
            reason = f"there is no coding of the name {name}; there are {', '.join(held)}{perhaps(name, held)}"
            raise Refused([Fault("--between", reason)])
    if len(asked) < 2:
        raise Refused([Fault("--between", "name at least two codings, such as first,second")])
    return [held[name] for name in asked]
