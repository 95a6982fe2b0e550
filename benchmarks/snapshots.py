"""What the snapshot of a collection costs: the seconds of making it, which a load asks for once, and its memory."""

import sys
import time
from pathlib import Path
from statistics import median

import numpy as np
import pandas as pd
from sqlalchemy import Engine

from benchmarks.report import Part, milliseconds
from data.collection import database
from data.collection.snapshot.columns import Snapshot
from data.collection.snapshot.making import read
from models import Access

RUNS = 3


def run(folder: Path, findings: int) -> Part:
    """Make the snapshot of each level some times over, and take the median time and its size."""
    engine = database.open_engine(f"sqlite:///{folder / 'evidence.sqlite'}")
    rows = []
    for level in Access:
        seconds, snapshot = zip(*(_made(engine, level) for _ in range(RUNS)), strict=True)
        rows.append((str(level), milliseconds(median(seconds)), f"{size(snapshot[0]) / 2**20:.0f}"))
    engine.dispose()
    table = pd.DataFrame(rows, columns=["level of access", "made in, ms", "holds, MiB"])
    return Part(f"The snapshot of {findings:,} findings", table)


def _made(engine: Engine, level: Access) -> tuple[float, Snapshot]:
    start = time.perf_counter()
    made = database.ask(engine, read, level, level=level)
    return time.perf_counter() - start, made


def size(snapshot: Snapshot) -> int:
    """Return the bytes that a snapshot's arrays and texts take."""
    held = list(vars(snapshot).values())
    held += [value for links in (*snapshot.links.values(), snapshot.about) for value in vars(links).values()]
    arrays = {id(value): value.nbytes for value in held if isinstance(value, np.ndarray)}
    texts = [text for value in held if isinstance(value, tuple) for text in value]
    return sum(arrays.values()) + sum(map(sys.getsizeof, texts)) + 8 * len(texts)
