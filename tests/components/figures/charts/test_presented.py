"""A figure for a room: the same numbers, larger, as many rows as are read, and no number wider than its bar."""

import pandas as pd
import plotly.graph_objects as go
import pytest

from components.figures.charts.bar_charts import count_bars, direction_bars
from components.figures.charts.chart_text import bars
from components.figures.charts.definition_charts import counted_in_grid
from components.figures.charts.presented import LARGE, MIDDLE, MOST_ROWS, presented, rows_of
from components.figures.charts.year_chart import year_bars

TABLE = pd.DataFrame(
    [(f"L{n}", f"Lever {n} & more <b>", 20 - n, 1, 0 if n else 40) for n in range(15)],
    columns=["code", "name", "strengthened", "mixed", "impeded"],
)
FIGURES = {
    "two panels": direction_bars({"Applied": TABLE, "Withdrawn or lacking": TABLE}),
    "counts": count_bars(TABLE.assign(findings=TABLE["strengthened"])),
    "grid": counted_in_grid(
        pd.DataFrame(
            [("digital", "Digital", "Academics", 9, 4, 1, 4)],
            columns=["element", "name", "group", "definitions", "yes", "no", "not_said"],
        )
    ),
    "years": year_bars(pd.DataFrame({"year": [2019, 2020], "sources": [3, 0]})),
}


def sizes(spec, key="") -> set[int]:
    """Return every size of type that a specification names."""
    if isinstance(spec, dict):
        return {size for name, value in spec.items() for size in sizes(value, name)}
    if isinstance(spec, list):
        return {size for value in spec for size in sizes(value)}
    return {spec} if key == "size" else set()


@pytest.mark.parametrize("name", FIGURES)
def test_plotly_knows_every_name_and_value_and_no_type_is_small(name):
    figure = presented(FIGURES[name])
    assert go.Figure(figure)
    assert min(sizes(figure)) >= 18
    assert "height" not in figure["layout"]


def test_rows_that_cannot_be_read_are_left_to_the_table():
    figure = presented(FIGURES["two panels"])
    assert rows_of(FIGURES["two panels"]) == 15
    assert all(list(trace["y"]) == list(TABLE["code"][:MOST_ROWS]) for trace in figure["data"])
    assert figure["layout"]["yaxis"]["tickvals"] == list(TABLE["code"][:MOST_ROWS])


def test_names_stand_beside_their_bars_and_panels_keep_their_titles():
    layout = presented(FIGURES["two panels"])["layout"]
    assert layout["yaxis"]["ticktext"][0] == "Lever 0 &amp; more &lt;b&gt;"
    assert [note["text"] for note in layout["annotations"]] == ["<b>Applied</b>", "<b>Withdrawn or lacking</b>"]
    assert (layout["yaxis"]["tickfont"]["size"], layout["xaxis"]["tickfont"]["size"]) == (LARGE, MIDDLE)


def test_a_number_that_does_not_fit_its_bar_is_left_out_and_zero_is_never_written():
    strengthened, mixed, impeded = presented(FIGURES["two panels"])["data"][:3]
    assert strengthened["text"][0] == "20"
    assert set(mixed["text"]) == {""}
    assert impeded["text"] == ["40", *[""] * (MOST_ROWS - 1)]


def test_the_legend_stands_in_the_order_of_the_bars():
    figure = presented(FIGURES["two panels"])
    assert [trace["name"] for trace in figure["data"] if trace["showlegend"]] == [
        "▲ strengthened",
        "◄► mixed",
        "▼ impeded",
    ]


def test_bars_are_written_as_lists_with_every_number_in_words():
    said = str(bars(FIGURES["two panels"]))
    assert said.count("<li>") == 2 * 15 + 3
    assert "20 ▲ strengthened, 1 ◄► mixed, 40 ▼ impeded" in said
    assert "Lever 0 &amp; more &lt;b&gt;" in said
    assert "<h3><b>Applied</b></h3>" in said


@pytest.mark.parametrize("name", ["grid", "years"])
def test_what_has_no_rows_of_bars_is_left_to_its_table(name):
    assert bars(FIGURES[name]) is None
