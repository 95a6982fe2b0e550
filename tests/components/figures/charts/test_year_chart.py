"""Sources by year: a bar a year, numbers written where there is room, and each year to be chosen."""

import pandas as pd
import plotly.graph_objects as go

from components.figures.charts.year_chart import MOST_LABELLED, year_bars


def of(*numbers: int) -> go.Figure:
    """Return the figure of these numbers of sources, from the year 2000 on."""
    return go.Figure(year_bars(pd.DataFrame({"year": range(2000, 2000 + len(numbers)), "sources": numbers})))


def test_a_year_without_a_source_has_no_bar_and_no_number():
    figure = of(4, 0, 1200)
    assert list(figure.data[0].y) == [4, 0, 1200]
    assert list(figure.data[0].text) == ["4", "", "1,200"]


def test_a_bar_starts_at_zero_and_carries_its_year():
    figure = of(4, 0, 7)
    assert figure.layout.yaxis.range[0] == 0
    assert [list(year) for year in figure.data[0].customdata] == [[2000], [2001], [2002]]


def test_with_many_years_the_numbers_are_left_to_the_table():
    assert set(of(*[3] * (MOST_LABELLED + 1)).data[0].text) == {""}


def test_no_year_at_all_draws_an_empty_figure():
    assert list(of().data[0].x or ()) == []
