"""The check: every fault with its place, to sort and filter, and a copy of the person's own file with them marked."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import pandas as pd
import streamlit as st
from markupsafe import Markup

from components.figures import count_tables, plain_text
from components.frame import downloads, paper
from components.loading import long_work
from components.loading.draft import ImportDraft, Step, Upload, buttons, current, say
from components.loading.long_work import Work
from components.loading.mapping import mapping_step
from components.store import store
from data.exporting.marking import CannotMark, marked_workbook
from data.faults import Fault, Refused, fault_table
from data.filters.wording import number_of
from data.importing.accounts import Account, sentences
from data.importing.checking.granted_access import with_access
from data.importing.loads import prepared_load
from data.importing.loads.prepared_load import PreparedLoad
from data.importing.mapping.bringing.left_behind import Left
from data.importing.readers import formats
from models import Access

MOST_LISTED = 200
FAULT = "What is wrong"
KINDS = "columns, words or codes"
FIRST_TOLD = ("row", "what is wrong", "column", "value", "sheet", "file", "severity")
"""What is told of a fault, the first within a phone's width."""


def show(draft: ImportDraft) -> None:
    """Draw the check of what is to be brought in, and keep the plan where it has no error."""
    found = plan(draft)
    faults: Sequence[Fault] = ()
    if isinstance(found.fault, Refused):
        faults, draft.planned = found.fault.faults, None
    elif long_work.failed("checked", found):
        return
    else:
        draft.planned = found.value
        faults = found.value.warnings
    errors = sum(not fault.warning for fault in faults)
    _choose_to_leave_out(draft, faults)
    say(sentence(errors, len(faults) - errors))
    if faults:
        show_faults(fault_table(faults))
        _offer_marked(draft, faults)
    show_accounts(account.record() for account in _accounts(draft))
    _show_left(mapping_step.brought(draft).value.left)
    buttons(Step.MAP, "See what would change", Step.PLAN, not errors, "Errors stop a load. Correct them in your file "
            "and choose it again, or go back and say what its words mean.")  # fmt: skip


def plan(draft: ImportDraft) -> Work:
    """Return the work of checking and planning, once it has ended; nothing is written."""
    engine, access, replaced, leave_out = store.engine(), draft.access, draft.replaced, draft.leave_out
    taking = mapping_step.brought(draft)
    if taking.fault:
        return taking
    brought = taking.value

    def task(under_way: Work) -> PreparedLoad:
        files = with_access(brought.files, Access(access)) if access else brought.files
        return prepared_load.prepare(
            engine, files, replaced, brought.additions, leave_out=leave_out, progress=under_way.report
        )

    of = (id(brought), replaced, access, leave_out, store.current().number)
    return long_work.done("checked", of, "Checking", task)


def _choose_to_leave_out(draft: ImportDraft, faults: Sequence[Fault]) -> None:
    """Let faulty rows be left out, where some are at fault or are left out already."""
    rows = {(fault.file, fault.sheet, fault.row) for fault in faults if fault.one_row}
    if rows or draft.leave_out:
        st.checkbox(
            f"Leave out {number_of(len(rows), 'faulty row')} and bring in the others",
            value=draft.leave_out,
            key="import_leave_out",
            on_change=_leave_out,
            help="Each is named below and in the history, with what is wrong in it. A finding whose source is left out "
            "is left out too. What is wrong with a file as a whole still stops the load.",
        )


def _leave_out() -> None:
    current().leave_out = bool(st.session_state["import_leave_out"])


def _accounts(draft: ImportDraft) -> Sequence[Account]:
    return draft.planned.accounts if draft.planned else mapping_step.brought(draft).value.files.accounts


def show_accounts(records: Iterable[Mapping[str, Any]]) -> None:
    """Draw what became of the rows of files: the sum of each table, then which rows were joined and which left."""
    told = Markup("").join(
        Markup("<li>{}{}</li>").format(
            first, Markup("").join(Markup('<br><span class="small">{}</span>').format(line) for line in further)
        )
        for first, *further in map(sentences, records)
    )
    if told:
        st.html(Markup('<h2 class="figure-title">Where each row went</h2><ul class="gaps">{}</ul>').format(told))


def sentence(errors: int, warnings: int) -> str:
    """Say in a sentence what a check found."""
    if not errors and not warnings:
        return "No fault was found."
    parts = [f"{number_of(errors, 'error')}, which {'stops' if errors == 1 else 'stop'} the load"] if errors else []
    parts += (
        [f"{number_of(warnings, 'warning')} to look at, which {'does' if warnings == 1 else 'do'} not"]
        if (warnings)
        else []
    )
    return f"{'; '.join(parts)}." if errors else f"No error; {number_of(warnings, 'warning')} to look at first."


def show_faults(table: pd.DataFrame) -> None:
    """Draw faults, to sort and filter, each with its place."""
    left, right = st.columns([1, 2])
    kinds = [kind for kind in ("error", "warning") if (table["severity"] == kind).any()]
    severity = left.pills("Severity", kinds, selection_mode="multi", key="fault_severity") or kinds
    columns = [column for column in dict.fromkeys(table["column"]) if column]
    chosen = right.multiselect("Columns", columns, key="fault_columns", placeholder="Any column", format_func=str)
    shown = table[table["severity"].isin(severity) & (table["column"].isin(chosen) | (not chosen))]
    caption = f"{number_of(len(shown), 'fault')} of {len(table):,}, each with its place and what is wrong"
    show_table(shown[list(FIRST_TOLD)], caption, wrapped=FAULT)


def show_table(table: pd.DataFrame, caption: str, wrapped: str = "") -> None:
    """Draw a table that can be sorted; its texts are shown as they are written, in one column whole where it is named.

    That column is named as it is headed.
    """
    names = {column: str(column)[:1].upper() + str(column)[1:].replace("_", " ") for column in table.columns}
    st.html(Markup('<p class="note">{}</p>').format(caption))
    paper.rows(table.rename(columns=names), caption)
    st.dataframe(
        table.rename(columns=names),
        hide_index=True,
        width="stretch",
        row_height=count_tables.WRAPPED if wrapped else None,
        column_config={wrapped: st.column_config.TextColumn(width=360)} if wrapped else None,
        alt=caption,
    )


def _show_left(left: Sequence[Left]) -> None:
    """Draw what of the files stays behind: nothing is dropped in silence."""
    if left:
        with st.expander(plain_text.label(f"What stays behind: {number_of(len(left), 'column, word or code', KINDS)}")):
            rows = [(one.kind, one.sheet, one.name, one.uses, one.why, one.example) for one in left]
            frame = pd.DataFrame(rows, columns=["Kind", "Sheet", "Name", "Uses", "Why", "Example"])
            first = f"; the first {MOST_LISTED} of {len(left):,}" if len(left) > MOST_LISTED else ""
            count_tables.show(frame.head(MOST_LISTED), f"What of the files is not brought in{first}")


def _offer_marked(draft: ImportDraft, faults: Sequence[Fault]) -> None:
    """Offer, for each workbook or CSV file with faults, a copy with them marked."""
    named = {file.name: file.format for file in draft.raw}
    for upload in draft.uploads:
        own = [fault for fault in faults if fault.file == upload.name and fault.row]
        if own and formats.of(named.get(upload.name, "")).markable:
            st.download_button(
                plain_text.label(f"Download {upload.name} with its faults marked"),
                data=_marked(upload, tuple(faults)),
                file_name=f"{upload.name.rpartition('.')[0]}-checked.xlsx",
                mime=downloads.EXCEL,
                on_click="ignore",
                key=f"marked_{upload.id}",
                help="Your own file as a workbook: each faulty cell has a fill and a comment, and a sheet lists all.",
            )


def _marked(upload: Upload, faults: tuple[Fault, ...]):  # type: ignore[no-untyped-def]
    def make() -> bytes:
        try:
            return marked_workbook(upload.contents, faults, upload.name)
        except CannotMark as reason:
            return f"{upload.name}: {reason}".encode()

    return make
