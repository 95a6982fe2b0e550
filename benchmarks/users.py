"""Many readers at once: real Streamlit sessions over WebSocket, each of which changes its filter every few seconds."""

import asyncio
import os
import secrets
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import cycle
from pathlib import Path
from typing import Any
from urllib.request import urlopen

import pandas as pd
import psutil
import websockets
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.typing import Origin, Subprotocol

from benchmarks.report import Limit, Part, milliseconds

ROOT = Path(__file__).parents[1]
USERS, EVERY, SECONDS = 50, 5.0, 60.0
MOST_SECONDS = 1.0
REGIONS = ("TLC", "TLD", "TLE", "TLF", "TLG", "TLH", "TLI", "TLJ", "TLK", "TLL", "TLM", "TLN")
QUERIES = tuple(
    f"region={region}{more}" for more in ("", "&theme=T1", "&lever=L1", "&strand=community") for region in REGIONS
)
TOKEN = secrets.token_urlsafe(32)
"""What lets an editor in to the servers that are measured, by /enter?token=…; readers hold none."""
DEFAULTS = ("--server.fileWatcherType", "auto", "--runner.postScriptGC", "true")
"""Streamlit's own settings in place of the project's, to show what they cost."""


def run(database: Path, title: str, settings: tuple[str, ...] = (), limited: bool = True) -> Part:
    """Serve a database as `make run` does, let the users in over ten seconds, and time every rerun after the first."""
    with serving(database, settings) as (address, process):
        idle = process.memory_info().rss / 2**20
        later, failures = asyncio.run(_all(address))
        held = process.memory_info().rss / 2**20
    times = pd.Series(later)
    row = (title, len(later), milliseconds(times.median()), milliseconds(times.quantile(0.95)),
           milliseconds(times.max()), len(failures), f"{idle:.0f}", f"{held:.0f}")  # fmt: skip
    columns = [
        "what",
        "reruns",
        "median, ms",
        "95 %, ms",
        "slowest, ms",
        "failures",
        "memory before, MiB",
        "after, MiB",
    ]
    limits = [
        Limit(f"{title}: 95th percentile under {MOST_SECONDS:.0f} s", float(times.quantile(0.95)), MOST_SECONDS),
        Limit(f"{title}: failures {sorted(set(failures))[:2] or ''}", len(failures), 0),
    ]
    heading = f"{USERS} users, each changing a filter every {EVERY:.0f} s for {SECONDS:.0f} s: {title}"
    return Part(heading, pd.DataFrame([row], columns=columns), limits if limited else [])


SERVER = ("streamlit", "run", "components/server/serving.py")
"""The module that `make run` starts, with what comes before its settings."""


@contextmanager
def serving(
    database: Path, settings: tuple[str, ...] = (), start: Sequence[str] = SERVER
) -> Iterator[tuple[str, psutil.Process]]:
    """Serve a database as `make run` does, on a free port; give the address and the process, and end it afterwards."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port = listener.getsockname()[1]
    command = [sys.executable, "-m", *start, "--server.port", str(port), *settings]
    environment = {**os.environ, "DATABASE_URL": f"sqlite:///{database}", "EDITOR_TOKEN": TOKEN}
    process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        address = f"127.0.0.1:{port}"
        _wait_for(f"http://{address}/_stcore/health")
        yield address, psutil.Process(process.pid)
    finally:
        process.terminate()
        process.wait(timeout=30)


def _wait_for(address: str, seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while True:
        try:
            with urlopen(address):
                return
        except OSError:
            if time.monotonic() > end:
                raise
            time.sleep(0.2)


async def _all(address: str) -> tuple[list[float], list[str]]:
    later: list[float] = []
    failures: list[str] = []
    await asyncio.gather(*(_user(number, address, later, failures) for number in range(USERS)))
    return later, failures


async def _user(number: int, address: str, later: list[float], failures: list[str]) -> None:
    await asyncio.sleep(number * 10 / USERS)
    queries = cycle(QUERIES[number % len(QUERIES) :] + QUERIES[: number % len(QUERIES)])
    pages = ("", "levers", "themes", "gaps", "findings")
    try:
        async with _session(address) as stream:
            await _rerun(stream, pages[number % len(pages)], next(queries), failures)
            end = time.perf_counter() + SECONDS
            while time.perf_counter() < end:
                await asyncio.sleep(EVERY)
                later.append(await _rerun(stream, pages[number % len(pages)], next(queries), failures))
    except (OSError, websockets.WebSocketException, TimeoutError) as error:
        failures.append(f"{type(error).__name__}: {error}")


def _session(address: str) -> websockets.connect:
    return websockets.connect(
        f"ws://{address}/_stcore/stream",
        subprotocols=[Subprotocol("streamlit")],
        max_size=None,
        origin=Origin(f"http://{address}"),
    )


async def walk(address: str, page: str, queries: Sequence[str], look: float = 0.0) -> list[float]:
    """Return the seconds of each rerun of one reader who asks a page for one filter after another.

    The reader looks at the first for so many seconds before going on.
    """
    failures: list[str] = []
    async with _session(address) as stream:
        seconds = [await _rerun(stream, page, queries[0], failures)]
        await asyncio.sleep(look)
        seconds += [await _rerun(stream, page, query, failures) for query in queries[1:]]
    if failures:
        raise RuntimeError(f"{page or 'the first page'}: {failures[0]}")
    return seconds


async def _rerun(stream: Any, page: str, query: str, failures: list[str]) -> float:
    """Ask for the page at an address, as a changed filter does, and return the seconds until the script has ended."""
    ask = BackMsg()
    ask.rerun_script.page_name = page
    ask.rerun_script.query_string = query
    start = time.perf_counter()
    await stream.send(ask.SerializeToString())
    while True:
        message = ForwardMsg()
        message.ParseFromString(await asyncio.wait_for(stream.recv(), 60))
        kind = message.WhichOneof("type")
        if kind == "delta" and message.delta.new_element.WhichOneof("type") == "exception":
            failures.append("an exception was shown")
        if kind == "script_finished":
            return time.perf_counter() - start
