"""Their columns, each with the field of ours that it fills, how that was found, and an example."""

from collections.abc import Sequence

import streamlit as st
from markupsafe import Markup

from components import plain
from components.loading import mapping_parts, work
from components.loading.draft import Draft, current
from data.codebook import Codebook
from data.importing.mapping import Mapping
from data.importing.mapping.as_text import as_toml
from data.importing.mapping.fields import FIELDS, NOT_OURS
from data.importing.mapping.suggesting.columns import ColumnRow, columns
from data.importing.raw import RawFile
from data.wording import number_of

OPEN = ""
OPTIONS = (OPEN, NOT_OURS, *FIELDS)
SHOWN = {OPEN: "Left open", NOT_OURS: "Not ours"}


def edited(draft: Draft, base: Mapping, files: Sequence[RawFile], codebook: Codebook) -> Mapping:
    """Draw the columns with what each fills, and return the mapping with it.

    What is suggested counts as decided by who goes on from it.
    """
    found = work.done(
        "columns", (tuple(map(id, files)), as_toml(base)), "Looking at the columns",
        lambda _: [row for file in files for row in columns(file, codebook, base)],
    )  # fmt: skip
    if work.failed("columns", found):
        st.stop()
    rows: list[ColumnRow] = list({(row.sheet, row.column): row for row in found.value}.values())
    if not rows:  # a codebook alone has none
        return base
    rows.sort(key=lambda row: (not row.filled, not row.guess, bool(row.field)))  # first what is to be looked at
    guesses = sum(row.guess for row in rows)
    st.html(Markup('<h2 class="figure-title">Columns</h2><p class="note">{}</p>').format(
        f"{number_of(len(rows), 'column')}. {_of_guesses(guesses)}Choose for each what it fills, or “Not ours”."
    ))  # fmt: skip
    version = hash(found.of)
    for row in mapping_parts.part(rows, "columns", "column", lambda row: f"{row.sheet} {row.column}"):
        _ask(row, draft.own_columns.get((row.sheet, row.column), row.field), version)
    meant = {(row.sheet, row.column): row.field for row in rows} | dict(draft.own_columns)
    return base.with_columns((*place, field) for place, field in meant.items())


def _of_guesses(number: int) -> str:
    return f"{number_of(number, 'guess', 'guesses')}, to be looked at. " if number else ""


def _ask(row: ColumnRow, field: str, version: int) -> None:
    """Draw one column and the choice of the field that it fills."""
    left, right = st.columns([3, 2], gap="medium")
    about = [row.sheet, f"{number_of(row.filled, 'cell')} filled", f"such as “{row.example}”" if row.example else ""]
    ground = "as you chose" if field != row.field else row.ground
    left.html(mapping_parts.about(row.column or "(no heading)", about, ground))
    key = f"column_{version}_{hash((row.sheet, row.column))}"
    st.session_state.setdefault(key, field)
    right.selectbox(
        plain.label(f"What the column {row.column} fills"), OPTIONS, key=key, on_change=_decide,
        format_func=lambda name: SHOWN.get(name, name), label_visibility="collapsed",
        args=(row.sheet, row.column, key),
    )  # fmt: skip


def _decide(sheet: str, column: str, key: str) -> None:
    draft = current()
    draft.own_columns = {**draft.own_columns, (sheet, column): st.session_state[key]}
