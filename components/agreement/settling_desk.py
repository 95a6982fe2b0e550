"""Where codings differ: one difference at a time, settled by an editor, and all of them as a list."""

from collections.abc import Sequence

import pandas as pd
import streamlit as st
from markupsafe import Markup

from components.agreement import agreement_view, coding_sides, settling_form
from components.figures import count_tables, exhibit, list_parts, theme
from components.frame.downloads import Tables
from components.frame.view_choices import ANY, DIFFER_IN, EVERY, HERE, OPEN, SETTLED
from components.store import compared_codings, store
from data.coders.agreement_table import NAMES
from data.coders.coding_differences import CodingDifference
from data.coders.rounds import AGREED, FACETS, Round
from data.exporting.workbook import ViewTable
from data.filters.filter import Filter
from data.sentences import on_agreement as statements

STATES = {EVERY: "All", OPEN: "Not settled here yet", HERE: "Settled here"}
ROWS = 10
SHORT = 140
"""Characters of a finding's text in the list; the desk and the file have all of it."""
AT = "agreement_at"


def show(wanted: Filter) -> None:
    """Draw the differences of the chosen codings: progress, one of them side by side, and the list."""
    names = agreement_view.chosen(wanted)
    if not names:
        return
    every = compared_codings.differences_between(wanted, names)
    exhibit.heading("Where they differ")
    st.html(Markup('<p class="lead" role="status">{}</p>').format(statements.progress(every)))
    settling_form.show_done()
    if not every:
        return
    found = _narrowed(every)
    if not found:
        st.html('<p class="note">None of these. Choose another part above.</p>')
        return
    chosen = compared_codings.chosen(wanted, names)
    one = found[_turn(len(found)) - 1]
    with st.container(border=True, key="agreement_desk"):
        coding_sides.show(wanted, chosen, one)
        settling_form.show(wanted, chosen, one.finding)
    _list(wanted, names, found)


def _narrowed(every: Sequence[CodingDifference]) -> list[CodingDifference]:
    facets = [ANY, *(facet for facet in FACETS if any(facet in one.facets for one in every))]
    if st.session_state.get(DIFFER_IN.widget) not in facets:
        st.session_state[DIFFER_IN.widget] = ANY
    left, right = st.columns(2, gap="large")
    state = left.pills(
        "Show", list(STATES), format_func=STATES.__getitem__, key=SETTLED.widget, required=True, wrap=True
    )
    facet = right.pills(
        "That differ in", facets, format_func={ANY: "Any facet", **NAMES}.__getitem__, key=DIFFER_IN.widget,
        required=True, wrap=True,
    )  # fmt: skip
    return [
        one
        for one in every
        if (facet == ANY or facet in one.facets) and (state == EVERY or one.settled_here == (state == HERE))
    ]


def _turn(total: int) -> int:
    """Draw the buttons and the number that turn to another difference; return which is shown, counted from 1."""
    st.session_state[AT] = min(max(int(st.session_state.get(AT, 1)), 1), total)
    before, number, after = st.columns([1, 2, 1], vertical_alignment="bottom")
    at = int(st.session_state[AT])
    before.button("Previous", on_click=_step, args=(-1,), disabled=at == 1, width="stretch", key="agreement_previous")
    number.number_input(f"Difference, of {total:,}", 1, total, key=AT)
    after.button("Next", on_click=_step, args=(1,), disabled=at == total, width="stretch", key="agreement_next")
    return at


def _step(by: int) -> None:
    st.session_state[AT] = int(st.session_state[AT]) + by


def _list(wanted: Filter, names: agreement_view.Names, found: Sequence[CodingDifference]) -> None:
    exhibit.heading("All of these as a list", "The number is the one to type above to see a difference side by side.")
    part = list_parts.choose(st.container(), len(found), ROWS, "agreement_part", "Part of the list")
    start = (part - 1) * ROWS
    table = listed(wanted, names, found[start : start + ROWS])
    table.insert(0, "Number", range(start + 1, start + 1 + len(table)))
    table["Finding"] = [text if len(text) <= SHORT else f"{text[: SHORT - 1]}…" for text in table["Finding"]]
    others = [column for column in table.columns if column.endswith((": themes", ": levers", "Why"))]
    count_tables.show(
        table.drop(columns=others), f"Differences {start + 1:,} to {start + len(table):,} of {len(found):,}"
    )


def listed(wanted: Filter, names: agreement_view.Names, found: Sequence[CodingDifference]) -> pd.DataFrame:
    """Return differences as rows: the finding and its text, where codings differ, what each gave, and the reason."""
    held = store.codings(wanted)
    shown = [held[name] for name in (*(name for name in names if name != AGREED), AGREED)]
    texts = store.findings(Filter(finding=tuple(sorted(one.finding for one in found)))) if found else None
    said = dict(zip(texts["finding_id"], texts["finding"], strict=True)) if texts is not None else {}
    rows = [
        {
            "Ref": one.finding,
            "Finding": said.get(one.finding, ""),
            "Differ in": ", ".join(NAMES[facet].lower() for facet in one.facets),
            **{column: said for coding in shown for column, said in _in_words(coding, one.finding).items()},
            "Settled": "here" if one.settled_here else "earlier" if one.reasons else "no reason recorded",
            "Why": " / ".join(dict.fromkeys(reason.why for reason in one.reasons)) or "[z]",
        }
        for one in found
    ]
    return pd.DataFrame(rows)


def _in_words(coding: Round, ref: str) -> dict[str, str]:
    """Return what a coding gave to a finding, by the column it stands in."""
    coded, codebook = coding.coded.get(ref), store.codebook()
    said = {}
    if "direction" in coding.covers:
        said["direction"] = theme.with_symbol(coded.direction) if coded else ""
    if "theme" in coding.covers:
        said["themes"] = "; ".join(codebook.name("theme", code) for code in sorted(coded.themes)) if coded else ""
    levers = [] if not coded else [
        codebook.name("lever", code) + (f" ({coded.role(code)})" if coded.role(code) else "")
        for code in sorted(coded.levers)
    ]  # fmt: skip
    said["levers"] = "; ".join(levers)
    return {f"{coding.title}: {column}": words or "[z]" for column, words in said.items()}


def download_tables(wanted: Filter) -> Tables:
    """Return what makes the page's tables for the workbook: agreement by facet and code, and every difference."""
    names, measured = agreement_view.chosen(wanted), agreement_view.download_tables(wanted)

    def made() -> tuple[ViewTable, ...]:
        found = compared_codings.differences_between(wanted, names) if names else ()
        if not found:
            return tuple(measured())
        title = f"Findings on which {statements.titled(compared_codings.chosen(wanted, names))} differ"
        note = "Levers have their roles where those were coded; the agreed coding is as it is now; [z] for no code."
        return (*measured(), ViewTable("Differences", title, note, _whole(wanted, names, found)))

    return made


def _whole(wanted: Filter, names: agreement_view.Names, found: Sequence[CodingDifference]) -> pd.DataFrame:
    """Return every difference, asked for a few hundred findings at a time, as one filter can name no more."""
    return pd.concat([listed(wanted, names, found[at : at + 400]) for at in range(0, len(found), 400)])
