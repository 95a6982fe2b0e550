"""What each kind of holder counts in: a grid of elements by kinds, with "n of m" in every cell."""

import textwrap

import pandas as pd

from components import theme
from components.figures.layout import UNCHANGED, Spec, finished, plain

CELL = 40
HEAD = 58
WIDEST_WORDS = 13
"""Characters of a column's name on one line; longer words stand whole."""


def counted_in_grid(counts: pd.DataFrame) -> Spec:
    """Return the grid of a `counted_in` table: elements in rows, groups of holders in columns, "n of m" in each cell.

    The deeper the blue, the larger the share of the group's definitions. A point's customdata is its element's code
    and its group's name.
    """
    elements = list(dict.fromkeys(counts["element"]))
    groups = list(dict.fromkeys(counts["group"]))
    names = dict(zip(counts["element"], counts["name"], strict=True))
    traces = []
    for place, group in enumerate(groups):
        rows = counts[counts["group"] == group].set_index("element").loc[elements]
        colours = [_shade(yes, held) for yes, held in zip(rows["yes"], rows["definitions"], strict=True)]
        traces.append(
            {
                "type": "bar",
                "x": [1] * len(elements),
                "base": [place] * len(elements),
                "y": elements,
                "width": 1,
                "orientation": "h",
                "marker": {"color": colours, "line": {"color": theme.GROUND, "width": 2}},
                "text": [f"{yes} of {held}" for yes, held in zip(rows["yes"], rows["definitions"], strict=True)],
                "textposition": "inside",
                "insidetextanchor": "middle",
                "textangle": 0,
                "constraintext": "none",
                "textfont": {"color": [theme.ink(colour) for colour in colours], "size": 14},
                "customdata": [[element, group] for element in elements],
                "hovertext": [
                    f"{plain(row.name_)}<br>{plain(group)}: included by {row.yes} of {row.definitions}, "
                    f"excluded by {row.no}, not said by {row.not_said}"
                    for row in rows.rename(columns={"name": "name_"}).itertuples()
                ],
                "showlegend": False,
                **UNCHANGED,
            }
        )
    across = {
        "side": "top",
        "automargin": True,
        "tickmode": "array",
        "tickvals": [place + 0.5 for place in range(len(groups))],
        "ticktext": ["<br>".join(textwrap.wrap(plain(g), WIDEST_WORDS, break_long_words=False)) for g in groups],
        "tickangle": 0,
        "range": [0, max(len(groups), 1)],
        "showgrid": False,
        "zeroline": False,
        "fixedrange": True,
        "tickfont": {"size": 13},
    }
    down = {
        "type": "category",
        "categoryorder": "array",
        "categoryarray": elements,
        "tickmode": "array",
        "tickvals": elements,
        "ticktext": [plain(names[element]) for element in elements],
        "range": [len(elements) - 0.5, -0.5],
        "automargin": True,
        "fixedrange": True,
        "showgrid": False,
        "ticks": "",
    }
    return finished(
        traces,
        HEAD + CELL * len(elements),
        barmode="overlay",
        bargap=0,
        margin={"t": HEAD - 4, "l": 4, "r": 4, "b": 0},
        xaxis=across,
        yaxis=down,
    )


def _shade(part: int, whole: int) -> str:
    # `shade` takes the root of a count; squared, a share is shaded in even steps.
    return theme.shade((part / whole) ** 2 if whole else 0, 1)
