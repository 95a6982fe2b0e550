"""Their columns, each with the field of ours that it fills, how that was found, and an example."""

from collections.abc import Mapping as Held
from collections.abc import Sequence

import streamlit as st
from markupsafe import Markup

from components.figures import plain_text
from components.loading import long_work
from components.loading.draft import ImportDraft, current
from components.loading.mapping import mapping_parts
from data.collection.codebook import Codebook
from data.filters.wording import listed, number_of
from data.importing.mapping import Mapping
from data.importing.mapping.as_text import as_toml
from data.importing.mapping.field_names import headed, in_words
from data.importing.mapping.fields import FIELDS, NOT_OURS, PRESENCE
from data.importing.mapping.suggesting.column_suggestions import ColumnRow, columns
from data.importing.mapping.suggesting.exports import named as export_of
from data.importing.mapping.suggesting.ground import How
from data.importing.readers.raw import RawFile

OPEN = ""
OPTIONS = (OPEN, NOT_OURS, *FIELDS)
SHOWN = {OPEN: "Left open", **{field: headed(field) for field in (NOT_OURS, *FIELDS)}}
MANY = "columns_many"
OF_FORMAT = "as its format has it"
OF_COLUMN = "column_"
"""How the keys of the lists of single columns begin."""


def edited(draft: ImportDraft, base: Mapping, files: Sequence[RawFile], codebook: Codebook) -> Mapping:
    """Draw the columns with what each fills, and return the mapping with it.

    What is suggested counts as decided by who goes on from it.
    """
    found = long_work.done(
        "columns", (tuple(map(id, files)), as_toml(base)), "Looking at the columns",
        lambda _: [row for file in files for row in columns(file, codebook, base)],
    )  # fmt: skip
    if long_work.failed("columns", found):
        st.stop()
    rows: list[ColumnRow] = list({(row.sheet, row.column): row for row in found.value}.values())
    if not rows:  # a codebook alone has none
        return base
    rows.sort(key=lambda row: (not row.filled, not row.guess, bool(row.field)))  # first what is to be looked at
    programs = dict.fromkeys(filter(None, map(export_of, files)))
    known = f"Known as an export of {listed(programs, 'and')}. " if programs else ""
    st.html(Markup('<h2 class="figure-title">Columns</h2><p class="note">{}</p>').format(
        f"{known}{number_of(len(rows), 'column')}. Choose for each what it fills, or “Not ours”."
    ))  # fmt: skip
    meant = {(row.sheet, row.column): row.field for row in rows} | dict(draft.own_columns)
    guesses = {(row.sheet, row.column): row.field for row in rows if row.guess}
    mapping_parts.offer_guesses("columns", len(guesses), sum(meant[place] == field for place, field in guesses.items()),
                                _take_guesses, guesses)  # fmt: skip
    formats = {
        (table.sheet, column): file.format for file in files for table in file.tables for column in table.columns
    }
    shown = {(row.sheet, row.column): in_words(row.column, formats[row.sheet, row.column]) for row in rows}
    _offer_many(shown)
    version = hash(found.of)
    for row in mapping_parts.part(rows, "columns", "column", lambda row: f"{row.sheet} {shown[row.sheet, row.column]}"):
        _ask(row, shown[row.sheet, row.column], meant[row.sheet, row.column], version)
    return base.with_columns((*place, field) for place, field in meant.items())


def _take_guesses(taken: bool, guesses: Held[tuple[str, str], str]) -> None:
    """Take all guesses, or leave their columns open."""
    _decide_all({place: field if taken else OPEN for place, field in guesses.items()})


def _offer_many(shown: Held[tuple[str, str], str]) -> None:
    """Draw the choice of one field for many columns, such as a column for each code; `shown` names each to people."""
    if len(shown) <= 1:
        return
    with st.expander("Set many columns at once"):
        left, right = st.columns([3, 2], gap="medium")
        left.multiselect("Columns", list(shown), key=MANY, placeholder="None chosen",
                         format_func=lambda place: " › ".join(filter(None, (place[0], shown[place]))))  # fmt: skip
        right.selectbox("What they fill", OPTIONS, key=f"{MANY}_field", format_func=SHOWN.__getitem__,
                        index=OPTIONS.index(PRESENCE))  # fmt: skip
        st.button("Set them", key=f"{MANY}_set", on_click=_set_many)


def _set_many() -> None:
    field = st.session_state[f"{MANY}_field"]
    _decide_all(dict.fromkeys(st.session_state[MANY], field))
    st.session_state[MANY] = []


def _decide_all(chosen: Held[tuple[str, str], str]) -> None:
    """Keep what columns fill as a person chose it for many; their own lists are drawn anew with it."""
    draft = current()
    draft.own_columns = {**draft.own_columns, **chosen}
    for key in [key for key in st.session_state if str(key).startswith(OF_COLUMN)]:
        del st.session_state[key]


def _ask(row: ColumnRow, name: str, field: str, version: int) -> None:
    """Draw one column, as it is named to people, and the choice of the field that it fills."""
    left, right = st.columns([3, 2], gap="medium")
    filled = f"{number_of(row.filled, 'cell')} filled" if row.filled else "no cell filled"
    about = [row.sheet, filled, f"such as “{row.example}”" if row.example else ""]
    as_found = OF_FORMAT if name != row.column and row.how is How.EXACT else row.ground
    left.html(mapping_parts.about(name or "(no heading)", about, "as you chose" if field != row.field else as_found))
    key = f"{OF_COLUMN}{version}_{hash((row.sheet, row.column))}"
    st.session_state.setdefault(key, field)
    right.selectbox(
        plain_text.label(f"What the column {name} fills"), OPTIONS, key=key, on_change=_decide,
        format_func=lambda name: SHOWN.get(name, name), label_visibility="collapsed",
        args=(row.sheet, row.column, key),
    )  # fmt: skip


def _decide(sheet: str, column: str, key: str) -> None:
    draft = current()
    draft.own_columns = {**draft.own_columns, (sheet, column): st.session_state[key]}
