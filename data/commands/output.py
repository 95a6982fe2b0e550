"""How commands answer: lines for people, or one JSON object for machines, whose keys stay as they are."""

import argparse
import getpass
import json
import sys
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

import pandas as pd

from data.faults import FAULT_COLUMNS, Fault, fault_table
from data.importing.accounts import Account, sentences
from models import Load

COUNTS = ("added", "changed", "withdrawn", "unchanged")
LOAD_KEYS = ("id", "at", "who", "action", "mapping", "replaced", "undoes", *COUNTS, "codebook_changes", "version",
             "digest", "note", "files", "rows")  # fmt: skip


def takes_json(command: argparse.ArgumentParser) -> None:
    """Let a command be asked for JSON."""
    command.add_argument("--json", action="store_true", help="print one JSON object, for machines")


def signed(command: argparse.ArgumentParser) -> None:
    """Let a command be told who asks."""
    command.add_argument("--as", dest="who", default=user(), metavar="NAME", help="who it is recorded under")


def user() -> str:
    """Return the name of the system's user, under which changes are recorded unless another is given."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # no account, as in some containers
        return "command line"


def in_json(values: Mapping[str, Any]) -> None:
    """Print one JSON object."""
    print(json.dumps(values, ensure_ascii=False, indent=1, default=_plain))


def _plain(value: object) -> object:
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%dT%H:%M:%SZ}"
    return value.item() if hasattr(value, "item") else str(value)


def rows_of(table: pd.DataFrame) -> list[dict[str, Any]]:
    """Return a table's rows as JSON takes them: missing values as null."""
    rows: list[dict[str, Any]] = table.astype(object).where(table.notna(), None).to_dict("records")
    return rows


def faults_of(faults: Iterable[Fault]) -> list[dict[str, Any]]:
    """Return faults as JSON takes them: severity, file, sheet, row, column, value, reason."""
    table = fault_table(faults)
    return rows_of(table.rename(columns={FAULT_COLUMNS[-1]: "reason"}))


def load_of(load: Load) -> dict[str, Any]:
    """Return a load's record as JSON takes it: LOAD_KEYS."""
    return {key: getattr(load, key) for key in LOAD_KEYS}


def tell_faults(faults: Iterable[Fault]) -> None:
    """Print faults on standard error, a line each, warnings marked."""
    for fault in faults:
        print(f"warning: {fault}" if fault.warning else str(fault), file=sys.stderr)


def rows_read_of(accounts: Iterable[Account]) -> list[dict[str, Any]]:
    """Return what became of the rows of files as JSON takes it, as a load keeps it too."""
    return [account.record() for account in accounts]


def tell_rows(records: Iterable[Mapping[str, Any]]) -> None:
    """Print what became of the rows of files: the sum of each table, and beneath it which rows were joined and left."""
    for record in records:
        first, *further = sentences(record)
        print("\n  ".join((first, *further)))


def tell_load(load: Load) -> None:
    """Print what a load did, a key and a value a line."""
    for key in COUNTS:
        print(f"{key}: {getattr(load, key)}")
    print(f"data version: {load.version} ({load.digest[:12]})")
    tell_rows(load.rows)
