"""A roundtable in real browsers: the wall, the speaker's window and two phones at once, cut off and back again."""

import os
import re
import shutil
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
import segno
from openpyxl import load_workbook
from playwright.sync_api import Locator, Page, expect
from pptx import Presentation

from tests.browser.reader import DRAWN, STILL, Reader
from tests.browser.server import ROUNDTABLE, Server, free_port
from tests.browser.test_screenshots import KEPT, keep
from tests.browser.visits import unexcepted

SAID = "<b>More</b> benches, =1+1 🙂"
PLACE = "The old baths, Darlington"
NOTED = "The hall was kept by those who use it"
BUSY = """() => void setTimeout(() => {
  const free = performance.now() + 1200;
  while (performance.now() < free);
})"""
"""Keeps a window busy for longer than it takes until it draws itself anew, so that this falls due meanwhile."""


class Room:
    """A roundtable on a server of the test's own, which can die and come back at the same address."""

    def __init__(self, path: Path, opened) -> None:
        self.path, self.opened, self.port = path, opened, free_port()
        self.serve()

    def serve(self) -> None:
        self.server = Server(self.path, self.port, start=ROUNDTABLE)
        self.server.wait_until_it_serves()
        self.passphrase = re.findall(r"shown only now: +(.+)", self.server.output())[0]

    def reader(self, width: int, height: int) -> Reader:
        return self.opened(self.server, width, height)

    def phone(self) -> "Phone":
        return Phone(self.reader(390, 844))


class Phone:
    """One phone in the room."""

    def __init__(self, reader: Reader) -> None:
        self.reader, self.page = reader, reader.page

    def follow(self, query: str = "") -> "Phone":
        self.page.goto(f"{self.reader.address}/follow{query}")
        return self

    def is_on(self, words: str) -> None:
        expect(self.page.locator(".room-page h2.message")).to_contain_text(words)

    def button(self, name: str) -> Locator:
        return self.page.get_by_role("button", name=name)

    def tick(self, name: str, on: bool = True) -> None:
        """Tick a box by its label, or take the tick away."""
        self.page.get_by_role("checkbox", name=name).set_checked(on)

    def send(self) -> None:
        """Send what the form holds, and wait until it counts."""
        self.button("Send my answer").click()
        expect(self.page.get_by_text("Your answer was received")).to_be_visible()


class Desk:
    """The presenter's browser: Roundtable, and the windows that it opens."""

    def __init__(self, room: Room) -> None:
        self.room, self.reader = room, room.reader(1280, 900)
        self.page = self.reader.page

    def enter(self, page=None) -> None:
        words = (page or self.page).locator("input[type=password]")
        words.fill(self.room.passphrase)
        words.press("Enter")

    def start(self, briefing: str) -> str:
        """Start a meeting on a briefing and return the room's letters."""
        self.page.goto(f"{self.reader.address}/meeting")
        self.enter()
        self.page.get_by_test_id("stSelectbox").first.click()
        self.page.get_by_role("option", name=briefing).click()
        expect(self.page.get_by_text("Region or nation")).to_have_count(0)
        self.page.get_by_role("textbox", name="Place").fill(PLACE)
        self.page.get_by_role("button", name="Start", exact=True).click()
        return self.page.locator(".letters").inner_text()

    def window(self, name: str, width: int, height: int):
        """Open one of the meeting's windows: a tab of the same browser, let in by what the first was given."""
        page = self.page.context.new_page()
        page.set_viewport_size({"width": width, "height": height})
        page.goto(f"{self.reader.address}/{self.page.get_by_role('link', name=name).get_attribute('href')}")
        return page


@pytest.fixture
def room(shipped_file: Path, tmp_path: Path, new_reader) -> Iterator[Room]:
    path = tmp_path / "room.sqlite"
    shutil.copy(shipped_file, path)
    room = Room(path, new_reader)
    yield room
    room.server.end()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return where pictures go: the docs where they are asked for, else nowhere that lasts."""
    return KEPT if os.environ.get("SCREENSHOTS") else tmp_path


def test_a_room_follows_answers_and_comes_back_when_its_server_was_killed(room: Room, folder: Path):
    desk = Desk(room)
    letters = desk.start("Social infrastructure: what the evidence says")
    speaker, wall = desk.window("Speaker's window", 1280, 900), desk.window("On the wall", 1920, 1080)

    # One phone scans, one types the letters; both are on the wall's slide.
    scanned = room.phone().follow(_path_in_code(desk, letters))
    typed = room.phone().follow()
    typed.page.get_by_label("The four letters on the wall").fill(letters.lower())
    typed.button("Join").click()
    for phone in (scanned, typed):
        phone.is_on("Social infrastructure: what the evidence says")
    expect(speaker.get_by_text("2 participants")).to_be_visible()

    # Before the slides the wall says title, place and letters.
    expect(wall.locator("h1.message")).to_have_text("Social infrastructure: what the evidence says")
    expect(wall.locator(".title-page .place")).to_have_text(PLACE)
    expect(wall.locator(".title-page .letters")).to_have_text(letters)
    assert unexcepted(Window(wall)) == []
    wall.screenshot(path=folder / "wall_opening.png")

    # A key on the wall moves the phones, the speaker's window, and nothing that a phone has not asked for.
    expect(wall.locator("output[data-listening=yes]")).to_be_attached()
    wall.keyboard.press("PageDown")
    for phone in (scanned, typed):
        phone.is_on("What is here")
    keep(scanned.page.screenshot(), folder / "follow.png", 390, 844)
    expect(wall.locator("h1.message")).to_contain_text("What is here")
    wall.keyboard.press("PageDown")
    for phone in (scanned, typed):
        phone.is_on("definitions count in")
    expect(wall.locator("h1.message")).to_contain_text("definitions count in")
    way_in, title = (wall.locator(part).bounding_box() for part in (".wall-join", "h1.message"))
    assert way_in["y"] + way_in["height"] <= title["y"]  # how to join lies on no part of the slide
    expect(speaker.get_by_text("slide 2 of 12")).to_be_visible()

    # The room answers; nobody sees results before they are shown; an answer is changed and counted once.
    speaker.get_by_role("button", name="Open the question").click()
    for phone in (scanned, typed):
        phone.tick("Physical places")
        phone.send()
    expect(speaker.get_by_role("heading", name="2 of 2 participants answered")).to_be_visible()
    # The speaker's window has brought the question to the wall, which counts by itself, with the code where wanted.
    expect(wall.locator("h1.asked")).to_have_text("What would you count in as social infrastructure?")
    expect(wall.locator(".wall-answered")).to_have_text("Open for answers: 2 of 2 participants answered")
    speaker.get_by_role("button", name="Code to join").click()
    expect(wall.locator(".wall-code .letters")).to_have_text(letters)
    code, asked = (wall.locator(part).bounding_box() for part in (".wall-code", "h1.asked"))
    assert asked["x"] + asked["width"] <= code["x"]
    assert [phone.page.locator(".room-results").count() for phone in (scanned, typed)] == [0, 0]
    scanned.tick("Physical places", False)
    speaker.get_by_role("button", name="Results to the room").click()
    expect(wall.locator(".wall-results td.number")).to_have_count(8)
    row = typed.page.locator(".room-results tr", has_text="Physical places")
    expect(row.locator("td.number")).to_have_text("2")

    # What is half filled in stays when the slide above it changes; what counts is there again after a reload.
    expect(scanned.page.locator(".room-results")).to_be_visible()
    expect(scanned.page.get_by_role("checkbox", name="Physical places")).not_to_be_checked()
    scanned.tick("Digital")
    scanned.send()
    expect(row.locator("td.number")).to_have_text("1")
    scanned.page.reload()
    expect(scanned.page.get_by_role("checkbox", name="Digital")).to_be_checked()
    expect(scanned.page.get_by_role("checkbox", name="Physical places")).not_to_be_checked()
    expect(typed.page.get_by_role("heading", name="2 of 2 participants answered")).to_be_visible()
    for one in (scanned.reader, Window(speaker), Window(wall)):
        assert unexcepted(one) == []
    # It draws small what the wall shows, and what comes next.
    expect(speaker.locator(".thumbnail .told")).to_have_text(
        ["What would you count in as social infrastructure?", re.compile("^How sure")]
    )
    speaker.screenshot(path=folder / "speaker.png", full_page=True)
    wall.screenshot(path=folder / "wall_results.png")

    # It comes back by itself from a server that was killed: same slide, then the next.
    room.server.kill()
    expect(typed.page.get_by_text("The connection is lost")).to_be_visible()
    room.serve()
    expect(typed.page.locator(".room-lost")).to_be_empty()
    typed.is_on("definitions count in")
    speaker.reload()
    desk.enter(speaker)
    expect(speaker.get_by_role("heading", name="2 of 2 participants answered")).to_be_visible()
    speaker.get_by_role("button", name="Next").click()
    for phone in (scanned, typed):
        phone.is_on("How sure")

    # A follower leaves with the slide's filter, and comes back to where the room is by then.
    typed.button("Sources under this slide").click()
    back = typed.page.get_by_role("link", name=f"Back to the roundtable in room {letters}")
    expect(back).to_be_visible()
    speaker.get_by_role("button", name="Next").click()
    scanned.is_on("Communities speak")
    typed.page.go_back()  # the browser's own, which Streamlit alone would lead to the room's door
    typed.is_on("Communities speak")
    for reader in (scanned.reader, typed.reader, desk.reader):
        assert reader.foreign() == []


def test_texts_are_shown_once_let_through_and_a_second_presenter_may_take_over(room: Room):
    desk = Desk(room)
    letters = desk.start("Social infrastructure: what the evidence says")
    speaker = desk.window("Speaker's window", 1280, 900)
    writer, reader = (room.phone().follow(f"?room={letters}") for _ in range(2))
    reader.is_on("Social infrastructure: what the evidence says")
    for slide in range(1, 5):
        speaker.get_by_role("button", name="Next").click()
        expect(speaker.get_by_text(f"slide {slide} of 12")).to_be_visible()
    speaker.get_by_role("button", name="Open the question").click()
    # Without a network an answer is said not to have arrived, stays as it was written, and is sent again.
    words = writer.page.get_by_role("textbox", name="Your answer")
    words.fill(SAID)
    writer.page.context.set_offline(True)
    writer.button("Send my answer").click()
    expect(writer.page.get_by_text("It did not arrive. Check the connection and send it again.")).to_be_visible()
    writer.page.context.set_offline(False)
    expect(words).to_have_value(SAID)
    writer.send()
    assert unexcepted(writer.reader) == []
    speaker.get_by_role("button", name="Results to the room").click()
    expect(reader.page.get_by_text("No answer has been let through yet.")).to_be_visible()
    speaker.get_by_role("button", name="Let through to the room").click()
    expect(reader.page.locator(".said-texts li")).to_have_text([SAID])
    assert reader.page.locator(".room-page b").count() == 0

    # The network goes and comes: the phone says the one and forgets the other.
    reader.page.context.set_offline(True)
    expect(reader.page.get_by_text("The connection is lost")).to_be_visible()
    reader.page.context.set_offline(False)
    expect(reader.page.locator(".room-lost")).to_be_empty()

    # Another presenter is told who leads, takes over, and the first is told in turn.
    second = room.reader(1280, 900).page
    second.goto(re.sub(r"lead=[^&]+", "lead=another", speaker.url))
    desk.enter(second)
    expect(second.get_by_text("leads this meeting in another window")).to_be_visible()
    expect(second.get_by_role("button", name="Next")).to_be_disabled()
    second.get_by_role("button", name="Take over the lead").click()
    expect(speaker.get_by_text("This window only watches.")).to_be_visible()
    expect(second.get_by_role("button", name="Take over the lead")).to_have_count(0)
    expect(second.get_by_role("button", name="Next")).to_have_count(1)  # the window as it was is gone
    second.get_by_role("button", name="Next").click()
    reader.is_on("Where")

    # A ranking is chosen place by place, each option once; places left out are closed up when it counts.
    _ask(second, 6)
    places = reader.page.get_by_role("combobox", name="choice")
    expect(places).to_have_count(5)
    chosen = [places.first.locator("option").nth(n).inner_text() for n in (2, 1)]
    for place, option in zip((1, 3), chosen, strict=True):
        places.nth(place).select_option(option)
    expect(places.first.locator("option", has_text=chosen[0])).to_be_disabled()
    expect(places.first.locator("option:disabled")).to_have_text(chosen[::-1])
    reader.send()
    assert [places.nth(n).locator("option:checked").inner_text() for n in range(3)] == [*chosen, "None"]
    assert unexcepted(reader.reader) == []

    # To agree takes a key and Enter.
    _ask(second, 8)
    reader.page.get_by_role("radio", name="4: Agree").press("Space")
    reader.page.get_by_role("radio", name="4: Agree").press("Enter")
    expect(reader.page.get_by_text("Your answer was received")).to_be_visible()
    expect(second.get_by_role("heading", name="1 of 2 participants answered")).to_be_visible()
    assert unexcepted(reader.reader) == []

    # At the end the form goes, and what a follower may say of themselves.
    expect(reader.page.get_by_text("About you (optional)")).to_be_visible()
    desk.page.get_by_role("button", name="End the meeting").click()
    desk.page.get_by_role("button", name="End it now").click()
    expect(reader.page.locator(".room-page .pause")).to_have_text(re.compile("This meeting has ended"))
    expect(reader.page.get_by_role("radio")).to_have_count(0)
    expect(reader.page.get_by_text("About you (optional)")).to_have_count(0)


def test_a_press_in_the_speakers_window_counts_once_however_busy_that_is(room: Room):
    desk = Desk(room)
    desk.start("Social infrastructure: what the evidence says")
    speaker = desk.window("Speaker's window", 1280, 900)
    for slide in range(1, 10):
        speaker.wait_for_function(DRAWN, arg=[STILL, None])  # a button that moves from under the pointer is not pressed
        speaker.get_by_role("button", name="Next").hover()
        speaker.mouse.down()
        speaker.evaluate(BUSY)
        speaker.mouse.up()
        expect(speaker.get_by_text(f"slide {slide} of 12")).to_be_visible()
        if slide in (2, 4, 6, 8):  # which ask the room
            speaker.get_by_role("button", name="Open the question").click()
            expect(speaker.get_by_role("button", name="Close the question")).to_be_visible()
            expect(speaker.get_by_text(f"slide {slide} of 12")).to_be_visible()


def _ask(presenter: Page, slide: int) -> None:
    """Move the room on to a slide, one by one, and open its question."""
    told = presenter.get_by_text(re.compile(r"slide \d+ of 12"))
    for number in range(int(told.inner_text().split("slide ")[1].split()[0]), slide):
        presenter.get_by_role("button", name="Next").click()
        expect(presenter.get_by_text(f"slide {number + 1} of 12")).to_be_visible()
    presenter.get_by_role("button", name="Open the question").click()
    expect(presenter.get_by_role("button", name="Close the question")).to_be_visible()


class Window:
    """A further tab, as axe's checks take one."""

    def __init__(self, page) -> None:
        self.page = page


def _path_in_code(desk: Desk, letters: str) -> str:
    """Return the query of the address that the picture of the code holds, which is the one written beneath it."""
    written = desk.page.locator(".join strong").inner_text()
    address = f"http://{written}?room={letters}"
    expected = BytesIO()
    segno.make(address, error="m").save(expected, kind="svg", scale=5, border=2, xmldecl=False)
    drawn = unquote(desk.page.locator(".join img").get_attribute("src"))
    assert re.search(r" d=['\"]([^'\"]+)", drawn)[1] == re.search(r' d="([^"]+)', expected.getvalue().decode())[1]
    assert urlsplit(address).path == "/follow"
    assert urlsplit(address).port == desk.room.port
    return f"?{urlsplit(address).query}"


def test_the_rapporteur_notes_what_is_said_and_the_record_comes_down_as_two_files(room: Room):
    desk = Desk(room)
    desk.page.goto(f"{desk.reader.address}/meeting")
    expect(desk.page.locator("input[type=password]")).to_be_visible()
    assert unexcepted(desk.reader) == []
    desk.start("Social infrastructure: what the evidence says")
    expect(desk.page.locator(STILL)).to_be_attached()
    assert unexcepted(desk.reader) == []

    rapporteur = desk.window("Rapporteur's notes", 1280, 900)
    rapporteur.get_by_role("textbox", name="What was said").fill(NOTED)
    rapporteur.get_by_role("button", name="Keep the note").click()
    expect(rapporteur.locator(".noted")).to_have_text(NOTED)
    record = desk.window("Record", 1280, 900)
    expect(record.locator("h1")).to_have_text("What “Social infrastructure: what the evidence says” left")
    expect(record.locator(STILL)).to_be_attached()
    for page in (rapporteur, record):
        assert unexcepted(Window(page)) == []
        page.set_viewport_size({"width": 390, "height": 844})
        page.wait_for_function("() => innerWidth === 390")
        expect(page.locator(STILL)).to_be_attached()
        assert page.get_by_test_id("stMain").evaluate("main => main.scrollWidth - main.clientWidth") <= 0

    book = load_workbook(_downloaded(record, "Download Excel"), read_only=True)
    assert NOTED in {cell for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row}
    slides = Presentation(_downloaded(record, "Download PowerPoint")).slides
    assert "543 findings from 461 sources" in " ".join(shape.text for shape in slides[1].shapes if shape.has_text_frame)


def _downloaded(page: Page, button: str) -> BytesIO:
    with page.expect_download() as download:
        page.get_by_role("button", name=button).click()
    return BytesIO(download.value.path().read_bytes())
