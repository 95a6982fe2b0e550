"""The server in use for a long time: python -m benchmarks.soak [--minutes 40].

Readers, phones and a presenter use it as on a long day; every minute its memory, open files, threads and sessions are
noted. It is judged once all that is kept for a time or up to a number has filled: a visitor who left is known for a
quarter of an hour, and some thousands of answers are remembered.
"""

import argparse
import asyncio
import json
import sys
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

import pandas as pd
import psutil
from sqlalchemy import Engine

from benchmarks import counted_serving
from benchmarks.report import Limit, Part, machine
from benchmarks.soak_visitors import PHONES, PRESENTER, READERS, Room, Seen, Visits, fetched
from benchmarks.users import serving
from data.collection import codebook as codebooks
from data.collection import database
from data.importing.loads import loading
from data.meeting import results, rooms
from data.presenting import toml_files

MINUTES, EVERY = 40.0, 60.0
WARMING = 0.4
"""The share of the time after which memory is judged: of forty minutes sixteen, one more than visitors are known."""
SERVER = ("benchmarks.counted_serving",)
BRIEFING = "what-the-evidence-says"
MOST_GROWN_MIB, MOST_GROWN_FILES, MOST_GROWN_THREADS = 20.0, 5.0, 5.0
NAMES = {
    "mib": "memory, MiB",
    "files": "open files",
    "threads": "threads",
    "connected": "sessions connected",
    "known": "sessions known, with those that left of late",
    "blocks": "blocks of memory that Python holds",
}
"""What is noted each minute, as the table says it."""


class Reading(NamedTuple):
    """What the server held at one moment: memory, files and threads by the system's count, the rest by its own."""

    mib: float
    files: int
    threads: int
    connected: int
    known: int
    blocks: int


def run(minutes: float) -> Part:
    """Serve the shipped evidence as `make run` does, have it used for so many minutes, and say what it held."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "evidence.sqlite"
        engine = database.open_engine(f"sqlite:///{path}")
        loading.load(engine, loading.shipped())
        room = _room(engine)
        with serving(path, start=SERVER) as (address, process):
            visits = Visits(address, room, minutes * 60)
            readings = asyncio.run(_watched(visits, process, min(EVERY, minutes * 60 / 10)))
        lost = _lost(room, visits.seen.confirmed)
        engine.dispose()
    return judged(readings, visits.seen, lost, minutes)


def _room(engine: Engine) -> Room:
    briefing = toml_files.read((toml_files.FOLDER / f"{BRIEFING}.toml").read_text(encoding="utf-8"), BRIEFING)
    return Room(engine, rooms.start(engine, briefing, "", PRESENTER), briefing, database.ask(engine, codebooks.read))


async def _watched(visits: Visits, process: psutil.Process, every: float) -> list[Reading]:
    """Return what the server held before anyone came and then every so many seconds, until all have left."""
    readings = [await asyncio.to_thread(_read, visits.address, process)]
    under_way, next_one = asyncio.create_task(visits.all()), time.monotonic() + every
    while not under_way.done():
        await asyncio.wait([under_way], timeout=max(0.0, next_one - time.monotonic()))
        if not under_way.done():
            readings.append(await asyncio.to_thread(_read, visits.address, process))
            print(f"{len(readings) - 1:4}  {_told(readings[-1])}", flush=True)
            next_one += every
    await under_way
    return readings


def _read(address: str, process: psutil.Process) -> Reading:
    kept = json.loads(fetched(f"http://{address}{counted_serving.PATH}"))
    mib = process.memory_info().rss / 2**20
    return Reading(round(mib, 1), process.num_fds(), process.num_threads(), **kept)


def _told(reading: Reading) -> str:
    return ", ".join(f"{name} {value:,}" for name, value in reading._asdict().items())


def _lost(room: Room, confirmed: Mapping[tuple[str, str], list[str]]) -> int:
    """Return how many of the newest answers that were confirmed the results do not count, by slide."""
    lost = Counter[str]()
    for slide in room.briefing.slides:
        if slide.question:
            choices = slide.question.choices(room.codebook)
            found = database.ask(room.engine, results.results, room.meeting.id, slide.ref, slide.question, choices)
            wanted = Counter(code for (_, ref), value in confirmed.items() if ref == slide.ref for code in value)
            lost += wanted - Counter({option.code: option.chosen for option in found.options})
            lost -= Counter(text.said for text in found.texts)
    return lost.total()


def judged(readings: Sequence[Reading], seen: Seen, lost: int, minutes: float) -> Part:
    """Return the table of what was held, and whether it grew from the first quarter once warm to the last."""
    held = pd.DataFrame(readings, columns=Reading._fields)
    warm = held.iloc[int(len(held) * WARMING) :]
    quarter = max(1, len(warm) // 4)
    grown = warm.iloc[-quarter:].median() - warm.iloc[:quarter].median()
    columns = ["what", "before anyone came", "first once warm", "median once warm", "last", "most"]
    rows = [
        (NAMES[name], *(f"{value:,.0f}" for value in (
            held[name].iloc[0], warm[name].iloc[0], warm[name].median(), held[name].iloc[-1], held[name].max())))
        for name in Reading._fields
    ]  # fmt: skip
    limits = [
        Limit(f"memory once warm grows by at most {MOST_GROWN_MIB:.0f} MiB, first quarter to last",
              float(grown["mib"]), MOST_GROWN_MIB),
        Limit(f"open files grow by at most {MOST_GROWN_FILES:.0f}", float(grown["files"]), MOST_GROWN_FILES),
        Limit(f"threads grow by at most {MOST_GROWN_THREADS:.0f}", float(grown["threads"]), MOST_GROWN_THREADS),
        Limit(f"answers lost of {len(seen.confirmed)} that are the newest of a device to a question", lost, 0),
        Limit(f"failures {seen.failures[:2] or ''}", len(seen.failures), 0),
    ]  # fmt: skip
    title = (
        f"{minutes:g} minutes of {READERS} readers and {PHONES} phones: {seen.came:,} visits, {seen.looks:,} looks, "
        f"{seen.workbooks:,} workbooks, {seen.answers:,} answers"
    )
    return Part(title, pd.DataFrame(rows, columns=columns), limits)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run, print the readings and what came of them, and return 1 where a limit is not met."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.soak", description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--minutes", type=float, default=MINUTES, help=f"how long, {MINUTES:g} if not given")
    minutes = parser.parse_args(arguments).minutes
    print(f"Measured on {machine()}.", flush=True)
    part = run(minutes)
    print(f"\n{part}", flush=True)
    return int(any(limit.measured > limit.most for limit in part.limits))


if __name__ == "__main__":
    sys.exit(main())
