"""Templates: what they are told stays text, lines join without a space, and a name that is not told is an error."""

import re

import pandas as pd
import pytest
from jinja2 import UndefinedError
from markupsafe import Markup

from components.figures import count_tables, definition_grid, templates
from data.queries.definition_counts import ELEMENT_NAMES
from models import Included

HOSTILE = '"><img src=x onerror=alert(1)> {{ 7 * 7 }}'
AS_TEXT = "&#34;&gt;&lt;img src=x onerror=alert(1)&gt; {{ 7 * 7 }}"
EVERY = sorted(templates.COMPONENTS.rglob("templates/*"))


def test_a_table_is_its_template_as_one_line_with_every_text_escaped():
    table = count_tables.html_table(pd.DataFrame({"name": [HOSTILE], "findings": [1204]}), HOSTILE)
    assert table == Markup(
        f'<div class="counts" tabindex="0" role="region" aria-label="{AS_TEXT}">'
        f"<table><caption>{AS_TEXT}</caption>"
        '<thead><tr><th scope="col" class="long">Name</th><th scope="col" class="number">Findings</th></tr></thead>'
        f'<tbody><tr><th scope="row" class="long">{AS_TEXT}</th><td class="number">1,204</td></tr></tbody>'
        "</table></div>"
    )


def test_a_definition_stays_text_in_the_grid():
    row = dict.fromkeys(ELEMENT_NAMES, Included.YES.value)
    one = {**row, "holder": HOSTILE, "place": HOSTILE, "breadth": "narrow", "year": 2010, "holder_kind": HOSTILE}
    grid = definition_grid.grid(pd.DataFrame([one]), HOSTILE)
    assert f'<th scope="row">{AS_TEXT} <span class="about">2010, {AS_TEXT}, narrow</span></th>' in grid
    assert "<img" not in grid


def test_a_name_that_is_not_told_is_an_error():
    with pytest.raises(UndefinedError, match="'caption' is undefined"):
        templates.drawn(count_tables.__file__)


@pytest.mark.parametrize("template", EVERY, ids=lambda one: one.stem)
def test_a_template_stands_beside_its_module_and_lets_nothing_through_unescaped(template):
    assert template.suffix == ".html"
    assert (template.parents[1] / f"{template.stem}.py").is_file()
    assert re.findall(r"\|\s*safe|autoescape|<script|\bon\w+=|https?:", template.read_text(encoding="utf-8")) == []
