"""The shipped evidence as components ask for it, without a page; and a server that cannot reach anything beyond it."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine

from components.store import store
from tests.browser.server import Server, serving

HOSTS = ("--server.allowedHosts", "127.0.0.1")
DEAD_END = """
import os, socket, sys

OWN = {None, "", b"", "127.0.0.1", "::1", "localhost", "0.0.0.0", "::"}

def refuse(event, arguments):
    if event == "socket.connect" and arguments[0].type == socket.SOCK_DGRAM:
        return  # sends nothing; it tells from which address one would
    if event in ("socket.connect", "socket.sendto"):
        host = arguments[1][0] if isinstance(arguments[1], tuple) else None
    elif event in ("socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr"):
        host = arguments[0][0] if isinstance(arguments[0], tuple) else arguments[0]
    else:
        return
    if host not in OWN:
        with open(os.environ["ASKED_BEYOND"], "a") as kept:
            print(event, host, file=kept)
        raise OSError(f"a test let {event} of {host} reach a dead end")

sys.addaudithook(refuse)
"""
"""Read by Python as it starts: whatever would leave the machine, or ask for a name, is written down and fails."""


@pytest.fixture
def shown(loaded: Engine, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Ask the shipped evidence, beside any page."""
    monkeypatch.setenv("DATABASE_URL", str(loaded.url))
    store.forget()
    with store.beside_the_page():
        yield
    store.forget()


@pytest.fixture(scope="session")
def asked_beyond(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the file in which the server notes what it would have asked of other machines."""
    return tmp_path_factory.mktemp("beyond") / "asked.txt"


@pytest.fixture(scope="session")
def server(shipped_file: Path, asked_beyond: Path) -> Iterator[Server]:
    """Return a dashboard on the shipped evidence whose way to other machines is a dead end.

    Tests that use it stand in one group, so that one is started for all: `pytest.mark.xdist_group("served")`.
    """
    (asked_beyond.parent / "sitecustomize.py").write_text(DEAD_END, encoding="utf-8")
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("ASKED_BEYOND", str(asked_beyond))
        patched.setenv("PYTHONPATH", str(asked_beyond.parent), prepend=os.pathsep)
        with serving(shipped_file, settings=HOSTS) as running:
            yield running
