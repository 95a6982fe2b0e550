"""What is known about a place: its answer, what its studies are about, and how the places compare in votes."""

import pandas as pd
import streamlit as st

from components.figures import exhibit
from components.figures.charts.bar_charts import direction_bars, rows
from components.figures.exhibit import Exhibit
from components.findings import bar_list, few_findings
from components.frame import address, numbered, view_choices, voted
from components.frame.downloads import Tables
from components.frame.numbered import Number
from components.frame.shell import page_path
from components.store import store
from components.views import region_pair
from data.exporting.workbook import ViewTable
from data.filters.filter import Filter
from data.filters.wording import region_phrase
from data.queries import voting_rule
from data.queries.bar_parts import EVERYTHING, Bar
from data.queries.spread import home_parts
from data.sentences import on_regions, on_votes

MOST_THEMES = 8
MOST_COUNTRIES = 12


def answer(wanted: Filter) -> str:
    """Say what the studies of the chosen places report, or how the evidence spreads where none is chosen."""
    if wanted.region:
        return on_regions.reported("", store.overall(wanted))
    table = of_regions(wanted)
    parts = table[table["code"].isin(home_parts(store.codebook()))]
    countries = table[table["code"].isin(store.codebook().overseas())]
    return on_regions.coverage(parts, int((countries["findings"] > 0).sum()))


def numbers(wanted: Filter) -> list[Number]:
    """Return the numbers of the answer: of studies, listed beneath it, or of findings and places, on their pages."""
    if wanted.region:
        parts = voted.of_headline(wanted)
        words = [voted.word(Bar(EVERYTHING, vote=vote)) for vote in ("strengthened", "impeded", "mixed")]
        return [numbered.of_part("regions", wanted, parts[word]) for word in words if word in parts]
    return _of_places(wanted)


@store.remembered
def _of_places(wanted: Filter) -> list[Number]:
    """Return the numbers of `statements_regions.coverage`, in the order in which it says them."""
    table = of_regions(wanted)
    parts = table[table["code"].isin(home_parts(store.codebook()))]
    held = parts[parts["findings"] > 0]
    here = {sheet: address.way("regions", wanted, {view_choices.MAP.key: sheet}) for sheet in ("UK", "World")}
    nouns = ("UK region or nation", here["UK"], "UK regions and nations")
    found = []
    if len(held) == len(parts):
        found.append(numbered.counted(len(parts), *nouns))
        for place in (held["findings"].idxmin(), held["findings"].idxmax()):
            code, number = held.loc[place, "code"], int(held.loc[place, "findings"])
            found.append(numbered.counted(number, "finding", address.way("findings", wanted.narrowed(region=code))))
    elif len(held):
        found += [numbered.counted(number, *nouns) for number in (len(held), len(parts))]
    countries = int((table["code"].isin(store.codebook().overseas()) & (table["findings"] > 0)).sum())
    return [*found, numbered.counted(countries, "other country", here["World"])]


def levers(wanted: Filter) -> str:
    """Say what studies report where policy levers were applied here, and where they were withdrawn or lacking."""
    if few_findings.found(wanted):
        return ""
    sides = on_votes.both_sides(store.sides_of_levers(wanted), subject="policy levers were", wanted=wanted)
    return f"{sides} {on_votes.why_numbers_differ(wanted)}" if store.overall(wanted).total else sides


@store.remembered
def of_regions(wanted: Filter) -> pd.DataFrame:
    """Return how the studies of every region and country vote, the filter's own regions set aside.

    Columns: as `synthesis.direction_by` without role, and phrase, the name as it stands in a sentence.
    """
    table = store.direction_by(wanted.without("region"), "region").drop(columns="role")
    codebook = store.codebook()
    return table.assign(phrase=[region_phrase(codebook, code) for code in table["code"]])


def show_counted(wanted: Filter) -> None:
    """Draw the studies that a number in the headline counts, where one was followed."""
    bar_list.under_headline(view_choices.COUNTED["regions"], voted.of_headline(wanted))


def show_profile(wanted: Filter, sheet: str) -> None:
    """Draw what the chosen places' studies are about; where none is chosen, how the places on the map vote."""
    if wanted.region:
        _draw(wanted, of_place(wanted), "regions_themes", "theme")
    elif sheet == "UK":
        _draw(wanted, home(wanted), "regions_votes", "region")
    else:
        _draw(wanted, abroad(wanted), "regions_votes", "region")
    st.page_link(
        page_path("levers"),
        label="See the policy levers here",
        icon=":material/arrow_forward:",
        query_params=wanted.to_query(),
    )


@store.remembered
def themes(wanted: Filter) -> pd.DataFrame:
    """Return the narrow themes that the filter's findings carry, as `synthesis.direction_by`, most studies first."""
    table = store.direction_by(wanted, "theme").drop(columns="role")
    held = table[table["code"].isin(store.codebook().leaves("theme")) & (table["findings"] > 0)]
    return held.sort_values(["studies", "findings"], ascending=False, kind="stable")


def _draw(wanted: Filter, shown: Exhibit | str, key: str, facet: str) -> None:
    """Draw an exhibit whose bars list their studies, or say what is in its stead."""
    if isinstance(shown, str):
        exhibit.heading(shown)
        return
    choice, parts = view_choices.BAR["regions"], view_choices.bars_of_places(wanted)
    bar_list.show(shown, key, choice, parts, bar_list.of_facet(facet))
    bar_list.under_figure(choice, parts, rows(shown.figure), lambda bar: address.narrow({facet: bar.code}))


@store.remembered
def of_place(wanted: Filter) -> Exhibit | str:
    """Return what the chosen places' studies are about, or that no theme is coded."""
    table = themes(wanted)
    shown = table.head(MOST_THEMES)
    place = on_regions.where(store.codebook(), wanted) or "Everywhere"
    if shown.empty:
        return f"{place}, no theme is coded"
    cut = f" The {len(shown)} with most studies of {len(table)} are drawn." if len(table) > len(shown) else ""
    first = shown[shown["studies"] == shown["studies"].max()]
    return exhibit.of(
        few_findings.title(
            wanted,
            f"{place}, told by most studies: {on_votes.most_told(first, 'theme')}",
            f"{place}: themes of these findings",
        ),
        f"Studies by the vote of their findings on each theme.{cut} Choose a part of a bar to list its studies.",
        direction_bars({"": shown}),
        table.drop(columns="code"),
    )


@store.remembered
def home(wanted: Filter) -> Exhibit | str:
    """Return how the UK's regions and nations vote, or that no finding is about one."""
    table = of_regions(wanted)
    parts = table[table["code"].isin(home_parts(store.codebook()))]
    return _places(wanted, parts, "UK region or nation", "UK regions and nations", "")


@store.remembered
def abroad(wanted: Filter) -> Exhibit | str:
    """Return how other countries vote, or that no finding is about one."""
    table = of_regions(wanted)
    countries = table[table["code"].isin(store.codebook().overseas()) & (table["findings"] > 0)]
    shown = countries.nlargest(MOST_COUNTRIES, "studies", keep="first")
    cut = len(countries) > len(shown)
    told = f" The {len(shown)} with most studies of {len(countries)} are drawn; the file has all." if cut else ""
    return _places(wanted, shown, "country", "countries", f"The United Kingdom is left out here.{told}")


def _places(wanted: Filter, table: pd.DataFrame, noun: str, plural: str, note: str) -> Exhibit | str:
    if table.empty:
        return f"No finding here is about a {noun}"
    return exhibit.of(
        few_findings.title(
            wanted.without("region"),
            on_regions.balance_of_places(table, noun, plural),
            f"These findings by {noun}",
        ),
        f"{voting_rule.of_bars('about each place')} How many studies there are shows where this collection looked, "
        f"not where need is. {note} "
        "Choose a part of a bar to list its studies.",
        direction_bars({"": table}),
        table.drop(columns=["code", "phrase"]),
    )


def download_tables(wanted: Filter) -> Tables:
    """Return what makes the tables of regions, places and themes that are now shown, for the workbook."""
    pair = region_pair.download_tables(wanted)
    return lambda: (*_tables(wanted), *pair())


@store.remembered
def _tables(wanted: Filter) -> tuple[ViewTable, ...]:
    rule = voting_rule.of_table("a place or theme")
    spread = store.spread(wanted.without("region"))
    where_found = pd.DataFrame(
        {
            "about": [
                "a UK region or nation",
                "England or the UK as a whole only",
                "other countries only",
                "no country named",
            ],
            "findings": list(spread),
        }
    )
    places = store.places(wanted).drop(columns="sure")
    return (
        ViewTable("Regions", "Findings and votes by region and country, the chosen regions set aside", rule,
                  of_regions(wanted).drop(columns="phrase")),
        ViewTable("Where findings are", "Findings by the narrowest place named, the chosen regions set aside",
                  "Each finding is counted once.", where_found),
        ViewTable("Places", "Places on the map", "Places that have coordinates; directions count findings.",
                  places),
        ViewTable("Themes here", "Themes of the findings in this view, with votes", rule, themes(wanted)),
    )  # fmt: skip
