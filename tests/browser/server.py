"""A dashboard of the test's own, started as users start it, on a free port and a database of its own."""

import os
import queue
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
START_SECONDS = 90
DASHBOARD = ("streamlit", "run", "components/server/serving.py", "--server.port")
ROUNDTABLE = ("components.server.roundtable", "--port")
"""The modules that `make run` and `make roundtable` start, with what comes before the port."""


class Server:
    """A running dashboard: its address, and all that it has printed."""

    def __init__(
        self,
        database: Path,
        port: int | None = None,
        settings: Sequence[str] = (),
        start: Sequence[str] = DASHBOARD,
        files: int | None = None,
    ) -> None:
        self.port = port or free_port()
        self.address = f"http://127.0.0.1:{self.port}"
        self.lines: list[str] = []
        self._arriving: queue.Queue[str | None] = queue.Queue()
        command = [sys.executable, "-m", *start, str(self.port), *settings]
        if files:
            command = ["sh", "-c", f'ulimit -n {files} && exec "$@"', "sh", *command]
        self.process = subprocess.Popen(
            command, cwd=ROOT, env=environment(database), text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
        )
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def _read(self) -> None:
        for line in self.process.stdout or ():
            self.lines.append(line)
            self._arriving.put(line)
        self._arriving.put(None)

    def wait_until_it_serves(self) -> None:
        """Return once the server has named its address; raise RuntimeError with its output where it ended instead."""
        while True:
            line = self._arriving.get(timeout=START_SECONDS)
            if line is None:
                raise RuntimeError(f"the dashboard ended before it served:\n{self.output()}")
            if "URL:" in line and str(self.port) in line:
                return

    def editors_address(self) -> str:
        """Return the address that the server prints, once it has, and that makes whoever opens it the editor.

        Return nothing where editors come in another way.
        """
        while not (said := next((line for line in self.lines if line.startswith("  Editor")), "")):
            if self._arriving.get(timeout=START_SECONDS) is None:
                raise RuntimeError(f"the dashboard ended before it served:\n{self.output()}")
        return said.partition("Editor: ")[2].strip()

    def output(self) -> str:
        """Return all that the server has printed so far."""
        return "".join(self.lines)

    def kill(self) -> None:
        """End this process at once, as a machine that loses its power would (kill -9), and no other."""
        self.process.kill()
        self.process.wait(timeout=15)
        self._reader.join(timeout=15)

    def end(self) -> None:
        """End this process, and no other."""
        self.process.terminate()
        try:
            self.process.wait(timeout=15)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait(timeout=15)
        self._reader.join(timeout=15)


@contextmanager
def serving(
    database: Path,
    port: int | None = None,
    settings: Sequence[str] = (),
    start: Sequence[str] = DASHBOARD,
    files: int | None = None,
) -> Iterator[Server]:
    """Start a dashboard on a database file, and end it afterwards.

    It may be given more settings of Streamlit's, and fewer open files, as by `ulimit -n`.
    """
    server = Server(database, port, settings, start, files)
    try:
        server.wait_until_it_serves()
        yield server
    finally:
        server.end()


@cache
def count(database: Path, query: str) -> dict[str, int]:
    """Return what `python -m data count --filter QUERY` prints: findings, sources and studies; asked once."""
    said = subprocess.run(
        [sys.executable, "-m", "data", "count", "--filter", query],
        cwd=ROOT, env=environment(database), text=True, capture_output=True, check=True, timeout=60,
    )  # fmt: skip
    pairs = (line.split(": ") for line in said.stdout.splitlines())
    return {key: int(number) for key, number in pairs}


def environment(database: Path) -> dict[str, str]:
    """Return this process's environment with a database of the test's own."""
    return {**os.environ, "DATABASE_URL": f"sqlite:///{database}"}


def free_port() -> int:
    """Return a port of this machine that nothing listens on."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])
