"""Levers on two sides: how studies vote where each was applied, beside where it was withdrawn or lacking."""

from collections.abc import Sequence

import pandas as pd
import streamlit as st
from markupsafe import Markup

from components.figures import exhibit
from components.figures.charts.bar_charts import direction_bars
from components.figures.exhibit import Exhibit
from components.findings import bar_list, few_findings
from components.frame import address, numbered, view_choices, voted
from components.frame.numbered import Number
from components.frame.voted import VotedPart
from components.store import store
from data.filters.filter import Filter
from data.queries import voting_rule
from data.queries.bar_parts import LEVER, Bar
from data.queries.votes import SIDES
from data.sentences import on_votes

PANELS = {"applied": "Applied", "withdrawn or lacking": "Withdrawn or lacking"}


def answer(wanted: Filter) -> str:
    """Say what studies report where any lever was applied, and where any was withdrawn or lacking."""
    subject = "" if wanted.lever else "policy levers were"
    return on_votes.both_sides(store.sides_of_levers(wanted), subject=subject, wanted=wanted)


def numbers(wanted: Filter, page: str, code: str = "") -> list[Number]:
    """Return the numbers of `statements.both_sides` on a lever, or on any, each leading to its studies."""
    parts, found = voted.of_headline(wanted, code), []
    for side in on_votes.sides_in(wanted):
        words = [voted.word(Bar(LEVER, code, side, vote=vote)) for vote in (on_votes.HOPED[side], "")]
        told = [parts[word] for word in words if word in parts]
        found += [numbered.of_part(page, wanted, part) for part in (told[-1:] if _is_one(told) else told)]
    return found


def _is_one(told: Sequence[VotedPart]) -> bool:
    """Tell whether a side has one study alone, which a sentence says once."""
    return bool(told) and told[-1].studies == 1


def overall(wanted: Filter) -> str:
    """Say how all the studies in the filter vote, and why the numbers of the two sides are others."""
    if few_findings.found(wanted):
        return ""
    votes = store.overall(wanted)
    said = on_votes.direction_of(votes)
    return f"{said} {on_votes.why_numbers_differ(wanted)}" if votes.total else said


def levels(wanted: Filter) -> tuple[str, ...]:
    """Return the levers to compare: the broad ones, or the parts of the one broad lever that the filter holds."""
    codebook = store.codebook()
    if len(wanted.lever) == 1 and codebook.parts("lever", wanted.lever[0]):
        return codebook.parts("lever", wanted.lever[0])
    return wanted.lever or codebook.parts("lever", None)


def show(wanted: Filter, page: str) -> None:
    """Draw the levers on both sides, most studies first, with what it says as its title and its numbers in a table."""
    choice, parts = view_choices.BAR[page], voted.of_levers(wanted)
    bar_list.show(exhibited(wanted), f"{page}_lever_sides", choice, parts, picked, PANELS)
    if levels(wanted) != wanted.lever and wanted.lever:
        st.html(Markup('<p class="note">{}</p>').format(on_votes.why_parts_differ(_whole(wanted))))
    bar_list.under_figure(choice, parts, ranked(store.sides_of_levers(wanted), levels(wanted)), narrow_to_side)


def _whole(wanted: Filter) -> str:
    return store.codebook().name("lever", wanted.lever[0])


def show_counted(wanted: Filter, page: str) -> None:
    """Draw the studies that a number in the headline counts, where one was followed."""
    code = voted.focus(wanted) if page == "levers" else ""
    bar_list.under_headline(view_choices.COUNTED[page], voted.of_headline(wanted, code))


@store.remembered
def exhibited(wanted: Filter) -> Exhibit:
    """Return the levers on both sides, most studies first."""
    sides = store.sides_of_levers(wanted)
    codes = ranked(sides, levels(wanted))
    left_in = on_votes.sides_in(wanted)
    tables = {PANELS[side]: _side(sides, side, codes) for side in left_in or PANELS}
    table = sides[sides["code"].isin(codes) & sides["side"].isin(list(left_in or PANELS))].drop(columns=["where"])
    return exhibit.of(
        few_findings.title(
            wanted, on_votes.levers_in_words(sides, codes, wanted), "Policy levers in these findings, by study"
        ),
        f"{voting_rule.of_each_study('a lever and side')} Choose a part of a bar to list its studies.",
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


def picked(data: Sequence[str]) -> Bar:
    """Return the part of a bar that was clicked, from the customdata of its point."""
    code, title, vote = data
    return Bar(LEVER, code, _side_of(title), vote=vote)


def _side_of(title: str) -> str:
    return next(side for side, panel in PANELS.items() if panel == title)


def narrow_to_side(bar: Bar) -> None:
    """Narrow to the lever and side of a bar."""
    address.narrow({"lever": bar.code, "role": tuple(map(str, SIDES[bar.side]))})
