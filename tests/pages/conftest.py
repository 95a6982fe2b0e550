"""The dashboard as AppTest runs it: always the frame, on a database of the test's own."""

import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from components.slides import warming
from components.store import store, visitor

ROOT = Path(__file__).parents[2]


@pytest.fixture(autouse=True)
def local_user(monkeypatch) -> None:
    """Let the tests' reader in as the local user: a run without a browser holds no grant."""
    monkeypatch.setattr(visitor, "WAYS", (lambda: visitor.LOCAL_USER,))


@pytest.fixture
def open_page(loaded, monkeypatch) -> Iterator[Callable[..., AppTest]]:
    """Return a function that opens a page of the dashboard at a query, on the shipped evidence."""
    monkeypatch.setenv("DATABASE_URL", str(loaded.url))

    def opened(script: str = "overview", query: dict[str, str] | None = None) -> AppTest:
        app = AppTest.from_file(str(ROOT / "dashboard.py"), default_timeout=60)
        for key, value in (query or {}).items():
            app.query_params[key] = value
        app.run()
        return app if script == "overview" else app.switch_page(f"pages/{script}.py").run()

    store.forget()
    yield opened
    wait_until_prepared()


def wait_until_prepared() -> None:
    """Wait until no slide is being prepared beside a page: threads would go on in another test's database."""
    for thread in threading.enumerate():
        if thread.name == warming.THREAD:
            thread.join(timeout=60)
