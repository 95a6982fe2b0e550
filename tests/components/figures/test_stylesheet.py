"""The stylesheet: rules without a colour of their own, which ask the browser for nothing."""

import re
from pathlib import Path

import pytest

from components.figures import stylesheet
from components.frame import copy_link
from data import palette

COMPONENTS = stylesheet.DASHBOARD.parents[1]
SHEETS = sorted(COMPONENTS.rglob("*.css"))


def test_every_page_is_drawn_with_the_palette_s_colours_by_name():
    page = stylesheet.of_dashboard()
    assert page.startswith("<style>\n:root { --text: #1B1B1F; --muted: #505A5F; ")
    assert page.endswith(f"{stylesheet.DASHBOARD.read_text(encoding='utf-8')}</style>")


def test_a_component_that_stands_by_itself_has_its_own_rules():
    assert stylesheet.beside(copy_link.__file__) == (COMPONENTS / "frame" / "copy_link.css").read_text(encoding="utf-8")


def test_every_colour_that_a_sheet_names_is_the_palette_s_and_each_of_those_is_used():
    named = {name for sheet in SHEETS for name in re.findall(r"var\((--(?!st-)[\w-]+)", sheet.read_text("utf-8"))}
    assert named == set(palette.PROPERTIES)


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.stem)
def test_a_sheet_asks_the_browser_for_nothing_and_ends_no_element(sheet: Path):
    assert re.findall(r"url\(|@import|@font-face|<", sheet.read_text(encoding="utf-8")) == []
