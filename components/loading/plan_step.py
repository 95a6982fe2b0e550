"""The plan: what would be added, changed, withdrawn and left, field by field, with counts before and after."""

import pandas as pd
import streamlit as st
from markupsafe import Markup

from components.figures import count_tables
from components.loading import check_step, long_work
from components.loading.check_step import show_table
from components.loading.draft import ImportDraft, Step, buttons, say
from components.loading.mapping import mapping_step
from components.store import store
from data.faults import Refused
from data.filters.filter import Filter
from data.filters.wording import number_of
from data.importing.loads.likely_duplicates import Likely
from data.importing.loads.prepared_load import PreparedLoad
from models import Access, StrandCode

FACET_TITLES = {"strand": "By strand", "region": "By region", "theme": "By theme"}
COUNT_HEADINGS = {
    "name": "Name",
    "findings_before": "Findings now",
    "findings_after": "Findings after",
    "sources_before": "Sources now",
    "sources_after": "Sources after",
}
ACCESSES = {
    "": "As the files say",
    Access.PUBLIC: "Everyone (public)",
    Access.ROUNDTABLE: "Participants and editors (roundtable)",
    Access.TEAM: "Editors alone (team)",
}
LIKELY_HEADINGS = {"ref": "added", "other_is": "the other is", "score": "likeness", "other_text": "text of the other"}
MOST_SHOWN = 2_000
"""Rows of a table that the browser is sent."""


def show(draft: ImportDraft) -> None:
    """Draw what confirming would do, and the choices that change it."""
    _choose(draft)
    found = check_step.plan(draft)
    if isinstance(found.fault, Refused):
        st.html(Markup('<p class="lead" role="alert">{}</p>').format(f"{found.fault}."))
        buttons(Step.CHECK, "", None)
        return
    if long_work.failed("checked", found):
        return
    draft.planned = found.value
    say(sentence(found.value))
    check_step.show_accounts(account.record() for account in found.value.accounts)
    show_likely(found.value.likely)
    show_rows(found.value.rows)
    show_fields(found.value.fields)
    show_counts(found.value.counts)
    buttons(Step.CHECK, "Go on to confirm", Step.CONFIRM, found.value.changes_something,
            "The collection holds all of this already, so there is nothing to bring in.")  # fmt: skip


def sentence(plan: PreparedLoad) -> str:
    """Say in a sentence what a plan would do."""
    parts = []
    for kind, difference, _ in plan.plan.differences():
        numbers = ((len(difference.added), "added"), (len(difference.changed), "changed"),
                   (len(difference.withdrawn), "withdrawn"), (difference.unchanged, "left as they are"))  # fmt: skip
        said = [f"{number:,} {what}" for number, what in numbers if number]
        if said:
            parts.append(f"{kind}s: {', '.join(said)}")
    codes = plan.totals["codebook_changes"]
    if codes:
        parts.append(f"codebook: {number_of(codes, 'code')} changed")
    return f"{'; '.join(parts)[:1].upper()}{'; '.join(parts)[1:]}." if parts else "Nothing would change."


def _choose(draft: ImportDraft) -> None:
    """Draw the choices that change the plan."""
    left, right = st.columns(2)
    with left:
        _choose_access(draft)
    with right:
        _choose_replaced(draft)


def _choose_access(draft: ImportDraft) -> None:
    """Let one access be given to all that the files hold."""
    draft.access = st.selectbox(
        "Who may see what is brought in",
        ("", *map(str, Access)),
        index=("", *map(str, Access)).index(draft.access),
        format_func=ACCESSES.__getitem__,
        key="import_access",
        help="Where the files say nothing, what is new is for everyone, passages of what people said "
        "for the team, and what is here already keeps its access.",
    )


def _choose_replaced(draft: ImportDraft) -> None:
    """Let whole strands be replaced by what the files hold, each with its consequence in words."""
    files = mapping_step.brought(draft).value.files
    held = {cells[1] for table in files.sources for _, cells in table.rows}
    strands = [str(strand) for strand in StrandCode if str(strand) in held]
    if not strands or not files.findings:
        draft.replaced = ()
        return
    begun = store.current().number > 0
    name = {code: store.codebook().name("strand", code) if begun else code for code in strands}
    chosen = st.multiselect(
        "Replace whole strands",
        strands,
        default=[strand for strand in draft.replaced if strand in strands],
        format_func=name.__getitem__,
        key="import_replaced",
        placeholder="None: what the files lack stays as it is",
        help="Sources and findings of a replaced strand that these files do not hold are withdrawn.",
    )
    draft.replaced = tuple(chosen)
    for strand in chosen:
        now = store.counts(Filter(strand=(strand,))).findings if begun else 0
        st.html(Markup('<p class="note" role="status">{}</p>').format(
            f"{name[strand]} holds {number_of(now, 'finding')} now; those that these files lack would be withdrawn."
        ))  # fmt: skip


def show_rows(rows: pd.DataFrame) -> None:
    """Draw the sources and findings that would be added, changed or withdrawn, to filter by what happens to them."""
    if rows.empty:
        return
    kinds = [what for what in ("added", "changed", "withdrawn") if (rows["what"] == what).any()]
    st.html('<h2 class="figure-title">Sources and findings</h2>')
    chosen = kinds
    if len(kinds) > 1:
        chosen = st.pills("What happens", kinds, selection_mode="multi", key="plan_what") or kinds
    shown = rows[rows["what"].isin(chosen)]
    first = f", the first {MOST_SHOWN:,}" if len(shown) > MOST_SHOWN else ""
    show_table(
        _described(shown.head(MOST_SHOWN)),
        f"{number_of(len(shown), 'row')}: {', '.join(chosen)}{first}",
    )


def _described(rows: pd.DataFrame) -> pd.DataFrame:
    shown = rows if (rows["what"] == "changed").any() else rows.drop(columns="fields")
    return shown.rename(columns={"what": "what happens", "fields": "fields that change"})


def show_likely(found: Likely) -> None:
    """Draw the added rows that are likely the same as another, and say what was not compared."""
    if not found.pairs.empty:
        st.html('<h2 class="figure-title">Likely duplicates</h2>')
        first = f", the first {MOST_SHOWN:,}" if len(found.pairs) > MOST_SHOWN else ""
        show_table(
            found.pairs.head(MOST_SHOWN).rename(columns=LIKELY_HEADINGS),
            f"{number_of(len(found.pairs), 'pair')} of an added row and another that are likely to be the same{first}; "
            "nothing is merged. Leave a row out of your file, or bring both in and decide later",
        )
    for cut in found.cut:
        st.html(Markup('<p class="note">Looking for likely duplicates, {}.</p>').format(cut))


def show_fields(fields: pd.DataFrame) -> None:
    """Draw each value that would change, before and after."""
    if fields.empty:
        return
    st.html('<h2 class="figure-title">What changes, field by field</h2>')
    shown = fields.head(MOST_SHOWN)
    texts = shown.assign(**{side: [_text(value) for value in shown[side]] for side in ("before", "after")})
    first = f", the first {MOST_SHOWN:,}" if len(fields) > MOST_SHOWN else ""
    show_table(texts, f"{number_of(len(fields), 'value')}{first}")


def _text(value: object) -> str:
    return "" if value is None else str(value)


def show_counts(counts: pd.DataFrame) -> None:
    """Draw findings and sources by strand, region and theme, before and after, where they differ."""
    moved = counts[
        (counts["findings_before"] != counts["findings_after"]) | (counts["sources_before"] != counts["sources_after"])
    ]
    if moved.empty:
        return
    st.html('<h2 class="figure-title">Counts now and after</h2>')
    for tab, (facet, title) in zip(st.tabs(list(FACET_TITLES.values())), FACET_TITLES.items(), strict=True):
        own = moved[moved["facet"] == facet]
        with tab:
            if own.empty:
                st.html('<p class="note">None of these counts would change.</p>')
            else:
                count_tables.show(own[list(COUNT_HEADINGS)], f"{title}, where a count changes", COUNT_HEADINGS)
