"""A page as one visit finds it: opened once, looked at in every way, and left; the tests judge what was found."""

import re
from dataclasses import dataclass

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize

from tests.browser.reader import Reader
from tests.browser.server import ROOT, Server

STATEMENT = ROOT / "docs" / "accessibility.md"
EXCEPTION = re.compile(r"^\| `([a-z-]+)` \| `([^`]+)` \|", re.M)
PHONE: ViewportSize = {"width": 390, "height": 844}
DESK: ViewportSize = {"width": 1280, "height": 800}


@dataclass(frozen=True)
class Visit:
    """What a visit found: a page's words, errors, whom it asked, what was refused, axe's violations, picture, width."""

    words: str
    exceptions: int
    errors: list[str]
    foreign: list[str]
    asked_for: list[str]
    refused: list[str]
    printed: list[str]
    violations: list[tuple[str, str, str]]
    picture: bytes
    too_wide: int
    """How many pixels of the page lie outside a phone's screen."""


def visit(browser: Browser, server: Server, script: str) -> Visit:
    """Open a page as a desk sees it, let it come to rest, look at all of it, then look again as a phone sees it."""
    printed = len(server.lines)
    context = browser.new_context(viewport=DESK, reduced_motion="reduce")
    let_in(context, server)
    reader = Reader(context, server.address)
    reader.open(script)
    reader.page.wait_for_load_state("networkidle")
    words, exceptions = reader.words(), reader.page.get_by_test_id("stException").count()
    picture, found = reader.page.screenshot(), unexcepted(reader)
    reader.page.set_viewport_size(PHONE)
    too_wide = phone_overflow(reader)
    context.close()
    return Visit(
        words, exceptions, reader.errors, reader.foreign(), reader.asked_for, reader.refused, server.lines[printed:],
        found, picture, too_wide,
    )  # fmt: skip


def let_in(context: BrowserContext, server: Server) -> None:
    """Make a browser the editor's, where the server lets one in by an address."""
    if address := server.editors_address():
        context.request.get(address, max_redirects=0)


def phone_overflow(reader: Reader) -> int:
    """Return how many pixels of a page reach beyond a phone's screen, once it has taken the phone's width."""
    reader.page.wait_for_function(f"() => innerWidth === {PHONE['width']}")
    reader.page.evaluate("() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")
    reader.wait_until_drawn()
    return int(reader.page.evaluate(
        "() => { const main = document.querySelector('[data-testid=stMain]'); return Math.max("
        "main.scrollWidth - main.clientWidth, document.documentElement.scrollWidth - innerWidth) }"
    ))  # fmt: skip


def known() -> set[tuple[str, str]]:
    """Return the exceptions that the accessibility statement names: the rule, and the part that Streamlit draws."""
    return set(EXCEPTION.findall(STATEMENT.read_text(encoding="utf-8")))


def violations(reader: Reader) -> list[tuple[str, str, str]]:
    """Return axe's violations of serious or critical impact: rule, the element's address, its HTML."""
    found = Axe().run(reader.page).response["violations"]
    return [
        (violation["id"], " ".join(map(str, node["target"])), node["html"][:200])
        for violation in found
        if violation["impact"] in ("serious", "critical")
        for node in violation["nodes"]
    ]


def unexcepted(reader: Reader) -> list[tuple[str, str, str]]:
    """Return the violations that lie in no part of the page which the statement excepts from their rule."""
    return [one for one in violations(reader) if not _excepted(reader.page, *one[:2])]


def _excepted(page: Page, rule: str, address: str) -> bool:
    return any(
        rule == of_rule
        and page.evaluate("([at, part]) => !!document.querySelector(at)?.closest(part)", [address, part])
        for of_rule, part in known()
    )
