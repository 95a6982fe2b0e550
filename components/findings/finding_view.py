"""The findings themselves: one whole, or all of the filter as a table to search, sort and open."""

import pandas as pd
import streamlit as st

from components.figures import exhibit, theme
from components.findings import cards, chosen_row, few_findings, study_cards
from components.frame import address, numbered
from components.frame.numbered import Number
from components.frame.view_choices import CARDS, SHOWN_AS, TABLE
from components.store import store
from data.filters.filter import Filter
from data.filters.wording import listed, number_of

WRAPPED = 104
"""The height of a row in pixels, in which text wraps over three lines and more: Streamlit wraps above four lines."""
ROWS = 100
"""Rows of the table at a time; the workbook holds them all."""
MATCHED = "Match"
"""The column that says which words of a search a finding holds, where none holds all."""
COLUMNS = {
    "finding_id": "Ref",
    "finding": "Finding",
    "direction": "Direction",
    "confidence": "Confidence",
    "place": "Place",
    "title": "Source",
    "year": "Year",
    "strand": "Strand",
}


def answer(wanted: Filter) -> str:
    """Say how many findings there are and which way they point; one finding speaks for itself by its ref."""
    if one(wanted):
        return f"Finding {wanted.finding[0]}"
    table = store.tally(wanted, "direction")
    told = listed((f"{row.findings:,} {row.code}" for row in table.itertuples() if row.findings), "and")
    return f"{number_of(store.counts(wanted).findings, 'finding')}, {told}."


def numbers(wanted: Filter) -> list[Number]:
    """Return the numbers of the answer, each leading to its findings."""
    table = store.tally(wanted, "direction")
    return [
        numbered.counted(store.counts(wanted).findings, "finding", address.way("findings", wanted)),
        *(
            numbered.counted(number, code, address.way("findings", wanted.narrowed(direction=code)), code)
            for code, number in zip(table["code"], table["findings"], strict=True)
            if number
        ),
    ]


def one(wanted: Filter) -> bool:
    """Tell whether the filter is a permalink: one finding, named."""
    return len(wanted.finding) == 1


def named(wanted: Filter) -> tuple[str, ...]:
    """Return the keys of the filter that the answer itself names."""
    return ("finding",) if one(wanted) else ()


def show(wanted: Filter) -> None:
    """Draw the one finding whole, a few as cards, or the table and cards of all."""
    if one(wanted):
        cards.show_all(wanted, "findings", whole=True)
        return
    if few_findings.found(wanted):
        study_cards.show_few(wanted, "findings")
        return
    st.segmented_control("Show as", (TABLE, CARDS), format_func=str.capitalize, key=SHOWN_AS.widget, required=True)
    if SHOWN_AS.value() == CARDS:
        study_cards.show_findings(wanted, "findings", "Findings")
    else:
        _table(wanted)


def _table(wanted: Filter) -> None:
    total = store.counts(wanted).findings
    order, number = cards.choose_order(wanted, "findings", total, ROWS)
    rows = store.findings(wanted, order, ROWS, (number - 1) * ROWS)
    exhibit.heading(
        "Findings", "Choose a row to open the finding beneath the table; click a heading to sort these rows."
    )
    codebook = store.codebook()
    shown = rows[list(COLUMNS)].assign(
        direction=rows["direction"].map(theme.with_symbol),
        place=[cards.where(row, codebook) for row in rows.to_dict("records")],
        year=pd.to_numeric(rows["year"]).astype("Int64"),
    )
    marks = store.search_marks(wanted, rows.to_dict("records"))
    if marks:
        shown.insert(2, MATCHED, [marks.get(ref, "") for ref in rows["finding_id"]])
    chosen = chosen_row.choose(
        shown.rename(columns=COLUMNS),
        list(rows["finding_id"]),
        key="findings_table",
        total=total,
        width="stretch",
        height=640,
        row_height=WRAPPED,
        placeholder="",
        column_config={
            "Finding": st.column_config.TextColumn(width=420),
            "Place": st.column_config.TextColumn(width=150),
            "Source": st.column_config.TextColumn(width=300),
            "Year": st.column_config.NumberColumn(format="%d"),
        },
        alt="The findings of this filter, with direction, confidence, place and source",
    )
    if chosen:
        row = rows[rows["finding_id"] == chosen].iloc[0].to_dict()
        cards.show(cards.card_of(row, marks.get(chosen, ""), wanted), "findings", whole=True)
