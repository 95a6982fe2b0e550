"""What a room waits while a large collection is loaded: an answer, a joining and a move of the slide, over and over."""

import multiprocessing
import sqlite3
import time
from collections.abc import Callable
from contextlib import closing
from itertools import count
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

import pandas as pd
from sqlalchemy import Engine

from benchmarks import prepared
from benchmarks.meeting import BRIEFING, PRESENTER
from benchmarks.report import Limit, Part, milliseconds
from data.collection import codebook, database
from data.importing.loads import loading
from data.meeting import answers, leading, rooms
from data.presenting import toml_files

MOST_SECONDS = 2.0
WINDOW = "window-of-the-benchmark"
FORK = multiprocessing.get_context("fork")


def run(findings: int) -> Part:
    """Load a collection in a process of its own, and time what a meeting writes while that holds the database."""
    files = prepared.files(findings)
    with TemporaryDirectory() as folder:
        path = Path(folder) / "evidence.sqlite"
        with database.opened(f"sqlite:///{path}") as engine:
            loading.load(engine, loading.shipped())
            acts = _acts(engine)
        loads = FORK.Process(target=_load, args=(path, files))
        loads.start()
        with database.opened(f"sqlite:///{path}") as engine:
            lags, held = _timed(engine, path, acts, loads)
        loads.join()
        assert loads.exitcode == 0
    return _part(findings, lags, held)


def _load(path: Path, files: Path) -> None:
    with database.opened(f"sqlite:///{path}") as engine:
        loading.load(engine, [files])


Act = Callable[[Engine, int], object]


def _acts(engine: Engine) -> dict[str, Act]:
    """Return what a room does, each by its number, in a meeting on the shipped briefing."""
    briefing = toml_files.read((toml_files.FOLDER / f"{BRIEFING}.toml").read_text(encoding="utf-8"), BRIEFING)
    meeting = rooms.start(engine, briefing, "", PRESENTER).id or 0
    book = database.ask(engine, codebook.read)
    leading.take(engine, meeting, PRESENTER, WINDOW)
    slides = [slide.ref for slide in briefing.slides]
    asking = next(slide for slide in briefing.slides if slide.question and slide.question.choices(book))
    choices = list(asking.question.choices(book)) if asking.question else []

    def answer(engine: Engine, number: int) -> None:
        leading.move(engine, meeting, PRESENTER, WINDOW, asking.ref)
        leading.open_question(engine, meeting, PRESENTER, WINDOW, True)
        answers.answer(engine, meeting, f"device-{number % 300:04}", asking.ref, [choices[number % 2]], book)

    return {
        "an answer, with its question opened": answer,
        "a device joins": lambda engine, number: rooms.join(engine, meeting, f"phone-{number:05}"),
        "the slide moves": lambda engine, number: leading.move(
            engine, meeting, PRESENTER, WINDOW, slides[number % len(slides)]
        ),
    }


def _timed(
    engine: Engine, path: Path, acts: dict[str, Act], loads: multiprocessing.context.ForkProcess
) -> tuple[dict[str, list[float]], float]:
    """Return the seconds of each act while the load held the database, and for how long it did."""
    lags: dict[str, list[float]] = {name: [] for name in acts}
    held = 0.0
    for number in count():
        if not loads.is_alive():
            return lags, held
        begun, locked = time.perf_counter(), _is_locked(path)
        for name, act in acts.items():
            start = time.perf_counter()
            act(engine, number)
            if locked:
                lags[name].append(time.perf_counter() - start)
        time.sleep(0.1)
        held += (time.perf_counter() - begun) * locked
    raise AssertionError


def _is_locked(path: Path) -> bool:
    with closing(sqlite3.connect(path, timeout=0, isolation_level=None)) as other:
        try:
            other.execute("BEGIN IMMEDIATE")
        except sqlite3.OperationalError:
            return True
    return False


def _part(findings: int, lags: dict[str, list[float]], held: float) -> Part:
    rows = [
        (name, f"{len(times):,}", milliseconds(median(times)), milliseconds(max(times))) for name, times in lags.items()
    ]
    table = pd.DataFrame(rows, columns=["what", "times", "median, ms", "longest, ms"])
    longest = max(max(times) for times in lags.values())
    what = f"Confirmed while a load holds the database, here for {held:.1f} s: within {MOST_SECONDS:.0f} s"
    return Part(f"A room during a load of {findings:,} findings", table, [Limit(what, longest, MOST_SECONDS)])
