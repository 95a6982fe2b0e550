"""Themes on the page: what is told most, by direction, and which themes go together."""

import pandas as pd
import streamlit as st

from components.figures import exhibit
from components.figures.charts.bar_charts import count_bars, direction_bars, rows
from components.figures.exhibit import Exhibit
from components.findings import bar_list, few_findings
from components.frame import address, numbered, view_choices, voted
from components.frame.numbered import Number
from components.frame.view_choices import BROAD, FINE
from components.store import store
from data.exporting.workbook import ViewTable
from data.filters.filter import Filter
from data.filters.wording import number_of
from data.queries import voting_rule
from data.sentences import on_votes

LEVELS = {BROAD: "Broad themes", FINE: "All themes"}
PAIRS = 10


def answer(wanted: Filter) -> str:
    """Say which themes the community strand tells most; where the filter holds none of it, which all strands do."""
    if wanted.strand or not _has_community(wanted):
        return _told_most(wanted)
    return _told_most(wanted.narrowed(strand="community"), "in the community strand")


def numbers(wanted: Filter) -> list[Number]:
    """Return the numbers of the answer, each leading to the findings of its theme, or to their studies."""
    return _numbers(wanted if wanted.strand or not _has_community(wanted) else wanted.narrowed(strand="community"))


@store.remembered
def _numbers(wanted: Filter) -> list[Number]:
    table = store.tally(wanted, "theme")
    leaves = table[table["code"].isin(store.codebook().leaves("theme"))]
    found = []
    for row in on_votes.top_of(leaves).to_dict("records"):
        held = with_theme(wanted, row["code"])
        found.append(numbered.counted(int(row["findings"]), "finding", address.way("findings", held)))
        found.append(numbered.counted(int(row["studies"]), "study", numbered.by_study(held)))
    return found


def with_theme(wanted: Filter, code: str) -> Filter:
    """Return the filter of its findings that carry a theme too: where it names others, which they carry beside it."""
    if not wanted.theme or {code, *store.codebook().ancestors("theme", code)} & {*wanted.theme}:
        return wanted.narrowed(theme=code)
    return wanted.narrowed(finding=store.refs_with_both(wanted, "theme", (code, code)))


def of_all_strands(wanted: Filter) -> str:
    """Say which themes are told most in all strands of the filter together."""
    if not _has_community(wanted):
        return "This filter holds nothing of the community strand."
    if wanted.strand:
        return ""
    return _told_most(wanted, "in all strands together")


def _has_community(wanted: Filter) -> bool:
    strands = store.tally(wanted, "strand")
    return bool(strands.loc[strands["code"] == "community", "findings"].sum())


@store.remembered
def _told_most(wanted: Filter, place: str = "") -> str:
    table = store.tally(wanted, "theme")
    return on_votes.told_most(table[table["code"].isin(store.codebook().leaves("theme"))], "theme", place)


def _codes(wanted: Filter) -> tuple[str, ...]:
    codebook = store.codebook()
    if len(wanted.theme) == 1 and codebook.parts("theme", wanted.theme[0]):
        return codebook.parts("theme", wanted.theme[0])
    if wanted.theme:
        return wanted.theme
    return codebook.leaves("theme") if view_choices.THEMES.value() == FINE else codebook.parts("theme", None)


def show_directions(wanted: Filter) -> None:
    """Draw themes by how their studies vote, most told first."""
    if not wanted.theme:
        st.segmented_control(
            "How fine", list(LEVELS), format_func=LEVELS.__getitem__, key=view_choices.THEMES.widget, required=True
        )
    choice, parts = view_choices.BAR["themes"], voted.of_facet(wanted, "theme")
    shown = directions(wanted, _codes(wanted))
    bar_list.show(shown, "themes_direction", choice, parts, bar_list.of_facet("theme"))
    bar_list.under_figure(choice, parts, rows(shown.figure), lambda bar: address.narrow({"theme": bar.code}))


@store.remembered
def directions(wanted: Filter, codes: tuple[str, ...]) -> Exhibit:
    """Return these themes by how their studies vote, most told first."""
    table = store.direction_by(wanted, "theme")
    table = table[table["code"].isin(codes)].sort_values("studies", ascending=False, kind="stable")
    up = int((table["strengthened"] > table["impeded"]).sum())
    down = int((table["impeded"] > table["strengthened"]).sum())
    leads = (
        f"Strengthening outnumbers impeding in {up} of {number_of(len(table), 'theme')}; "
        f"impeding outnumbers strengthening in {down}"
    )
    return exhibit.of(
        few_findings.title(wanted, leads, "Themes of these findings, by study"),
        f"{voting_rule.of_bars('on each theme')} A direction here does not say what was done: choose a part of a bar "
        "to list its studies, or narrow to a theme and see the policy levers.",
        direction_bars({"": table}),
        table.drop(columns=["code", "role"]),
    )


@store.remembered
def pairs(wanted: Filter) -> pd.DataFrame:
    """Return the pairs of themes that most findings carry together: code, name, findings, sure."""
    codebook = store.codebook()
    leaves = codebook.leaves("theme")
    table = store.crosstab(wanted, "theme", "theme")
    both = table[table["row"].isin(leaves) & table["column"].isin(leaves) & (table["row"] < table["column"])]
    top = both[both["findings"] > 0].nlargest(PAIRS, "findings", keep="first")
    names = [
        f"{codebook.name('theme', a)} + {codebook.name('theme', b)}"
        for a, b in zip(top["row"], top["column"], strict=True)
    ]
    return top.assign(code=top["row"] + "+" + top["column"], name=names)[["code", "name", "findings", "sure"]]


def show_together(wanted: Filter) -> None:
    """Draw which themes go together in the same findings."""
    if pairs(wanted).empty:
        exhibit.heading("No two themes stand in one finding here")
        return
    exhibit.show(together(wanted), key="themes_together", pick=lambda data: _narrow_to_pair(wanted, str(data[0])))


@store.remembered
def together(wanted: Filter) -> Exhibit:
    """Return the pairs of themes that most findings carry together; there must be one."""
    table = pairs(wanted)
    top = table.iloc[0]
    return exhibit.of(
        f"Most often together: {top['name']}, in {number_of(int(top['findings']), 'finding')}",
        f"The {len(table)} pairs of themes that most findings carry together. Choose a pair to see its findings.",
        count_bars(table),
        table.drop(columns="code"),
    )


def _narrow_to_pair(wanted: Filter, code: str) -> None:
    first, second = code.split("+")
    refs = store.refs_with_both(wanted, "theme", (first, second))
    address.narrow({"finding": refs})


def download_tables(wanted: Filter) -> tuple[ViewTable, ...]:
    """Return the pairs of themes as a table for the workbook."""
    note = "Findings that carry both themes; one finding may stand in several pairs."
    return (ViewTable("Themes together", "Pairs of themes most often in one finding", note, pairs(wanted)),)
