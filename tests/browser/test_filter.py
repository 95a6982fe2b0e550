"""The filter in a real browser: counts, clicks on figures, the address, and the ways back."""

import io
import math
import re
from urllib.parse import parse_qs, unquote

from openpyxl import load_workbook
from playwright.sync_api import Locator, expect

from components.figures.maps import VIEWS
from tests.browser.reader import Reader, place
from tests.browser.server import count, serving
from tests.pages.test_counts import COUNTING, FILTERS, told

STOPS = ("regions", "definitions", "load", "findings")
"""Pages of both menus, with a map and with none, and one that no filter narrows."""


def test_a_walk_by_the_menu_keeps_the_filter_and_its_counts_and_the_console_empty(reader, shipped_file):
    """Through the whole menu it is walked without a browser, in tests/pages/test_counts.py."""
    said = told(count(shipped_file, FILTERS[0]))
    reader.open("overview", FILTERS[0])
    for script in STOPS:
        reader.turn_to(script)
        assert script not in COUNTING or said.search(reader.words()), script
        assert parse_qs(reader.query()) == ({"region": ["TLC"]} if place(script).filtered else {})
    assert (reader.errors, reader.foreign()) == ([], [])


def choose(reader: Reader, facet: str, option: str) -> None:
    """Choose an option of a list in the panel by typing its name, and wait until the server knows."""
    box = reader.page.locator(f".st-key-filter_{facet} input")
    box.fill(option)
    with reader.answered():
        box.press("Enter")


def test_a_choice_in_the_panel_narrows_and_goes_into_the_address(reader, shipped_file):
    reader.open("findings")
    choose(reader, "region", "Wales")
    expect(reader.page).to_have_url(re.compile("region=TLL"))
    numbers = count(shipped_file, "region=TLL")
    expect(reader.page.locator("h1")).to_have_text(re.compile(rf"(^|: ){numbers['findings']} findings, "))


def test_the_panel_stands_still_while_regions_are_chosen_and_the_first_click_on_a_direction_counts(reader):
    reader.open("findings")
    chip = reader.page.locator(".st-key-filter_direction").get_by_role("button", name="impeded")
    before = chip.bounding_box()
    assert before
    for region, code in (("Wales", "TLL"), ("London", "TLI"), ("Scotland", "TLM")):
        choose(reader, "region", region)
        expect(reader.page).to_have_url(re.compile(code))
    reader.page.keyboard.press("Escape")
    expect(reader.page.get_by_role("listbox")).to_have_count(0)
    names = reader.page.get_by_role("group", name="Selected values").locator("> span > span")
    cut = "all => all.filter(one => one.scrollWidth > one.clientWidth).map(one => one.textContent)"
    assert (names.count(), names.evaluate_all(cut)) == (3, [])
    reader.page.mouse.click(before["x"] + 20, before["y"] + before["height"] / 2)
    expect(reader.page).to_have_url(re.compile("direction=impeded"))
    after = chip.bounding_box()
    assert after
    assert (after["x"], after["y"]) == (before["x"], before["y"])


def test_a_choice_of_a_page_outlives_a_reload_and_back_leads_to_it(reader):
    reader.open("themes", "region=TLC")
    reader.page.get_by_role("radio", name="All themes").click()
    expect(reader.page).to_have_url(re.compile("level=fine"))
    reader.page.reload()
    reader.wait_until_drawn()
    expect(reader.page.get_by_role("radio", name="All themes")).to_be_checked()
    reader.turn_to("findings")
    assert parse_qs(reader.query()) == {"region": ["TLC"]}
    reader.page.go_back()
    expect(reader.page.get_by_role("radio", name="All themes")).to_be_checked()
    assert parse_qs(reader.query()) == {"region": ["TLC"], "level": ["fine"]}


def test_a_reload_keeps_the_filter_and_back_and_forward_walk_through_it(reader, shipped_file):
    first, second = (count(shipped_file, query)["findings"] for query in ("region=TLL", "region=TLL&q=library"))
    heading = reader.page.locator("h1")
    reader.open("findings", "region=TLL")
    search = reader.page.get_by_label("Search findings")
    search.fill("library")
    search.press("Enter")
    expect(reader.page).to_have_url(re.compile("q=library"))
    expect(heading).to_have_text(re.compile(rf"(^|: ){second} finding"))
    reader.page.reload()
    reader.wait_until_drawn()
    expect(heading).to_have_text(re.compile(rf"(^|: ){second} finding"))
    reader.page.go_back()
    expect(heading).to_have_text(re.compile(rf"(^|: ){first} finding"))
    assert parse_qs(reader.query()) == {"region": ["TLL"]}
    reader.page.go_forward()
    expect(heading).to_have_text(re.compile(rf"(^|: ){second} finding"))
    expect(search).to_have_value("library")


def test_a_bare_address_that_the_browsers_back_leads_to_is_bare_and_the_tab_says_so(reader):
    reader.open("overview")
    reader.turn_to("findings")
    search = reader.page.get_by_label("Search findings")
    search.fill("library")
    search.press("Enter")
    expect(reader.page).to_have_title("Findings: Search: “library” – Social infrastructure evidence")
    reader.page.go_back()
    expect(reader.page).to_have_title("Findings – Social infrastructure evidence")
    reader.page.go_back()
    expect(reader.page).to_have_title("Overview – Social infrastructure evidence")
    assert reader.query() == ""


def test_three_pages_turned_by_the_menu_are_three_steps_back_each_with_its_filter(reader):
    """Streamlit's history has a page's bare address too, and Back led to the page without its filter."""
    reader.open("regions", "region=TLC")
    steps = ["themes", "levers", "findings"]
    entries = reader.page.evaluate("() => history.length")
    for script, name in zip(steps, ("Themes", "Policy levers", "Findings"), strict=True):
        reader.page.get_by_role("link", name=name, exact=True).click()
        expect(reader.page).to_have_url(re.compile(rf"/{script}\?region=TLC$"))
        reader.wait_until_drawn()
    assert reader.page.evaluate("() => history.length") == entries + len(steps)
    for script in ("levers", "themes", "regions"):
        reader.page.go_back()
        expect(reader.page).to_have_url(re.compile(rf"/{script}\?region=TLC$"))
        expect(reader.page.locator("h1")).to_contain_text("in the North East", ignore_case=True)
        reader.wait_until_drawn()


def test_a_filter_that_is_said_before_its_page_is_named_is_one_step_back_with_it(reader):
    """A slow browser is told the filter of the page that it turns to while it stands at the page that it leaves."""
    reader.open("themes", "region=TLC&level=fine")
    reader.page.keyboard.press("Shift")  # as whoever turns a page presses something
    said = "() => { for (const to of ['themes', 'findings']) history.pushState({}, '', `/${to}?region=TLC`) }"
    entries = reader.page.evaluate("() => history.length")
    reader.page.evaluate(said)
    assert reader.page.evaluate("() => history.length") == entries + 1
    with reader.answered():
        reader.page.go_back()
    expect(reader.page).to_have_url(re.compile(r"/themes\?region=TLC&level=fine$"))
    expect(reader.page.get_by_role("radio", name="All themes")).to_be_checked()


def test_a_cold_deep_link_opens_the_page_in_its_frame(shipped_file, new_reader):
    """Until the menu has been set once, Streamlit runs a page by itself: the first visitor must not see that."""
    with serving(shipped_file) as fresh:
        reader = new_reader(fresh)
        reader.open("levers", "lever=L1")
        expect(reader.page.get_by_role("heading", name="What are you looking for?")).to_be_visible()
        expect(reader.page.locator("h1")).to_have_text(re.compile("^Funding and investment: where applied, "))
        assert parse_qs(reader.query()) == {"lever": ["L1"]}


def on_map(canvas: Locator, latitude: float, longitude: float) -> dict[str, float]:
    """Return where a place lies on the UK map as it opens, in pixels of its canvas (Web Mercator, tiles of 512)."""
    view, box = VIEWS["UK"], canvas.bounding_box()
    assert box

    def northing(degrees: float) -> float:
        return math.log(math.tan(math.pi / 4 + math.radians(degrees) / 2)) / (2 * math.pi)

    world = 512 * 2**view.zoom
    return {
        "x": box["width"] / 2 + world * (longitude - view.longitude) / 360,
        "y": box["height"] / 2 - world * (northing(latitude) - northing(view.latitude)),
    }


def test_a_click_on_the_map_narrows_to_the_region(reader, shipped_file):
    reader.open("regions")
    canvas = reader.page.locator("[data-testid=stDeckGlJsonChart] canvas").first
    canvas.scroll_into_view_if_needed()
    in_the_highlands = on_map(canvas, 57.6, -4.6)
    click_until(reader, lambda: canvas.click(position=in_the_highlands, force=True), "region=TLM")
    assert told(count(shipped_file, "region=TLM")).search(reader.words())


def test_a_click_on_a_cell_of_the_gap_map_narrows_to_both_codes(reader, shipped_file):
    reader.open("gaps")
    grid = reader.page.locator(".st-key-gaps_grid .nsewdrag").first
    grid.scroll_into_view_if_needed()
    box = grid.bounding_box()
    assert box
    click_until(reader, lambda: grid.click(position={"x": box["width"] * 0.06, "y": box["height"] * 0.08}), "theme=T1")
    assert parse_qs(reader.query()) == {"theme": ["T1"], "lever": ["L1"]}
    assert told(count(shipped_file, "theme=T1&lever=L1")).search(reader.words())


def test_a_click_on_a_bar_lists_its_studies_to_be_linked_to_and_back_closes_the_list(reader, shipped_file):
    reader.open("overview")
    reader.page.evaluate("document.documentElement.dataset.loaded = 'once'")
    bar = reader.page.locator(".st-key-overview_lever_sides .bars .point path").first
    bar.scroll_into_view_if_needed()
    headline = reader.page.locator("h1").inner_text()
    click_until(reader, lambda: bar.click(force=True), "bar=")
    assert parse_qs(reader.query()) == {"bar": ["lever:L1:applied:strengthened"]}
    listed = reader.page.locator(".st-key-overview_bar_list")
    expect(listed.locator("h2")).to_have_text(re.compile(r", where applied: \d+ studies, ▲ strengthened$"))
    assert listed.locator("h3").count() == 5
    assert reader.page.locator("h1").inner_text() == headline
    copy, page = reader.page.get_by_role("button", name="Copy link"), reader.page
    copy.click()
    expect(page.get_by_text("Link copied.")).to_be_visible()
    page.evaluate("navigator.clipboard.writeText = () => Promise.reject(); document.execCommand = () => false")
    copy.click()
    expect(page.get_by_label("Link to what is shown")).to_have_value(unquote(page.url))
    page.go_back()
    expect(listed).to_have_count(0)
    assert reader.query() == ""
    reader.page.locator(".whence a").click()
    expect(reader.page).to_have_url(re.compile("/method$"))
    assert reader.page.evaluate("document.documentElement.dataset.loaded") == "once"


def click_until(reader: Reader, click, wanted: str) -> None:  # type: ignore[no-untyped-def]
    """Click, and again where the figure was not listening yet; a click narrows once, so a second changes nothing."""
    for last in (*[False] * 5, True):
        click()
        try:
            expect(reader.page).to_have_url(re.compile(wanted), timeout=30_000 if last else 6_000)
        except AssertionError:
            if last:
                raise
            continue
        break
    reader.wait_until_drawn()


def test_the_screen_and_the_workbook_that_comes_down_count_what_the_command_line_counts(reader, shipped_file):
    """Of other filters it is asked without a browser, in tests/pages/test_counts.py."""
    query = FILTERS[1]
    numbers = count(shipped_file, query)
    reader.open("findings", query)
    assert told(numbers).search(reader.words())
    expect(reader.page.locator("h1")).to_have_text(re.compile(rf"(^|: ){numbers['findings']:,} findings?, "))
    with reader.page.expect_download() as download:
        reader.page.get_by_role("button", name="Download Excel").click()
    book = load_workbook(io.BytesIO(download.value.path().read_bytes()), read_only=True)
    column = [row[0] for row in book["Findings"].iter_rows(max_col=1, values_only=True)]
    refs = [ref for ref in column[column.index("finding_id") + 1 :] if ref]
    assert len(refs) == len(set(refs)) == numbers["findings"]
