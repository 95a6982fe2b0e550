"""Bars start at zero, keep one scale, write their numbers, and carry what a click narrows to."""

import pandas as pd
import plotly.graph_objects as go

from components.figures.charts.bar_charts import count_bars, direction_bars
from data import palette

VOTES = pd.DataFrame(
    {
        "code": ["L1", "L2"],
        "name": ["Funding <b>", "Ownership"],
        "strengthened": [50, 1],
        "mixed": [15, 0],
        "impeded": [9, 2],
    }
)


def test_a_bar_is_stacked_strengthened_mixed_impeded_in_their_colours():
    figure = go.Figure(direction_bars({"": VOTES}))
    assert [(trace.name, list(trace.x), trace.marker.color) for trace in figure.data] == [
        ("▲ strengthened", [50, 1], palette.DIRECTION_COLOURS["strengthened"]),
        ("◄► mixed", [15, 0], palette.DIRECTION_COLOURS["mixed"]),
        ("▼ impeded", [9, 2], palette.DIRECTION_COLOURS["impeded"]),
    ]


def test_a_number_too_wide_for_its_segment_is_left_to_the_table():
    figure = go.Figure(direction_bars({"": VOTES}))
    assert [list(trace.text) for trace in figure.data] == [["50", ""], ["15", ""], ["9", ""]]


def test_panels_share_one_scale_from_zero():
    figure = go.Figure(direction_bars({"Applied": VOTES, "Withdrawn or lacking": VOTES.assign(strengthened=0)}))
    assert figure.layout.xaxis.range == figure.layout.xaxis2.range
    assert figure.layout.xaxis.range[0] == 0


def test_a_point_carries_code_panel_and_direction():
    figure = go.Figure(direction_bars({"Applied": VOTES}))
    assert list(figure.data[2].customdata[1]) == ["L2", "Applied", "impeded"]


def test_names_from_evidence_are_text_and_not_tags():
    texts = [annotation.text for annotation in go.Figure(direction_bars({"": VOTES})).layout.annotations]
    assert texts == ["Funding &lt;b&gt;", "Ownership"]


def test_counts_are_written_at_their_bars():
    table = pd.DataFrame({"code": ["a"], "name": ["A"], "findings": [1204]})
    figure = go.Figure(count_bars(table))
    assert list(figure.data[0].text) == ["1,204"]
    assert list(figure.data[0].customdata[0]) == ["a"]


def test_an_axis_of_few_marks_each_number_once():
    few = go.Figure(direction_bars({"": VOTES.assign(strengthened=1, mixed=0, impeded=1)}))
    assert (few.layout.xaxis.dtick, few.layout.xaxis.nticks) == (1, None)
    assert go.Figure(direction_bars({"": VOTES})).layout.xaxis.nticks == 5


def test_a_long_name_stands_on_two_lines_above_a_bar_of_the_same_height():
    names = ["Community leadership and ownership + Funding and financial sustainability", "Role of the state"]
    table = pd.DataFrame({"code": ["a", "b"], "name": names, "findings": [2, 1]})
    long, short = go.Figure(count_bars(table)).layout, go.Figure(count_bars(table.iloc[1:])).layout
    assert [note.text for note in long.annotations] == [
        "Community leadership and ownership<br>+ Funding and financial sustainability", "Role of the state",
    ]  # fmt: skip
    rows = [(long.height - 16) / 2, short.height - 16]
    assert [round(row * (1 - look.bargap)) for row, look in zip(rows, (long, short), strict=True)] == [26, 26]
