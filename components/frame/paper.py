"""Pages on paper: every panel, row and word, without what is only there to be pressed, and whence it was printed."""

import pandas as pd
import streamlit as st
from markupsafe import Markup

from components.figures import count_tables, plain_text
from components.frame import address
from components.store import store
from data.collection import clock
from data.filters.filter import Filter
from data.filters.wording import in_words

MOST = 200
"""Rows of a sortable table that are printed: as many as a page sends for paper without being slower on screen."""


def rows(frame: pd.DataFrame, caption: str, total: int = 0) -> None:
    """Draw, on paper alone, the rows of a table that stands on screen as a picture with a scroll bar.

    `total` is how many rows there are, if the table shows only a part of them.
    """
    shown = frame.head(MOST).astype(object)
    shown = shown.where(shown.notna(), "").map(str)  # years and refs as they are: a table of counts parts thousands
    more = max(total, len(frame)) - len(shown)
    rest = Markup('<p class="note">And {:,} more in the workbook.</p>').format(more) if more else Markup("")
    st.html(Markup('<div class="printed">{}{}</div>').format(count_tables.html_table(shown, caption), rest))


def foot(wanted: Filter) -> None:
    """Draw, on paper alone, of which filter and version of the evidence a page is, from which address and what day."""
    said = (
        f"{in_words(wanted, store.codebook())}. Data version {store.current()}. {address.link(wanted)} "
        f"Printed as of {clock.today():%-d %B %Y}."
    )
    st.html(Markup('<p class="printed note">{}</p>').format(plain_text.unbroken(said)))


STYLE = """
<style>
@media not print { .stElementContainer:has(.printed) { display: none; } }
@media print {
  @page { size: landscape; margin: 12mm; }
  html { font-size: 13px; }
  html, body, #root, .stApp, .stAppViewContainer, .stMain, [data-testid="stMain"] { position: static !important;
    display: block !important; height: auto !important; overflow: visible !important; }
  .stMainBlockContainer { padding: 0 !important; max-width: none !important; }
  /* What can only be pressed says nothing on paper; chosen options do, and stay. */
  .stSidebar, .stAppHeader, .stToolbar, [data-testid="stExpandSidebarButton"], .stButton, .stDownloadButton,
  .stFormSubmitButton, .stPopover, .stFileUploader, .stPageLink, .stDataFrame, .stNumberInput,
  [data-testid="stElementToolbar"] { display: none !important; }
  .stElementContainer:has(.screen), [class*="st-key-"][class*="_screen"] { display: none !important; }
  .stElementContainer:has(.stButton, .stDownloadButton, .stPopover, .stPageLink, .stDataFrame, .stNumberInput),
  .stColumn:not(:has(.stHtml, .stPlotlyChart, .stDeckGlJsonChart, .stSelectbox, .stButtonGroup, .stMultiSelect)) {
    display: none !important; }
  .answer { font-size: 1.5rem; }
  /* What opens on screen stands open on paper. */
  details::details-content { content-visibility: visible !important; display: block !important;
    height: auto !important; block-size: auto !important; }
  .stExpander details > div, .stExpander [data-testid="stExpanderDetails"] { display: block !important;
    height: auto !important; visibility: visible !important; }
  summary [data-testid="stIconMaterial"] { display: none !important; }
  .counts, .holders, .stElementContainer { overflow: visible !important; }
  .counts thead { display: table-header-group; }
  .counts table { width: 100%; }
  .printed table { font-size: .8rem; }
  .counts .long { min-width: 9rem; }
  .counts th, .counts td { padding-right: .5rem; }
  .card, .stPlotlyChart, .stDeckGlJsonChart, tr, .legend { break-inside: avoid; }
  h1, h2, h3, .figure-title, caption, .stElementContainer:has(.figure-title) { break-after: avoid; }
  .direction, .swatch, .part, .mark, .card span { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
  a { color: inherit; }
}
</style>
"""
