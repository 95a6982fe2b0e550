"""One server and one Chromium for the browser tests of a process; each test has a tab with an empty memory."""

import os
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.browser import chromium
from tests.browser.reader import LAUNCH, Reader
from tests.browser.server import Server, serving
from tests.browser.visits import Visit, let_in, visit

HERE = Path(__file__).parent
LOOKING = ("test_paper", "test_present", "test_quiet", "test_reach", "test_screenshots")
"""The tests that look at pages; the others use them. Each half takes about as long as the other."""


def pytest_itemcollected(item: pytest.Item) -> None:
    """Mark a test of this folder, and keep it in one process with the others of its half, so that a server serves them.

    The halves run side by side, or one after the other beside tests that need no browser, so that no core is idle.
    pytest-xdist 3.8 keeps groups together by an id that pytest 9.2 lets nobody set: hence the bound on pytest.
    """
    if HERE in item.path.parents:
        item.add_marker(pytest.mark.browser)
        item.add_marker(pytest.mark.xdist_group("looking" if item.path.stem in LOOKING else "using"))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item):
    """Show what the server printed beneath a test that failed."""
    report = yield
    servers = [value for value in getattr(item, "funcargs", {}).values() if isinstance(value, Server)]
    if report.failed:
        report.sections += [(f"the dashboard on port {server.port}", server.output()) for server in servers]
    return report


@pytest.fixture(scope="session")
def server(shipped_file: Path) -> Iterator[Server]:
    """Return a running dashboard on the shipped evidence."""
    with serving(shipped_file) as running:
        yield running


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Return a Chromium; where there is none, fail in CI and skip elsewhere."""
    path = chromium.found()
    if not path:
        reason = "no Chromium found; run: python tests/browser/chromium.py"
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=path, args=list(LAUNCH))
        yield launched
        launched.close()


@pytest.fixture
def new_reader(browser: Browser) -> Iterator[Callable[..., Reader]]:
    """Return a function that opens a tab on a server, 1280 by 800 where nothing else is said.

    Its memory is empty, but for the grant of the server's editor where that is given by an address. Whatever a test
    does in it, maps, downloads, rooms and all, nothing of it may be refused by the content security policy.
    """
    contexts, readers = [], []

    def opened(server: Server, width: int = 1280, height: int = 800, editor: bool = True) -> Reader:
        context = browser.new_context(
            viewport={"width": width, "height": height}, reduced_motion="reduce", accept_downloads=True
        )
        contexts.append(context)
        if editor:
            let_in(context, server)
        readers.append(Reader(context, server.address))
        return readers[-1]

    yield opened
    for context in contexts:
        context.close()
    assert [reader.refused for reader in readers if reader.refused] == []


@pytest.fixture(scope="session")
def visited(server: Server, browser: Browser) -> Callable[[str], Visit]:
    """Return a function that tells what a visit to a page of the menu found; each page is visited once."""
    return cache(lambda script: visit(browser, server, script))


@pytest.fixture
def reader(server: Server, new_reader: Callable[..., Reader]) -> Reader:
    """Return a tab on the shipped evidence, 1280 by 800."""
    return new_reader(server)
