"""What communities say beside what governments, academics and investors say, and each definition in its gist."""

import pandas as pd
import streamlit as st
from markupsafe import Markup

from components.figures import count_tables, exhibit, source_link, templates
from components.figures.definition_grid import year_of
from components.frame.downloads import Tables
from components.store import store
from components.views import definition_view
from components.views.definition_view import ChosenDefinitions
from data.exporting.workbook import ViewTable
from data.filters.wording import listed, number_of
from data.queries import definition_counts
from data.queries.definition_counts import BREADTH_MEANINGS, ELEMENT_NAMES, FEW, SPEAKERS, kind_name
from models import Included


def show_voices() -> None:
    """Set what communities say beside three other voices, in sentences of numbers and a table; always of all."""
    every = store.definitions()
    if every.empty:
        return
    exhibit.heading(
        "What communities say beside what governments, academics and investors say",
        f"Of all {number_of(len(every), 'definition')}, whatever is chosen above; governments are local and national.",
    )
    st.html(_said())


@store.remembered
def _said() -> Markup:
    every = store.definitions()
    said = Markup("").join(Markup("<li>{}</li>").format(sentence) for sentence in definition_counts.voices(every))
    return Markup('<ul class="gaps">{}</ul>').format(said) + count_tables.html_table(
        side_by_side(every), f"Definitions that include each element, of how many; “few” marks fewer than {FEW}"
    )


def side_by_side(table: pd.DataFrame) -> pd.DataFrame:
    """Return each element with how many definitions of each voice count it in, such as "2 of 4"."""
    counts = definition_counts.counted_in(table, SPEAKERS)
    columns: dict[str, object] = {"Element": list(ELEMENT_NAMES.values())}
    for group, rows in counts.groupby("group", sort=False):
        few = " (few)" if rows["definitions"].iloc[0] < FEW else ""
        columns[f"{group}{few}"] = [
            f"{yes} of {held}" for yes, held in zip(rows["yes"], rows["definitions"], strict=True)
        ]
    return pd.DataFrame(columns)


def show_each() -> None:
    """Draw the definitions shown one by one, by kind of holder, with gist, link, what was read and who coded it."""
    chosen = definition_view.choice()
    table = definition_view.shown(chosen)
    if table.empty:
        return
    exhibit.heading(
        "Each definition in a few words",
        "The gist is in the coder's words, not the holder's; follow the link for those.",
    )
    held = definition_counts.kinds(table)
    for kind in held:
        number = int((table["holder_kind"] == kind).sum())
        label = f"{kind_name(kind)}: {number_of(number, 'definition')}"
        with st.expander(label, expanded=kind == held[0] or len(held) == 1):
            st.html(_cards(chosen, kind))


@store.remembered
def _cards(chosen: ChosenDefinitions, kind: str) -> Markup:
    table = definition_view.shown(chosen)
    return Markup("").join(_card(row) for row in table[table["holder_kind"] == kind].to_dict("records"))


def _card(row: dict[str, object]) -> Markup:
    about = " · ".join(
        filter(None, (year_of(row) or "no year shown", str(row["place"]), _breadth(str(row["breadth"]))))
    )
    return templates.drawn(
        __file__,
        holder=row["holder"],
        about=about,
        gist=row["gist"],
        counted=_counted(row),
        source=source_link.titled(str(row["source_title"] or row["url"]), str(row["url"])),
        read=row["read"] or "not stated",
        coder=row["coder"] or "not stated",
        on=row["coded_on"] or "a day not stated",
        ref=row["ref"],
    )


def _breadth(breadth: str) -> str:
    meaning = BREADTH_MEANINGS.get(breadth)
    return f"{breadth}: {meaning}" if meaning else breadth


def _counted(row: dict[str, object]) -> str:
    names = {
        word: [name.lower() for element, name in ELEMENT_NAMES.items() if row[element] == word] for word in Included
    }
    counted = (
        f"Includes {listed(names[Included.YES], 'and')}." if names[Included.YES] else "Includes none of the eight."
    )
    left_out = f" Leaves out {listed(names[Included.NO], 'and')}." if names[Included.NO] else ""
    return counted + left_out


def download_tables() -> Tables:
    """Return what makes the tables of the definitions that are now shown and of the voices, for the workbook."""
    shown = definition_view.download_tables()
    return lambda: (*shown(), *_tables())


@store.remembered
def _tables() -> tuple[ViewTable, ...]:
    every = store.definitions()
    title = "What communities, governments, academics and investors include"
    return (
        ViewTable("Voices side by side", title,
                  f"Definitions that include an element, of how many; “few” marks fewer than {FEW}.",
                  side_by_side(every)),
        ViewTable("Voices in words", title, "Computed from the same numbers; which elements are told is by share.",
                  pd.DataFrame({"What the numbers say": definition_counts.voices(every)})),
    )  # fmt: skip
