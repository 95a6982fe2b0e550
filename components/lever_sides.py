"""Levers on two sides: how studies vote where each was applied, beside where it was withdrawn or lacking."""

from typing import Any

import pandas as pd

from components import address, exhibit, few, store
from components.exhibit import Exhibit
from components.figures.bars import direction_bars
from data import statements
from data.filters import Filter
from data.synthesis import SIDES

PANELS = {"applied": "Applied", "withdrawn or lacking": "Withdrawn or lacking"}
NOTE = (
    "Each study votes once a lever and side: strengthened or impeded where at least 70 % of its findings that claim an "
    "effect agree, else mixed. Choose a bar to see its findings."
)


def answer(wanted: Filter) -> str:
    """Say what studies report where any lever was applied, and where any was withdrawn or lacking."""
    subject = "" if wanted.lever else "policy levers were"
    return statements.both_sides(store.sides_of_levers(wanted), subject=subject, wanted=wanted)


def overall(wanted: Filter) -> str:
    """Say how all the studies in the filter vote, and why the numbers of the two sides are others."""
    if few.found(wanted):
        return ""
    return f"{statements.direction_of(store.overall(wanted))} {statements.why_numbers_differ(wanted)}"


def levels(wanted: Filter) -> tuple[str, ...]:
    """Return the levers to compare: the broad ones, or the parts of the one broad lever that the filter holds."""
    codebook = store.codebook()
    if len(wanted.lever) == 1 and codebook.parts("lever", wanted.lever[0]):
        return codebook.parts("lever", wanted.lever[0])
    return wanted.lever or codebook.parts("lever", None)


def show(wanted: Filter, page: str) -> None:
    """Draw the levers on both sides, most studies first, with what it says as its title and its numbers in a table."""
    exhibit.show(exhibited(wanted), key=f"{page}_lever_sides", pick=narrow_to_side)


@store.remembered
def exhibited(wanted: Filter) -> Exhibit:
    """Return the levers on both sides, most studies first."""
    sides = store.sides_of_levers(wanted)
    codes = ranked(sides, levels(wanted))
    left_in = statements.sides_in(wanted)
    tables = {PANELS[side]: _side(sides, side, codes) for side in left_in or PANELS}
    table = sides[sides["code"].isin(codes) & sides["side"].isin(list(left_in or PANELS))].drop(columns=["where"])
    return exhibit.of(
        few.title(
            wanted, statements.levers_in_words(sides, codes, wanted), "Policy levers in these findings, by study"
        ),
        NOTE,
        direction_bars(tables),
        table,
    )


def ranked(sides: pd.DataFrame, codes: tuple[str, ...]) -> list[str]:
    """Return the codes in the order of how many studies vote on them; the order says nothing of merit."""
    votes = sides[sides["code"].isin(codes)].set_index("code")[["strengthened", "mixed", "impeded"]].sum(axis=1)
    total = votes.groupby(level=0).sum()
    return sorted(codes, key=lambda code: -int(total.get(code, 0)))


def _side(sides: pd.DataFrame, side: str, codes: list[str]) -> pd.DataFrame:
    return sides[sides["side"] == side].set_index("code", drop=False).loc[codes].reset_index(drop=True)


def narrow_to_side(data: list[Any]) -> None:
    """Narrow to the lever and side of a bar that was chosen."""
    code, title, _ = data
    side = next(side for side, panel in PANELS.items() if panel == title)
    address.narrow({"lever": str(code), "role": tuple(map(str, SIDES[side]))})
