"""Gaps: where the collection holds nothing, or only findings of low confidence."""

from typing import NamedTuple

import pandas as pd

from data.collection.codebook import Codebook
from data.filters.wording import number_of
from data.queries.counting import NONE


class Gaps(NamedTuple):
    """How many pairs of two facets hold nothing, and how many hold findings but none to rest on."""

    pairs: int
    empty: int
    unsure: int


def coded_pairs(table: pd.DataFrame) -> pd.DataFrame:
    """Return a crosstab without the findings that carry no code of a facet."""
    return table[(table["row"] != NONE) & (table["column"] != NONE)]


def gaps(table: pd.DataFrame) -> Gaps:
    """Return how many pairs of a crosstab are empty, and how many hold none of high or moderate confidence."""
    pairs = coded_pairs(table)
    empty = pairs["findings"] == 0
    return Gaps(len(pairs), int(empty.sum()), int((~empty & (pairs["sure"] == 0)).sum()))


def gaps_in_words(found: Gaps, rows: str, columns: str) -> str:
    """Say how many combinations hold nothing, and how many hold nothing of high or moderate confidence."""
    return (
        f"{found.empty:,} of {found.pairs:,} combinations of {rows} and {columns} have no finding; "
        f"{found.unsure:,} more have findings, but none of high or moderate confidence."
    )


def widest(table: pd.DataFrame, codebook: Codebook, rows: str, columns: str, most: int = 5) -> list[str]:
    """Name the rows of a crosstab that are missing or unsure in most columns, each with what is empty, in words.

    The order is by the number of columns with no finding, then by how few findings the row holds at all.
    """
    pairs = coded_pairs(table)
    by_row = pairs.assign(empty=pairs["findings"] == 0, unsure=(pairs["findings"] > 0) & (pairs["sure"] == 0))
    totals = by_row.groupby("row", sort=False)[["empty", "unsure", "findings"]].sum()
    totals = totals[(totals["empty"] > 0) | (totals["unsure"] > 0)]
    ranked = totals.sort_values(["empty", "findings"], ascending=[False, True], kind="stable").head(most)
    across = pairs["column"].nunique()
    said = []
    for code, row in ranked.iterrows():
        name = codebook.name(rows, str(code))
        if row["empty"]:
            said.append(f"{name}: no finding in {int(row['empty'])} of {across} {columns}")
        else:
            said.append(f"{name}: none of high or moderate confidence in {int(row['unsure'])} of {across} {columns}")
    return said


def emptiest(tally: pd.DataFrame, most: int = 3) -> list[str]:
    """Name the entries of a tally with fewest findings, each with how many, and say how many more have as few."""
    ranked = tally.sort_values(["findings", "studies"], kind="stable")
    few = ranked.head(most)
    said = [f"{row['name']} ({number_of(int(row['findings']), 'finding')})" for _, row in few.iterrows()]
    more = int((ranked["findings"].iloc[most:] == few["findings"].iloc[-1]).sum())
    return [*said, f"and {more:,} more with as few"] if more else said
