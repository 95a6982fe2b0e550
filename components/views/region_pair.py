"""Two regions side by side, by the same filter and on one scale."""

import pandas as pd
import streamlit as st
from markupsafe import Markup

from components.figures import exhibit
from components.figures.charts.bar_charts import direction_bars
from components.figures.exhibit import Exhibit
from components.findings import few_findings
from components.frame import address
from components.frame.downloads import Tables
from components.frame.view_choices import FIRST, SECOND, default_pair, regions_named
from components.store import store
from data.exporting.workbook import ViewTable
from data.filters.filter import Filter
from data.sentences import on_regions, on_votes

MOST_THEMES = 8


def show(wanted: Filter) -> None:
    """Draw the choice of two regions, what each one's studies report, and their themes on one scale."""
    exhibit.heading("Two regions side by side", "The same filter for both, whichever regions it names.")
    first, second = _choose(wanted)
    for column, code in zip(st.columns(2, gap="large"), (first, second), strict=True):
        with column:
            _say(wanted.narrowed(region=code))
    shown = side_by_side(wanted, first, second)
    if shown is None:
        exhibit.heading("No theme is coded in either")
        return
    names = {store.codebook().name("region", code): code for code in (first, second)}
    exhibit.show(shown, key="regions_pair", pick=lambda data: _narrow(names, data))


@store.remembered
def side_by_side(wanted: Filter, first: str, second: str) -> Exhibit | None:
    """Return the themes of two regions on one scale, or nothing where none is coded in either."""
    table = themes_of_both(wanted, first, second)
    if table.empty:
        return None
    names = {code: store.codebook().name("region", code) for code in (first, second)}
    panels = {names[code]: _side(table, code) for code in (first, second)}
    told = {name: panel.nlargest(1, "studies", keep="first").iloc[0] for name, panel in panels.items()}
    return exhibit.of(
        "Told by most studies: "
        + "; ".join(
            f"{name}, {row['name']} ({row['studies']:,})" if row["studies"] else f"{name}, no theme"
            for name, row in told.items()
        ),
        f"Studies by vote on the {len(panels[names[first]])} themes that most studies of the two are about, both on "
        "one scale. Choose a bar to see its findings.",
        direction_bars(panels),
        table.drop(columns=["code", "theme"]),
    )


def _choose(wanted: Filter) -> tuple[str, str]:
    state, codebook, codes = st.session_state, store.codebook(), regions_named(wanted)
    left, right = st.columns(2, gap="large")

    def name(code: str) -> str:
        return codebook.name("region", code)

    first: str = left.selectbox("First region", codes, format_func=name, key=FIRST.widget)
    others = [code for code in codes if code != first]
    if state[SECOND.widget] not in others:
        state[SECOND.widget] = next(code for code in default_pair(wanted) if code != first)
    second: str = right.selectbox("Second region", others, format_func=name, key=SECOND.widget)
    return first, second


def on_screen() -> tuple[str, str] | None:
    """Return the two regions that are chosen, or nothing where the page is not on screen."""
    first, second = FIRST.value(), SECOND.value()
    return (first, second) if first and second else None


def _say(wanted: Filter) -> None:
    counts = store.counts(wanted)
    place = on_regions.where(store.codebook(), wanted)
    said = [on_regions.reported(place, store.overall(wanted)), on_votes.how_much(counts)]
    if counts.findings and not few_findings.found(wanted):
        said += [
            on_votes.how_sure(store.tally(wanted, "confidence")),
            on_votes.both_sides(store.sides_of_levers(wanted), wanted=wanted),
        ]
    st.html(
        Markup('<div class="lead">{}</div>').format(Markup("").join(Markup("<p>{}</p>").format(line) for line in said))
    )


@store.remembered
def themes_of_both(wanted: Filter, first: str, second: str) -> pd.DataFrame:
    """Return how the studies of two regions vote on the themes that most of them are about.

    Columns: code (the region's), region, theme (its code), name, then as `synthesis.direction_by`; a row a region and
    theme, themes in one order for both.
    """
    codebook = store.codebook()
    sides = {
        code: store.direction_by(wanted.narrowed(region=code), "theme")
        .rename(columns={"code": "theme"})
        .assign(code=code, region=codebook.name("region", code))
        for code in (first, second)
    }
    told = sum(table["studies"].to_numpy() for table in sides.values())
    leaves = set(codebook.leaves("theme"))
    themes = sides[first]["theme"].tolist()
    known = [place for place, theme in enumerate(themes) if theme in leaves and told[place]]
    top = sorted(known, key=lambda place: -told[place])[:MOST_THEMES]  # equals stay in codebook order
    columns = ["code", "region", "theme", "name", *VOTES]
    return pd.concat([table[columns].iloc[top] for table in sides.values()], ignore_index=True)


VOTES = ("findings", "sources", "studies", "strengthened", "mixed", "impeded")


def _side(table: pd.DataFrame, code: str) -> pd.DataFrame:
    return table[table["code"] == code].assign(code=table["theme"]).reset_index(drop=True)


def _narrow(names: dict[str, str], data: list[str]) -> None:
    theme, title, _ = data
    address.narrow({"region": names[title], "theme": str(theme)})


def download_tables(wanted: Filter) -> Tables:
    """Return what makes the table of the two regions that are now shown, for the workbook."""
    chosen = on_screen()
    return lambda: _tables(wanted, *(chosen or default_pair(wanted)))


@store.remembered
def _tables(wanted: Filter, first: str, second: str) -> tuple[ViewTable, ...]:
    names = [store.codebook().name("region", code) for code in (first, second)]
    return (
        ViewTable("Two regions", f"Themes and votes: {names[0]} beside {names[1]}",
                  "The themes that most studies of the two are about, by the filter with each region in turn.",
                  themes_of_both(wanted, first, second).drop(columns="code")),
    )  # fmt: skip
