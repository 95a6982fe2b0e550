"""What each kind of holder counts in: a grid of elements by kinds, with "n of m" in every cell."""

import pandas as pd

from components.figures.charts.chart_layout import Spec, plain
from components.figures.charts.grid_chart import column_of_cells, grid
from data import palette

CELL = 40
HEAD = 58
WIDEST_WORDS = 13


def counted_in_grid(counts: pd.DataFrame) -> Spec:
    """Return the grid of a `counted_in` table: elements in rows, groups of holders in columns, "n of m" in each cell.

    The deeper the blue, the larger the share of the group's definitions. A point's customdata is its element's code
    and its group's name.
    """
    rows = list(dict(zip(counts["element"], counts["name"], strict=True)).items())
    groups = list(dict.fromkeys(counts["group"]))
    columns = []
    for place, group in enumerate(groups):
        own = counts[counts["group"] == group].set_index("element").loc[[element for element, _ in rows]]
        numbers = list(zip(*(own[name].tolist() for name in ("definitions", "yes", "no", "not_said")), strict=True))
        columns.append(
            column_of_cells(
                place,
                rows,
                group,
                [f"{yes} of {held}" for held, yes, _, _ in numbers],
                [_shade(yes, held) for held, yes, _, _ in numbers],
                [
                    f"{plain(name)}<br>{plain(group)}: included by {yes} of {held}, excluded by {no}, "
                    f"not said by {unsaid}"
                    for (_, name), (held, yes, no, unsaid) in zip(rows, numbers, strict=True)
                ],
            )
        )
    return grid(columns, rows, groups, cell=CELL, head=HEAD, widest=WIDEST_WORDS, size=13)


def _shade(part: int, whole: int) -> str:
    # `shade` takes the root of a count; squared, a share is shaded in even steps.
    return palette.shade((part / whole) ** 2 if whole else 0, 1)
