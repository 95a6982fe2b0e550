"""Presenting in a real browser: one walk with the keys alone, then what axe finds and what a wall and a phone show."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.reader import STILL
from tests.browser.test_filter import click_until
from tests.browser.visits import unexcepted

CODE = "briefing=what-the-evidence-says"


class Presenter:
    """Someone before the wall with a keyboard or a clicker."""

    def __init__(self, reader) -> None:
        self.reader, self.page = reader, reader.page

    def open(self, query: str) -> None:
        self.page.goto(f"{self.reader.address}/present?{query}")
        self.is_ready()

    def is_ready(self) -> None:
        expect(self.page.locator("h1.message")).to_be_visible()
        expect(self.page.locator("output[data-listening=yes]")).to_be_attached()
        self.reader.wait_until_drawn()

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)

    def is_at(self, place: int, slides: int = 12) -> None:
        expect(self.page.locator(".slide-place")).to_have_text(re.compile(rf"^{place} of {slides} "))
        expect(self.page).to_have_url(re.compile(rf"[?&]slide={place}(&|$)"))


@pytest.fixture
def presenter(server, new_reader) -> Presenter:
    return Presenter(new_reader(server, 1920, 1080))


def test_a_briefing_is_presented_with_the_keys_alone(presenter):
    page = presenter.page
    presenter.open(CODE)
    for keys, place in (
        (["ArrowRight"], 2), (["PageDown"], 3), ([" "], 4), (["ArrowLeft"], 3), (["PageUp"], 2), (["End"], 12),
        (["Home"], 1), (["6", "Enter"], 6), (["1", "0", "Enter"], 10), (["9", "9", "Enter"], 12), (["6", "Enter"], 6),
        # Three quick presses are three slides, whichever of them is drawn.
        (["ArrowRight", "ArrowRight", "ArrowRight"], 9), (["6", "Enter"], 6),
    ):  # fmt: skip
        presenter.press(*keys)
        presenter.is_at(place)
    for key, shown in (("f", "The findings under this slide"), ("q", "Rank up to 5"), ("b", "The screen is blank")):
        presenter.press(key)
        expect(page.get_by_text(shown).first).to_be_attached()
        presenter.press("Escape")
        presenter.is_at(6)
        expect(page.locator("h1.message")).to_contain_text("Public services that host social infrastructure")
    presenter.press("b")
    expect(page.locator("h1")).to_have_count(0)
    presenter.press("b", "ArrowRight")
    presenter.is_at(7)
    page.reload()
    presenter.is_ready()
    presenter.is_at(7)
    presenter.press("Escape")
    expect(page.get_by_role("heading", name="2 briefings with 20 slides to show")).to_be_visible()
    assert presenter.reader.foreign() == []


def test_the_presenter_drills_into_a_figure_and_comes_back_to_the_slide(presenter):
    page = presenter.page
    presenter.open(f"{CODE}&slide=6")
    bar = page.locator(".js-plotly-plot .bars .point path").first
    click_until(presenter.reader, lambda: bar.click(force=True), "lever=L6")
    expect(page).to_have_url(re.compile(r"/levers\?.*lever=L6\.\d.*role=applied"))
    page.go_back()  # the browser's own, which Streamlit alone would lead to the choice of a briefing
    presenter.is_at(6)
    page.go_forward()
    expect(page).to_have_url(re.compile(r"/levers\?.*lever=L6\.\d.*role=applied"))
    page.get_by_role("link", name="Back to slide 6").click()
    presenter.is_at(6)
    page.get_by_role("link", name="Explore this").click()
    expect(page).to_have_url(re.compile(r"/levers\?lever=L6$"))


def test_the_message_and_the_figure_fill_the_wall_and_can_be_read_from_afar(presenter):
    page = presenter.page
    for slide in (2, 5, 10):
        presenter.open(f"{CODE}&slide={slide}")
        size = page.locator("h1.message").evaluate("element => parseFloat(getComputedStyle(element).fontSize)")
        assert size >= 42
        figure = page.locator(".js-plotly-plot").bounding_box()
        assert figure["height"] > 0.4 * 1080
        assert figure["y"] + figure["height"] < 1080
        smallest = page.evaluate(
            "Math.min(...[...document.querySelectorAll('.js-plotly-plot text')].filter(e => e.textContent.trim())"
            ".map(e => parseFloat(getComputedStyle(e).fontSize)))"
        )
        assert smallest >= 18
        overflow = page.get_by_test_id("stMain").evaluate("element => element.scrollHeight - element.clientHeight")
        assert overflow <= 0
        assert page.locator(".slide-narrow").is_hidden()


@pytest.mark.parametrize(
    "path", [f"present?{CODE}&slide=5", "present?briefing=region", "briefings", f"briefings?{CODE}"]
)
def test_axe_finds_nothing_serious_but_what_the_statement_names(presenter, path):
    presenter.page.goto(f"{presenter.reader.address}/{path}")
    expect(presenter.page.locator("h1")).to_be_visible()
    presenter.reader.wait_until_drawn()
    assert unexcepted(presenter.reader) == []


@pytest.mark.parametrize("path", [f"present?{CODE}&slide=5", f"briefings?{CODE}"])
def test_a_phone_shows_it_without_scrolling_sideways(server, new_reader, path):
    reader = new_reader(server, 390, 844)
    reader.page.goto(f"{reader.address}/{path}")
    expect(reader.page.locator("h1")).to_be_visible()
    expect(reader.page.locator(STILL)).to_be_attached()
    expect(reader.page.locator(".bars").first).to_be_visible()
    expect(reader.page.locator(".js-plotly-plot")).to_be_hidden()
    main = reader.page.get_by_test_id("stMain")
    assert main.evaluate("element => element.scrollWidth - element.clientWidth") == 0
