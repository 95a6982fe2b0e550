"""A reader at a browser: opens pages, waits until they stand still, and notes what the browser asked for and said."""

import re
from contextlib import AbstractContextManager
from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, ConsoleMessage, Locator, Page, expect

from components.frame.shell import PLACES, MenuPage
from tests.browser.answers import Conversation

LAUNCH = (
    "--no-sandbox",
    "--disable-background-networking",
    "--use-angle=swiftshader",
    "--enable-unsafe-swiftshader",
    "--disable-gpu-compositing",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
)
"""Maps are drawn in software by SwiftShader, and all else without it, for a third less of processor time. The last one
unplugs the network: no name but this machine's own number is found."""
LOCAL_SCHEMES = ("data", "blob", "about")
PATIENCE = 30_000
"""Milliseconds; two busy cores draw a map in software."""
STILL = "[data-testid=stApp][data-test-script-state=notRunning][data-test-connection-state=CONNECTED]"
DRAWN = """([still, place]) => {
    const figures = {
        '[data-testid=stPlotlyChart]': '.js-plotly-plot .main-svg',
        '[data-testid=stDeckGlJsonChart]': 'canvas',
        '[data-testid=stDataFrame]': 'canvas',
    };
    const skeleton = document.querySelector('[data-testid=stSkeleton]');
    const opened = () => document.querySelector('.eyebrow')?.textContent.trim() === place
        && document.querySelector('h1')?.checkVisibility();
    return document.querySelector(still) && !skeleton && (place === null || opened())
        && Object.entries(figures).every(([figure, inside]) =>
            [...document.querySelectorAll(figure)].every(one => one.querySelector(inside)));
}"""
"""Whether the script has run, nothing is a placeholder, every figure is there, and the page asks this question."""
TELL_REFUSED = """addEventListener('securitypolicyviolation', refused =>
    policyRefused(`${refused.effectiveDirective} ${refused.blockedURI}`))"""
"""Has each page tell what its browser refused by the content security policy."""

expect.set_options(timeout=PATIENCE)


class Reader:
    """One tab of a browser, with a log of its console errors, of every address it asked for, and of what it refused."""

    def __init__(self, context: BrowserContext, address: str) -> None:
        self.address = address
        self.errors: list[str] = []
        self.asked_for: list[str] = []
        self.refused: list[str] = []
        context.set_default_timeout(PATIENCE)
        context.on("request", lambda request: self.asked_for.append(request.url))
        context.expose_binding("policyRefused", lambda _, what: self.refused.append(what))
        context.add_init_script(TELL_REFUSED)
        self.page: Page = context.new_page()
        self._conversation = Conversation(self.page)
        self.page.on("websocket", lambda socket: self.asked_for.append(socket.url))
        self.page.on("console", self._note_console)
        self.page.on("pageerror", lambda error: self.errors.append(f"{error}"))

    def _note_console(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self.errors.append(f"{message.text} ({message.location.get('url', '')})")

    def open(self, script: str, query: str = "") -> None:
        """Open a page of the dashboard by its address, and wait until all of it is drawn."""
        path = "" if script == PLACES[0].script else script
        self.page.goto(f"{self.address}/{path}{'?' if query else ''}{query}")
        self.wait_for(place(script))

    def turn_to(self, script: str) -> None:
        """Go to another page by the menu, and wait until all of it is drawn."""
        title = place(script).title
        if place(script).section:
            self.page.get_by_test_id("stTopNavSection").click()
            self.page.get_by_test_id("stTopNavDropdownLink").filter(has_text=re.compile(rf"^\s*{title}\s*$")).click()
        else:
            self.menu(title).click()
        self.wait_for(place(script))

    def menu(self, title: str) -> Locator:
        """Return a page's link in the menu."""
        return self.page.get_by_test_id("stTopNavLink").filter(has_text=re.compile(rf"^\s*{title}\s*$"))

    def wait_for(self, wanted: MenuPage) -> None:
        """Wait until a page has opened with its question and its answer, and all of it is drawn."""
        self.page.wait_for_function(DRAWN, arg=[STILL, wanted.question])

    def wait_until_drawn(self) -> None:
        """Wait until the script has run, nothing is a placeholder and every figure is there."""
        self.page.wait_for_function(DRAWN, arg=[STILL, None])

    def answered(self) -> AbstractContextManager[None]:
        """Wait, after what is done within, until the server has heard of it and the page has its answer."""
        return self._conversation.answered()

    def words(self) -> str:
        """Return all text of the page's main part, with single spaces."""
        return " ".join(self.page.get_by_test_id("stMain").inner_text().split())

    def query(self) -> str:
        """Return what stands after the question mark in the address bar."""
        return urlsplit(self.page.url).query

    def foreign(self) -> list[str]:
        """Return every address asked for that is not the server's own."""
        own = urlsplit(self.address).netloc
        parts = [(asked, urlsplit(asked)) for asked in self.asked_for]
        return [asked for asked, part in parts if part.netloc != own and part.scheme not in LOCAL_SCHEMES]


def place(script: str) -> MenuPage:
    """Return the page of the menu that a script draws."""
    return next(place for place in PLACES if place.script == script)
