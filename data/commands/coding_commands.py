"""Codings beside the agreed one: codings load, list, withdraw and reasons; and how far they agree: agreement.

With --json:
agreement: {"between": [names], "rows": [{facet, code, name, compared, findings, used, shared, and agree, kappa, alpha
and overlap, each with _low and _high}]}, what does not apply as null;
codings list: {"codings": [{name, title, covers, file, sha256, who, at}]}.
"""

import argparse
import sys
from pathlib import Path

import pandas as pd
from sqlalchemy import Engine
from sqlmodel import Session

from data.coders import agreement_table, round_loads, rounds
from data.coders.rounds import FACETS
from data.collection import clock, database
from data.collection import codebook as codebooks
from data.collection.access import SEES, Standing, Visitor
from data.commands import output
from data.faults import Fault, Refused, perhaps
from data.filters.filter import parse
from data.filters.wording import number_of

LISTED = ("name", "title", "covers", "file", "sha256", "who", "at")


def add_to(commands) -> None:  # type: ignore[no-untyped-def]
    """Add these commands to a parser's."""
    codings = commands.add_parser("codings", help="bring codings in beside the agreed one, list or withdraw them")
    parts = codings.add_subparsers(required=True, metavar="WHAT")
    load = parts.add_parser("load", help="bring a file of codings in, all of it or none")
    load.add_argument("file", type=Path, metavar="FILE.csv")
    load.add_argument("--name", required=True, help="what to call it; a coding of that name is replaced, and kept")
    load.add_argument("--title", default="", help="what pages call it, such as: Third coding")
    load.add_argument("--covers", default="", metavar="FACETS",
                      help=f"what was coded, of {','.join(FACETS)}; none: what the file has columns for")  # fmt: skip
    load.set_defaults(run=_load)
    held = parts.add_parser("list", help="say which codings are held")
    output.takes_json(held)
    held.set_defaults(run=_list)
    withdraw = parts.add_parser("withdraw", help="withdraw a coding; the one it replaced stands again")
    withdraw.add_argument("name", metavar="NAME")
    withdraw.set_defaults(run=_withdraw)
    reasons = parts.add_parser("reasons", help="bring in why differences were settled: finding_id, why, settled_on")
    reasons.add_argument("file", type=Path, metavar="FILE.csv")
    reasons.set_defaults(run=_reasons)

    between = commands.add_parser("agreement", help="print how far codings agree, by facet and code, as CSV")
    between.add_argument("--between", default="first,second", metavar="NAMES",
                         help="codings to compare, joined by commas; the agreed one is called agreed")  # fmt: skip
    between.add_argument("--filter", default="", metavar="QUERY", help='as in the URL: "region=TLC,TLD&theme=T1.1"')
    output.takes_json(between)
    between.set_defaults(run=_agreement)
    for command in (load, withdraw, reasons):
        output.signed(command)


def _operator(options: argparse.Namespace) -> Visitor:
    """Return who asks: whoever may write the file is an editor."""
    return Visitor(options.who, Standing.EDITOR)


def _load(engine: Engine, options: argparse.Namespace) -> int:
    database.check(engine)
    covers = [facet for facet in options.covers.split(",") if facet]
    if unknown := [facet for facet in covers if facet not in FACETS]:
        raise Refused([Fault("--covers", f"{unknown[0]} is none of {', '.join(FACETS)}{perhaps(unknown[0], FACETS)}")])
    record = round_loads.bring(engine, options.file, options.name, _operator(options), options.title, covers)
    with database.asking(engine, SEES[Standing.EDITOR]) as session:
        coded = rounds.read(session, rounds.refs_of(session))[record.name].coded
    print(f"{record.name}: {number_of(len(coded), 'finding')}; covers {', '.join(record.covers)}")
    return 0


def _list(engine: Engine, options: argparse.Namespace) -> int:
    database.check(engine)
    with Session(engine) as session:
        held = rounds.in_use(session)
    if options.json:
        output.in_json({"codings": [{key: getattr(row, key) for key in LISTED} for row in held]})
        return 0
    for row in held:
        print(f"{row.name}: {row.title}; covers {', '.join(row.covers)}; {row.file} ({row.sha256[:12]}), "
              f"brought in by {row.who} on {clock.stamp(row.at)}")  # fmt: skip
    return 0


def _withdraw(engine: Engine, options: argparse.Namespace) -> int:
    database.check(engine)
    print(f"withdrawn: {round_loads.withdraw(engine, options.name, _operator(options)).title}")
    return 0


def _reasons(engine: Engine, options: argparse.Namespace) -> int:
    database.check(engine)
    print(f"reasons added: {round_loads.bring_reasons(engine, options.file, _operator(options))}")
    return 0


def _agreement(engine: Engine, options: argparse.Namespace) -> int:
    database.check(engine)
    with database.asking(engine, SEES[Standing.EDITOR]) as session:
        codebook = codebooks.read(session)
        wanted, ignored = parse(options.filter, codebook)
        for part in ignored:
            print(f"ignored {part}", file=sys.stderr)
        chosen = _chosen(agreement_table.held(session, wanted, codebook), options.between)
    table = agreement_table.compare(chosen, codebook)
    if options.json:
        output.in_json({"between": [one.name for one in chosen], "rows": output.rows_of(table)})
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
