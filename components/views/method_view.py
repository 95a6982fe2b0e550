"""The method on the page: how far coders agree, what to know before using the evidence, and what has changed."""

import pandas as pd
import streamlit as st
from markupsafe import Markup

from components.figures import count_tables
from components.frame import address, numbered
from components.frame.numbered import Number
from components.store import compared_codings, store
from data.exporting.workbook import ViewTable
from data.filters.filter import Filter
from data.filters.wording import number_of
from data.sentences import on_method
from data.sentences.on_method import agreed, history, share_known, swim
from data.sentences.on_votes import MINUS_SURE

SECTIONS = {
    "coding": "How the evidence was coded",
    "agreement": "How far coders agree",
    "limits": "What to know before using it",
    "words": "What the words mean",
    "codebook": "The codebook",
    "swim": "Reporting: the nine items of SWiM",
    "changes": "Version and changes",
    "accessibility": "Accessibility",
}
AGREEMENT_HEADINGS = {
    "what": "Codings compared",
    "measure": "Of what",
    "compared": "Codes compared",
    "findings": "Findings",
    "agree": "Share that agrees",
    "kappa": "Cohen's kappa",
    "overlap": "Mean Jaccard index",
}
SWIM_HEADINGS = {"item": "Item", "what": "What is reported", "here": "In this collection"}
HISTORY_HEADINGS = {
    "version": "Data version",
    "at": "When",
    "added": "Added",
    "changed": "Changed",
    "withdrawn": "Withdrawn",
    "codebook_changes": "Codebook changes",
    "digest": "Digest of the evidence",
    "files": "Files (SHA-256, first 12 signs)",
}
UNSTATED = "How this evidence was coded, and by whom, is not stated with it."
INTERVALS = (
    "The Agreement page has Krippendorff's alpha, intervals, every code and each difference; editors settle them there."
)
ACCESSIBILITY = (
    "The dashboard is built to WCAG 2.2, level AA: every control is reached by keyboard, no meaning is carried by "
    "colour alone, and beside every figure and map stand its message and its numbers as a table. Every page is "
    "checked by axe-core in a browser at each test run. The Excel download holds all that a page shows.",
    "No person who uses a screen reader, a magnifier or speech has tested it yet. What is known to fail, and why, is "
    "listed in docs/accessibility.md, the draft of an accessibility statement that the body that publishes the "
    "dashboard completes with its contact.",
)


def answer() -> str:
    """Say how far coders agree and how much of the evidence is of low confidence."""
    low, findings = _low()
    return (
        f"{on_method.answer(compared_codings.in_short())}; {low:,} of {number_of(findings, 'finding')} are of low or "
        "very low confidence."
    )


def numbers() -> list[Number]:
    """Return the numbers of the answer in their order: findings coded alike, coded at all, of low confidence, and all.

    Those coded alike lead to the comparison they come from; where two codings hold other findings than the whole
    collection, their number has no list.
    """
    low, findings = _low()
    held = numbered.counted(findings, "finding", address.way("findings", Filter()))
    unsure = address.way("findings", Filter(confidence=MINUS_SURE))
    alike = on_method.alike(compared_codings.in_short())
    first = [numbered.counted(alike[0], "finding", address.way("agreement", Filter()))] if alike else []
    second = [held] if alike and alike[1] == findings else []
    return [*first, *second, numbered.counted(low, "finding", unsure), held]


def _low() -> tuple[int, int]:
    """Return how many findings are of low or very low confidence, and how many there are."""
    tally = store.tally(Filter(), "confidence")
    return int(tally.loc[tally["code"].isin(MINUS_SURE), "findings"].sum()), int(tally["findings"].sum())


def contents() -> None:
    """Draw the page's list of contents, each a link to its part."""
    links = Markup("").join(Markup('<li><a href="#{}">{}</a></li>').format(*item) for item in SECTIONS.items())
    st.html(Markup('<nav class="lead contents" aria-label="On this page"><ul class="gaps">{}</ul></nav>').format(links))


def _section(key: str) -> None:
    st.html(Markup('<h2 class="figure-title section" id="{}">{}</h2>').format(key, SECTIONS[key]))


def _paragraphs(*said: str) -> None:
    st.html(
        Markup('<div class="lead">{}</div>').format(Markup("").join(Markup("<p>{}</p>").format(text) for text in said))
    )


def show_coding() -> None:
    """Say how the evidence was coded."""
    _section("coding")
    told = store.coding(Filter()) or [UNSTATED]
    known, _ = compared_codings.twice_coded()
    # What follows the first paragraph speaks of codings beside the agreed one: without them it claims nothing.
    _paragraphs(*(told if known else told[:1]))


def show_agreement() -> None:
    """Say how far coders agree, and draw the numbers as a table."""
    _section("agreement")
    table, known = compared_codings.in_short(), share_known(*compared_codings.twice_coded())
    _paragraphs(*agreed(table), known, INTERVALS)
    count_tables.show(
        agreement_rows(table), "Agreement between codings; [z] where a measure does not apply", AGREEMENT_HEADINGS
    )


def agreement_rows(table: pd.DataFrame) -> pd.DataFrame:
    """Return the agreement as it is read: shares and indices with two decimals, [z] where a measure does not apply."""
    shown = {
        column: ["[z]" if pd.isna(value) else f"{value:.2f}" for value in table[column]]
        for column in ("agree", "kappa", "overlap")
    }
    return table.assign(**shown)


def show_limits() -> None:
    """Say what to know before using the evidence, with the numbers of the whole collection."""
    _section("limits")
    items = Markup("").join(Markup("<li>{}</li>").format(text) for text in store.caveats(Filter()))
    st.html(Markup('<div class="lead"><ul class="gaps">{}</ul></div>').format(items))


def show_words() -> None:
    """Draw what each direction, role, confidence and strand means."""
    _section("words")
    count_tables.show(
        words(), "The words of the filter", {"facet": "Of what", "name": "Word", "definition": "What it means"}
    )


def words() -> pd.DataFrame:
    """Return facet, name, definition for each word of the closed vocabularies."""
    codebook = store.codebook()
    facets = {"direction": "Direction", "role": "Role of a lever", "confidence": "Confidence", "strand": "Strand"}
    return pd.DataFrame(
        [(said, entry.name, entry.definition) for facet, said in facets.items() for entry in codebook.entries(facet)],
        columns=["facet", "name", "definition"],
    )[["name", "facet", "definition"]]


def show_codebook() -> None:
    """Draw themes, levers and regions with their definitions, each facet in a part that opens."""
    _section("codebook")
    codebook = store.codebook()
    for facet, plural in (("theme", "Themes"), ("lever", "Policy levers"), ("region", "Regions of the UK")):
        entries = [e for e in codebook.entries(facet) if facet != "region" or e.code not in codebook.overseas()]
        rows = pd.DataFrame(
            [
                (e.code, e.name, codebook.name(facet, e.parent) if e.parent else "", e.definition or e.kind)
                for e in entries
            ],
            columns=["code", "name", "parent", "definition"],
        )
        headings = {"parent": "Part of", "definition": "What it is"}
        with st.expander(f"{plural}: {number_of(len(entries), 'code')}"):
            count_tables.show(rows, plural, headings)


def show_swim() -> None:
    """Draw the nine items of SWiM with their answers."""
    _section("swim")
    _paragraphs("Synthesis without meta-analysis is reported by nine items (Campbell and others 2020, BMJ).")
    count_tables.show(swim(), "The nine items of SWiM", SWIM_HEADINGS)


def show_changes() -> None:
    """Say which version of the evidence is shown, and draw what each load did."""
    _section("changes")
    _paragraphs(f"Data version {store.current()}. Its digest is a SHA-256 over all rows: {store.current().digest}.")
    count_tables.show(history(store.loads()), "Every load, newest first", HISTORY_HEADINGS)


def show_accessibility() -> None:
    """Say who can use the dashboard, and what is known to fail."""
    _section("accessibility")
    _paragraphs(*ACCESSIBILITY)


def download_tables() -> tuple[ViewTable, ...]:
    """Return what the page shows, for the workbook."""
    limits = pd.DataFrame({"What to know": store.caveats(Filter())})
    shown = [
        ViewTable("Limits", "What to know before using the evidence", "Numbers are of the whole collection.", limits),
        ViewTable("SWiM", "The nine items of SWiM", "Campbell and others 2020, doi 10.1136/bmj.l6890.",
                  swim().rename(columns=SWIM_HEADINGS)),
        ViewTable("Loads", "What each load did, newest first", "A version is made by a load that changes something.",
                  history(store.loads()).rename(columns=HISTORY_HEADINGS)),
    ]  # fmt: skip
    rows = agreement_rows(compared_codings.in_short()).rename(columns=AGREEMENT_HEADINGS)
    if rows.empty:
        return tuple(shown)
    note = "Shares, kappas and indices run to 1; [z] where a measure does not apply."
    return (ViewTable("Agreement", "How far coders agree", note, rows), *shown)
