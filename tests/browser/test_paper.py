"""Paper, forced colours and a page at 400 %: nothing is cut, and what is chosen can be seen."""

import pytest
from playwright.sync_api import expect

CHOSEN = "region=TLC&direction=impeded"
PAPER = {"width": 1030, "height": 720}
"""What an A4 page lying has room for within its margins, in CSS pixels."""
CUT = """() => [...document.querySelectorAll('.stMain, .counts, .stVerticalBlock, .stElementContainer')].filter(box =>
    box.checkVisibility() && getComputedStyle(box).overflowY !== 'visible' && box.scrollHeight > box.clientHeight + 1
).map(box => box.className)"""
LINE = """button => { const look = getComputedStyle(button);
    return [look.backgroundColor, look.borderTopColor, look.outlineStyle] }"""


@pytest.fixture
def reader_of(server, new_reader):
    def opened(script: str, query: str = CHOSEN, **size: int):
        reader = new_reader(server, **size)
        reader.open(script, query)
        return reader

    return opened


def test_a_printed_page_has_all_rows_and_words_and_nothing_to_press(reader_of, csv_findings):
    reader = reader_of("findings", "region=TLC")
    page = reader.page
    refs = {row["finding_id"] for row in csv_findings if "TLC" in row["regions"].split(";")}
    expect(page.locator(".printed").first).to_be_hidden()
    page.emulate_media(media="print")
    page.set_viewport_size(PAPER)
    assert set(page.locator(".printed tbody th").all_inner_texts()) == refs
    said = page.locator("p.printed").inner_text().replace("\xa0", " ")
    assert said.startswith("All findings, in the North East. Data version 1 of ")
    assert f"{reader.address}/findings?region=TLC" in said
    for gone in ("stSidebar", "stHeader", "stDownloadButton", "stDataFrame"):
        expect(page.get_by_test_id(gone).first).to_be_hidden()
    assert page.evaluate(CUT) == []


def test_what_opens_on_screen_stands_open_on_paper(reader_of):
    page = reader_of("overview").page
    by_name = page.get_by_role("combobox", name="List the studies of a part of a bar").first
    expect(by_name).to_be_visible()
    table = page.get_by_test_id("stExpander").filter(has_text="The numbers as a table").first.locator("table")
    expect(table).to_be_hidden()
    page.emulate_media(media="print")
    expect(table).to_be_visible()
    expect(by_name).to_be_hidden()
    assert page.evaluate(CUT) == []


def test_what_is_chosen_is_told_apart_in_forced_colours(reader_of):
    page = reader_of("overview").page
    page.emulate_media(forced_colors="active")
    chips = page.get_by_test_id("stButtonGroup").first.locator("button[aria-pressed]")
    chosen = chips.filter(has_text="impeded").evaluate(LINE)
    other = chips.filter(has_text="strengthened").evaluate(LINE)
    assert all(one != another for one, another in zip(chosen, other, strict=True))
    assert page.locator(".direction").first.evaluate("one => getComputedStyle(one).borderTopStyle") == "solid"


@pytest.mark.parametrize("script", ["overview", "gaps"])
def test_at_400_per_cent_the_choice_is_said_and_nothing_is_cut(reader_of, script: str):
    page = reader_of(script, width=320, height=720).page
    assert page.evaluate("document.querySelector('.stMain').scrollWidth") <= 320
    expect(page.locator(".lead")).to_contain_text("in the North East; direction: impeded")
