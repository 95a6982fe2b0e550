"""Every figure that a page draws is one that Plotly knows: each name and value, since nothing checks them later."""

import json

import plotly.graph_objects as go
import pytest

from components.frame.shell import PLACES

pytestmark = pytest.mark.slow

SCRIPTS = [place.script for place in PLACES]
FIGURES = {
    "overview": 3,
    "regions": 2,
    "themes": 2,
    "levers": 3,
    "gaps": 1,
    "sources": 2,
    "definitions": 1,
    "agreement": 2,
}
"""How many figures each page draws of all evidence; the others draw none."""


@pytest.mark.parametrize("query", [{}, {"region": "TLC"}, {"theme": "T1", "lever": "L1"}], ids=str)
@pytest.mark.parametrize("script", SCRIPTS)
def test_a_page_draws_figures_that_plotly_knows(open_page, script, query):
    charts = open_page(script, query).get("plotly_chart")
    assert len(charts) == FIGURES.get(script, 0)
    for chart in charts:
        figure = go.Figure(json.loads(chart.proto.spec))
        assert figure.data
        assert figure.layout.xaxis.range[0] <= 0 or script == "sources"


@pytest.mark.parametrize("script", list(FIGURES))
def test_a_figure_has_its_message_as_its_name_for_a_screen_reader(open_page, script):
    assert all(chart.proto.alt.strip() for chart in open_page(script).get("plotly_chart"))
