"""What each kind of holder counts in: "n of m" in every cell, the deeper the blue the larger the share."""

import pandas as pd
import plotly.graph_objects as go

from components.figures.charts.definition_charts import counted_in_grid
from data import palette

COUNTS = pd.DataFrame(
    [
        ("digital", "Digital", "Investors", 3, 3, 0, 0),
        ("digital", "Digital", "Communities", 4, 1, 1, 2),
        ("green", "Green <space>", "Investors", 3, 0, 0, 3),
        ("green", "Green <space>", "Communities", 4, 4, 0, 0),
    ],
    columns=["element", "name", "group", "definitions", "yes", "no", "not_said"],
)


def test_every_cell_says_how_many_of_how_many():
    figure = go.Figure(counted_in_grid(COUNTS))
    assert [list(trace.text) for trace in figure.data] == [["3 of 3", "0 of 3"], ["1 of 4", "4 of 4"]]


def test_all_of_a_group_is_deepest_and_none_palest_however_large_the_group():
    figure = go.Figure(counted_in_grid(COUNTS))
    assert list(figure.data[0].marker.color) == [palette.SEQUENCE[-1], palette.SEQUENCE[0]]
    assert figure.data[1].marker.color[1] == palette.SEQUENCE[-1]


def test_a_cell_carries_its_element_and_group():
    figure = go.Figure(counted_in_grid(COUNTS))
    assert list(figure.data[1].customdata[0]) == ["digital", "Communities"]


def test_a_tooltip_tells_no_apart_from_not_said_and_shows_names_as_text():
    figure = go.Figure(counted_in_grid(COUNTS))
    assert figure.data[1].hovertext[0] == "Digital<br>Communities: included by 1 of 4, excluded by 1, not said by 2"
    assert figure.data[0].hovertext[1].startswith("Green &lt;space&gt;<br>")
