"""The bibliography: every source of the filter in a table, and the one that is chosen opened with its findings."""

import pandas as pd
import streamlit as st
from markupsafe import Markup

from components.figures import count_tables, exhibit, list_parts, plain_text, source_link
from components.findings import cards, chosen_row
from components.frame.shell import page_path
from components.frame.view_choices import SOURCES_ORDER
from components.store import store
from data.exporting.citation import cite, stands_in
from data.filters.filter import Filter
from data.filters.wording import number_of, of_total
from data.queries.listing import SOURCE_ORDERS

ROWS = 500
"""Sources of the table at a time; the workbook holds them all."""
MOST_CARDS = 20
ORDER_NAMES = {
    "newest": "Newest first",
    "title": "By title",
    "findings": "Most findings first",
    "ref": "By ref",
}
COLUMNS = {
    "title": "Title", "organisation": "Organisation", "authors": "Authors", "year": "Year", "source_type": "Type",
    "method": "Method", "strand": "Strand", "findings": "Findings here", "link": "Link", "study": "Study",
    "read": "Read by the coder", "source_id": "Ref",
}  # fmt: skip
KEY = "sources_table"


def show(wanted: Filter) -> None:
    """Draw the table of the filter's sources; the row that is chosen opens beneath it."""
    exhibit.heading(
        "The sources",
        "Choose a row to open its source beneath the table; click a heading to sort these rows; the magnifying glass "
        "over the table searches them. “Findings here” counts those in this view.",
    )
    rows = _rows(wanted)
    chosen = chosen_row.choose(
        _readable(rows),
        list(rows["source_id"]),
        key=KEY,
        total=store.held(wanted).sources,
        width="stretch",
        height=560,
        placeholder="",
        row_height=count_tables.WRAPPED,
        column_config={
            "Title": st.column_config.TextColumn(width=340),
            "Organisation": st.column_config.TextColumn(width=180),
            "Authors": st.column_config.TextColumn(width=150),
            "Study": st.column_config.TextColumn(width=190),
            "Year": st.column_config.NumberColumn(format="%d"),
            "Link": st.column_config.LinkColumn(display_text="Open the source"),
        },
        alt="The sources of this filter, with organisation, year, method, findings, link and study",
    )
    if chosen:
        _open(wanted, rows[rows["source_id"] == chosen].iloc[0].to_dict())
    else:
        st.html('<p class="note">No source is chosen.</p>')


def _rows(wanted: Filter) -> pd.DataFrame:
    total = store.held(wanted).sources
    choose, turn = st.columns([2, 1], vertical_alignment="bottom")
    order = choose.selectbox(
        "Order of sources", SOURCE_ORDERS, format_func=ORDER_NAMES.__getitem__, key=SOURCES_ORDER.widget
    )
    part = list_parts.choose(turn, total, ROWS, "sources_part") if total > ROWS else 1
    return store.sources(wanted, order, ROWS, (part - 1) * ROWS)


def _readable(rows: pd.DataFrame) -> pd.DataFrame:
    codebook = store.codebook()
    return rows.assign(
        year=pd.to_numeric(rows["year"]).astype("Int64"),
        strand=[codebook.name("strand", code) for code in rows["strand"]],
        link=[url if source_link.is_web(url) else None for url in rows["url"]],
    )[list(COLUMNS)].rename(columns=COLUMNS)


def _open(wanted: Filter, source: dict[str, object]) -> None:
    ref = str(source["source_id"])
    own = store.findings_of(wanted, ref)
    with st.container(border=True, key=f"sources_open_{ref}"):
        st.html(about(source))
        _show_study(wanted, source)
    here = f"{number_of(len(own.refs), 'finding')} of this source" if len(own.refs) == own.total else (
        f"{of_total(len(own.refs), own.total, 'finding')} of this source; the others are outside this view"
    )  # fmt: skip
    exhibit.heading(here)
    shown = Filter(finding=own.refs[:MOST_CARDS])
    cards.show_all(shown, "sources")
    if len(own.refs) > MOST_CARDS:
        st.html(Markup('<p class="note">The first {} are shown; the file has all.</p>').format(MOST_CARDS))
    st.page_link(
        page_path("findings"),
        label=plain_text.label(f"See the findings of {ref} on their own page"),
        query_params=shown.to_query(),
    )


def about(source: dict[str, object]) -> Markup:
    """Return the card of a source, a row of `listing.sources`.

    Its note and what it is published in stand there only where it has them.
    """
    codebook = store.codebook()
    pairs = {
        "Type": source["source_type"],
        "Method": source["method"],
        "Strand": codebook.name("strand", str(source["strand"])),
        "Read by the coder": source["read"],
        "Address": source_link.titled(str(source["url"]), str(source["url"])),
    }
    if standing := stands_in(source):
        pairs = {"Published in": standing, **pairs}
    if source["note"]:
        pairs["Note"] = source["note"]
    said = Markup("").join(
        Markup("<dt>{}</dt><dd>{}</dd>").format(name, value or "not stated") for name, value in pairs.items()
    )
    return Markup('<article class="card"><h2 class="figure-title">{}</h2><p>{}</p><dl>{}</dl></article>').format(
        source["title"], cite(source), said
    )


def _show_study(wanted: Filter, source: dict[str, object]) -> None:
    study = str(source["study"])
    shared = store.sharing(wanted, study) if study else pd.DataFrame()
    others = shared[shared["source_id"] != source["source_id"]] if len(shared) else shared
    if others.empty:
        st.html('<p class="note">No other source of this collection reports the same study.</p>')
        return
    told = Markup("").join(
        Markup("<li>{} ({}){}</li>").format(
            source_link.titled(str(row["title"]), str(row["url"])),
            row["organisation"] or row["authors"] or "no organisation shown",
            "" if row["here"] else ": outside this view",
        )
        for row in others.to_dict("records")
    )
    st.html(
        Markup(
            '<div class="card"><p class="small">The same study ({}) is reported by {} too; together they vote once:</p>'
            '<ul class="gaps">{}</ul></div>'
        ).format(study, number_of(len(others), "other source"), told)
    )
