"""Tables of counts as real HTML tables, every cell escaped: what a screen reader reads instead of a figure."""

from collections.abc import Mapping

import pandas as pd
import streamlit as st
from markupsafe import Markup, escape

HEADINGS = {
    "code": "Code",
    "name": "Name",
    "role": "Role",
    "side": "Where",
    "where": "Place",
    "findings": "Findings",
    "sources": "Sources",
    "studies": "Studies",
    "strengthened": "▲ strengthened (studies)",
    "mixed": "◄► mixed (studies)",
    "impeded": "▼ impeded (studies)",
    "sure": "Of high or moderate confidence",
}


def html_table(frame: pd.DataFrame, caption: str, headings: Mapping[str, str] | None = None) -> Markup:
    """Return a table with a caption and column headings; numbers stand right, the first column heads its row."""
    names = {**HEADINGS, **(headings or {})}
    numeric = {column for column in frame.columns if pd.api.types.is_numeric_dtype(frame[column])}
    head = Markup("").join(
        Markup('<th scope="col"{}>{}</th>').format(_kind(column in numeric), names.get(column, column))
        for column in frame.columns
    )
    body = Markup("").join(_row(row, list(frame.columns), numeric) for row in frame.itertuples(index=False, name=None))
    return Markup(
        '<div class="counts" tabindex="0" role="region" aria-label="{caption}"><table><caption>{caption}</caption>'
        "<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>"
    ).format(caption=caption, head=head, body=body)


def _kind(numeric: bool) -> Markup:
    return Markup(' class="number"') if numeric else Markup("")


def _row(row: tuple[object, ...], columns: list[str], numeric: set[str]) -> Markup:
    cells = [Markup('<th scope="row"{}>{}</th>').format(_kind(columns[0] in numeric), _shown(row[0]))]
    cells += [
        Markup("<td{}>{}</td>").format(_kind(column in numeric), _shown(value))
        for column, value in zip(columns[1:], row[1:], strict=True)
    ]
    return Markup("<tr>{}</tr>").format(Markup("").join(cells))


def _shown(value: object) -> Markup:
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return escape(f"{value:,}" if isinstance(value, int) else value)


def show(frame: pd.DataFrame, caption: str, headings: Mapping[str, str] | None = None) -> None:
    """Draw a table of counts."""
    st.html(html_table(frame, caption, headings))
