"""Their columns as a table to edit: which field of ours each fills, how that was found, and an example."""

from collections.abc import Sequence

import pandas as pd
import streamlit as st
from markupsafe import Markup

from components.loading import work
from data.codebook import Codebook
from data.importing.mapping import Mapping
from data.importing.mapping.as_text import as_toml
from data.importing.mapping.fields import FIELDS, NOT_OURS
from data.importing.mapping.suggesting.columns import ColumnRow, columns
from data.importing.raw import RawFile
from data.wording import number_of

OPEN = ""
OPTIONS = (OPEN, NOT_OURS, *FIELDS)


def edited(base: Mapping, files: Sequence[RawFile], codebook: Codebook) -> Mapping:
    """Draw the table of columns, and return the mapping with what it says."""
    found = work.done(
        "columns", (tuple(map(id, files)), as_toml(base)), "Looking at the columns",
        lambda _: [row for file in files for row in columns(file, codebook, base)],
    )  # fmt: skip
    if work.failed("columns", found):
        st.stop()
    rows: list[ColumnRow] = list({(row.sheet, row.column): row for row in found.value}.values())
    if not rows:  # a codebook alone has none
        return base
    guesses = sum(row.guess for row in rows)
    st.html(Markup('<h2 class="figure-title">Columns</h2><p class="note">{}</p>').format(
        f"{number_of(len(rows), 'column')}. {_of_guesses(guesses)}Choose for each what it fills, or “{NOT_OURS}”."
    ))  # fmt: skip
    frame = pd.DataFrame(
        [(row.sheet, row.column, row.field, row.ground, row.example, row.filled) for row in rows],
        columns=["Sheet", "Column", "Fills", "How that was found", "Example", "Cells filled"],
    )
    if not frame["Sheet"].any():
        frame = frame.drop(columns="Sheet")
    table = st.data_editor(
        frame,
        hide_index=True,
        width="stretch",
        key=f"map_columns_{hash(found.of)}",
        disabled=[name for name in frame.columns if name != "Fills"],
        column_config={
            "Fills": st.column_config.SelectboxColumn(options=list(OPTIONS), width="medium", required=False),
            "Example": st.column_config.TextColumn(width="large"),
        },
    )
    chosen = [value or OPEN for value in table["Fills"].where(table["Fills"].notna(), OPEN)]
    return base.with_columns((row.sheet, row.column, field) for row, field in zip(rows, chosen, strict=True))


def _of_guesses(number: int) -> str:
    return f"{number_of(number, 'guess', 'guesses')}, to be looked at. " if number else ""
