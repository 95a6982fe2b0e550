"""The benchmarks: python -m benchmarks [PART ...] [--size N] [--write FILE]; --help lists the parts."""

import argparse
import re
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks import (
    growth,
    importing,
    load,
    meeting,
    planning,
    prepared,
    present,
    queries,
    rerun,
    snapshots,
    users,
    waiting,
    workbook,
)
from benchmarks.report import Part, machine
from data.collection import database
from data.importing.loads import loading

SIZE, BOOK = 100_000, 20_000
START, END = "<!-- measured -->", "<!-- /measured -->"
"""What stands between these lines of a document is written anew with --write."""


def parts(size: int) -> dict[str, Callable[[], Iterator[Part]]]:
    """Return each part of the benchmarks by its name."""
    return {
        "load": lambda: iter([load.run(size)]),
        "importing": lambda: iter([importing.run()]),
        "planning": lambda: iter([planning.run(size)]),
        "queries": lambda: iter([snapshots.run(prepared.ready(size), size), queries.run(prepared.ready(size), size)]),
        "workbook": lambda: iter([workbook.run(min(BOOK, size))]),
        "rerun": lambda: iter([rerun.run()]),
        "present": lambda: iter([present.run()]),
        "users": lambda: _users(size),
        "meeting": _meeting,
        "waiting": lambda: iter([waiting.run(size)]),
        "growth": lambda: iter([growth.run([step for step in growth.SIZES if step <= size * 10])]),
    }


@contextmanager
def _shipped() -> Iterator[Path]:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "evidence.sqlite"
        engine = database.open_engine(f"sqlite:///{path}")
        loading.load(engine, loading.shipped())
        engine.dispose()
        yield path


def _meeting() -> Iterator[Part]:
    with _shipped() as path:
        yield meeting.run(path)


def _users(size: int) -> Iterator[Part]:
    with _shipped() as path:
        yield users.run(path, "shipped evidence")
        yield users.run(path, "shipped evidence, Streamlit's own settings", users.DEFAULTS, limited=False)
    yield users.run(prepared.ready(size) / "evidence.sqlite", f"{size:,} findings")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the parts asked for, print their tables, and return 1 where a limit is not met."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("part", nargs="*", help=f"one or more of {', '.join(parts(SIZE))}; none: all")
    parser.add_argument(
        "--size", type=int, default=SIZE, help="findings of the collection; growth goes to ten times it"
    )
    parser.add_argument(
        "--write", type=Path, metavar="FILE", help=f"put the tables between {START} and {END} of a file"
    )
    options = parser.parse_args(arguments)
    known = parts(options.size)
    if unknown := set(options.part) - set(known):
        parser.error(f"there is no part {', '.join(sorted(unknown))}; choose from {', '.join(known)}")
    told, missed = [f"Measured on {machine()}."], 0
    print(told[0], flush=True)
    for name in options.part or known:
        for part in known[name]():
            told.append(str(part))
            missed += sum(limit.measured > limit.most for limit in part.limits)
            print(f"\n{part}", flush=True)
    if options.write:
        text = options.write.read_text(encoding="utf-8")
        measured = "\n\n".join([START, *told, END])
        options.write.write_text(
            re.sub(f"{re.escape(START)}.*{re.escape(END)}", lambda _: measured, text, flags=re.S), encoding="utf-8"
        )
    return int(bool(missed))


if __name__ == "__main__":
    sys.exit(main())
