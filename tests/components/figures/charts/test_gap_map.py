"""The gap map prints the number in every cell, zero included, and marks those with nothing to rest on."""

import pandas as pd
import plotly.graph_objects as go

from components.figures.charts.gap_map import gap_map
from data import palette

TABLE = pd.DataFrame(
    [("T1", "L1", 74, 30), ("T1", "L2", 0, 0), ("T2", "L1", 6, 0), ("T2", "L2", 2, 2)],
    columns=["row", "column", "findings", "sure"],
)
ROWS, COLUMNS = [("T1", "Places"), ("T2", "Ties")], [("L1", "Funding"), ("L2", "Ownership")]


def test_every_cell_prints_its_number():
    figure = go.Figure(gap_map(TABLE, ROWS, COLUMNS))
    assert [list(trace.text) for trace in figure.data] == [["74", "6 ○"], ["0", "2"]]


def test_an_empty_cell_has_the_palest_shade_and_the_fullest_the_darkest():
    figure = go.Figure(gap_map(TABLE, ROWS, COLUMNS))
    assert figure.data[1].marker.color[0] == palette.SEQUENCE[0]
    assert figure.data[0].marker.color[0] == palette.SEQUENCE[-1]


def test_a_cell_carries_its_two_codes():
    figure = go.Figure(gap_map(TABLE, ROWS, COLUMNS))
    assert list(figure.data[1].customdata[1]) == ["T2", "L2"]
