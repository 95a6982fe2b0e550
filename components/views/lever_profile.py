"""One lever, or all of them: its answer, the UK beside overseas, how sure, and the studies that vote."""

from collections.abc import Sequence

import pandas as pd
import streamlit as st
from markupsafe import Markup

from components.figures import exhibit, plain_text
from components.figures.charts.bar_charts import count_bars, direction_bars
from components.figures.exhibit import Exhibit
from components.findings import bar_list, chosen_row, few_findings, study_cards
from components.frame import address, voted
from components.frame.view_choices import PLACE_BAR
from components.frame.voted import focus
from components.store import store
from components.views import lever_sides
from components.views.lever_sides import PANELS
from data.exporting.workbook import ViewTable
from data.filters.filter import Filter
from data.filters.wording import number_of
from data.queries import voting_rule
from data.queries.bar_parts import Bar
from data.queries.votes import ANY_LEVER, SIDES
from data.sentences import on_votes

STUDY_COLUMNS = {
    "title": "Study (title of one of its sources)",
    "vote": "Vote",
    "findings": "Findings",
    "strengthened": "▲ findings",
    "mixed": "◄► findings",
    "impeded": "▼ findings",
    "sources": "Sources",
}
STUDY_WIDTHS = dict(zip(STUDY_COLUMNS.values(), (285, 105, 78, 86, 96, 86, 76), strict=True))
"""Pixels of each column: together no wider than the page on a small laptop, so that none is cut off."""


def name(code: str) -> str:
    """Return a lever's name; the empty code stands for any."""
    return store.codebook().name("lever", code) if code else ANY_LEVER


def answer(wanted: Filter) -> str:
    """Say what studies report where the lever was applied, and where it was withdrawn or lacking."""
    return on_votes.both_sides(store.sides_of_levers(wanted), focus(wanted), wanted=wanted)


def subject(wanted: Filter) -> str:
    """Return what the answer is about where the filter names no lever: any."""
    return "" if wanted.lever else ANY_LEVER


def _lower(sentence: str) -> str:
    return sentence[0].lower() + sentence[1:]


def proposed(wanted: Filter) -> str:
    """Say how many findings only propose the lever; they are counted and never vote."""
    number = store.counts(wanted.narrowed(role="proposed")).findings
    verb = "proposes" if number == 1 else "propose"
    what = name(focus(wanted)) if focus(wanted) else "a policy lever"
    return f"{number_of(number, 'finding')} {verb} {what}: counted here, but a proposal is no vote."


def definition(wanted: Filter) -> str:
    """Say what the lever is, or that every lever is in view."""
    code = focus(wanted)
    if not code:
        return "Levers are set beside each other, not ranked: read each with its number of studies and how sure it is."
    return f"What it is: {store.codebook().facets['lever'][code].definition}."


def choose(wanted: Filter) -> None:
    """Draw a choice of one lever, the same as in the filter panel, where the eye is."""
    codebook = store.codebook()
    codes = ("", *codebook.codes("lever"))
    key = "levers_choice"
    st.session_state[key] = focus(wanted)

    def label(code: str) -> str:
        return "   " * len(codebook.ancestors("lever", code)) + name(code)

    def take() -> None:
        chosen = st.session_state[key]
        if chosen:
            address.narrow({"lever": chosen})
        else:
            address.loosen("lever")

    st.selectbox("Policy lever", codes, format_func=label, key=key, on_change=take)


def show_places(wanted: Filter) -> None:
    """Draw the UK beside overseas, on both sides of the lever."""
    parts = voted.of_places(wanted)
    bar_list.show(
        by_place(wanted), "levers_places", PLACE_BAR, parts, lambda data: _picked(wanted, data), lever_sides.PANELS
    )
    places = list(dict.fromkeys(part.bar.place for part in parts.values()))
    bar_list.under_figure(PLACE_BAR, parts, places, lambda bar: _narrow_to_place(wanted, bar))


def _picked(wanted: Filter, data: Sequence[str]) -> Bar:
    place, *rest = data
    return lever_sides.picked((focus(wanted), *rest))._replace(place=place)


@store.remembered
def by_place(wanted: Filter) -> Exhibit:
    """Return the UK beside overseas, on both sides of the lever."""
    code = focus(wanted)
    sides = store.sides_by_place(wanted)
    mine = sides[sides["code"] == code].assign(code=sides["where"], name=sides["where"].map(_capital))
    told = mine.groupby("where", sort=False)["findings"].sum()
    places = [place for place in told.index if told[place] or place in ("UK", "overseas")]
    mine = mine[mine["where"].isin(places)]
    uk, overseas = (_lower(on_votes.both_sides(sides, code, place, wanted=wanted)) for place in ("UK", "overseas"))
    left_in = on_votes.sides_in(wanted) or PANELS
    return exhibit.of(
        few_findings.title(wanted, f"UK: {uk} Overseas: {overseas}", "The United Kingdom beside overseas, by study"),
        "Studies by the place their findings are about. Choose a part of a bar to list its studies.",
        direction_bars({PANELS[side]: mine[mine["side"] == side] for side in left_in}),
        mine.drop(columns=["code", "where"]),
    )


def _capital(place: str) -> str:
    return place[:1].upper() + place[1:]


def _narrow_to_place(wanted: Filter, bar: Bar) -> None:
    facets = store.facets(wanted.without("region"))["region"]
    overseas = tuple(code for code in store.codebook().overseas() if facets.get(code))
    regions: dict[str, str | tuple[str, ...]] = {"UK": "UK", "overseas": overseas}
    choices: dict[str, str | tuple[str, ...]] = {
        "region": regions.get(bar.place, "GLO"),
        "role": tuple(map(str, SIDES[bar.side])),
    }
    if focus(wanted):
        choices["lever"] = focus(wanted)
    address.narrow(choices)


def show_balance(wanted: Filter) -> None:
    """Say the share strengthened on each side with its interval, and how confident the coders were."""
    exhibit.heading("How sure?")
    st.html(_shares(wanted))
    exhibit.show(
        by_confidence(wanted),
        key="levers_confidence",
        pick=lambda data: address.narrow({"confidence": str(data[0])}),
    )


@store.remembered
def _shares(wanted: Filter) -> Markup:
    votes = on_votes.votes_by_side(store.sides_of_levers(wanted))
    return Markup("").join(
        Markup('<p class="note"><strong>Where {}</strong>: {}</p>').format(
            named, plain_text.unbroken(on_votes.share_of(votes[focus(wanted), side, ""]))
        )
        for side, named in on_votes.sides_in(wanted).items()
    )


@store.remembered
def by_confidence(wanted: Filter) -> Exhibit:
    """Return findings by confidence."""
    confidence = store.tally(wanted, "confidence")
    return exhibit.of(
        few_findings.title(wanted, on_votes.how_sure(confidence), "Confidence of these findings"),
        "One coder's judgement of each finding; it is not GRADE-CERQual.",
        count_bars(confidence),
        confidence.drop(columns="code"),
    )


def show_studies(wanted: Filter) -> None:
    """Draw the studies that vote, each opening the findings its vote rests on."""
    found = store.study_votes(wanted, focus(wanted))
    cut = f" The first {len(found.table):,} of {found.total:,} are listed." if found.total > len(found.table) else ""
    exhibit.heading(
        "The studies and their votes",
        f"Choose a row to open the findings that a vote rests on. A study without a vote claims no effect.{cut}",
    )
    for side, title in PANELS.items():
        if side in on_votes.sides_in(wanted):
            _studies(_on_side(wanted, side), side, title)


@store.remembered
def _on_side(wanted: Filter, side: str) -> pd.DataFrame:
    table = store.study_votes(wanted, focus(wanted)).table
    return table[table["side"] == side].reset_index(drop=True)


def _studies(table: pd.DataFrame, side: str, title: str) -> None:
    votes = int((table["vote"] != "").sum())
    st.html(
        Markup('<h3 class="figure-title">Where it was {}: {}, {} with a vote</h3>').format(
            title.lower(), number_of(len(table), "study"), f"{votes:,}"
        )
    )
    if table.empty:
        return
    shown = table[list(STUDY_COLUMNS)].rename(columns=STUDY_COLUMNS)
    chosen = chosen_row.choose(
        shown.assign(Vote=table["vote"].replace("", "no vote")),
        list(table["study"]),
        key=f"levers_studies_{side}",
        width="stretch",
        column_config={column: st.column_config.Column(width=width) for column, width in STUDY_WIDTHS.items()},
        height=min(38 * (len(table) + 1), 340),
        alt=f"Studies where it was {title.lower()}, with their votes and the findings they rest on",
    )
    if chosen:
        refs = tuple(sorted(str(table.loc[table["study"] == chosen, "refs"].iloc[0]).split(",")))
        study_cards.show_all(Filter(finding=refs), f"levers_{side.split(maxsplit=1)[0]}", "confidence")


@store.remembered
def download_tables(wanted: Filter) -> tuple[ViewTable, ...]:
    """Return what the page shows of levers, places and studies, for the workbook."""
    rule = voting_rule.of_table("a lever and side")
    return (
        ViewTable("Levers on two sides", "Levers where applied, and where withdrawn or lacking", rule,
                  store.sides_of_levers(wanted).drop(columns="where")),
        ViewTable("Levers by place", "The same, in the UK and overseas", rule, store.sides_by_place(wanted)),
        ViewTable("Study votes", f"How each study votes: {name(focus(wanted))}", rule,
                  store.study_votes(wanted, focus(wanted)).table),
    )  # fmt: skip
