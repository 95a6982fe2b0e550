"""Choosing files: upload, what was found in each, a preview, and another encoding or separator where that is wrong."""

import io
from dataclasses import replace
from typing import Any

import pandas as pd
import streamlit as st
from markupsafe import Markup

from components.figures import count_tables, plain_text
from components.frame import downloads
from components.loading import long_work
from components.loading.draft import ImportDraft, Step, Upload, begin_from, buttons, current, say, start_over
from components.loading.long_work import Work
from components.store import made_files, store, upload_rights
from data.exporting import template
from data.filters.wording import number_of
from data.importing.loads import prepared_load
from data.importing.mapping.field_names import in_words
from data.importing.readers import formats
from data.importing.readers.delimited import SEPARATORS
from data.importing.readers.encodings import NAMES
from data.importing.readers.format_choice import read_any
from data.importing.readers.raw import LIST_SEPARATOR, RawFile, RawTable

PREVIEWED_ROWS = 5
PREVIEWED_COLUMNS = 12
LONGEST_SHOWN = 70
SHOWN_FAULTS = 12
ROW = "\0row"
"""The column of row numbers; no file's own column is named so."""
READ = f"{formats.ON_PAGE[:1].upper()}{formats.ON_PAGE[1:]} are read."
FOUND = ""
CHOICES = {FOUND: "As found", **{name: said for name, said in NAMES.items() if name not in ("utf-8-sig", "utf-16-be")}}
MARKS = {FOUND: "As found", **SEPARATORS}
OF_TEXT = ("encoding", "separator")
"""What was found of a text file, which stands in the choice of another."""


def show(draft: ImportDraft) -> None:
    """Draw the step of choosing files."""
    upload_rights.let()
    given = st.file_uploader(
        "Files with coded evidence",
        accept_multiple_files=True,
        key="import_files",
        on_change=_take,
        help="Up to 200 MB each. Nothing is changed until you confirm.",
    )
    if not draft.uploads:
        say(f"No file is chosen yet. {READ}")
        say("Nothing changes until the last step, and every load can be taken back.")
        _offer_template()
        return
    if not given:
        st.button("Choose other files", key="choose_others", on_click=start_over)
    draft.raw = tuple(read(draft.uploads))
    for upload, file in zip(draft.uploads, draft.raw, strict=True):
        _show_file(upload, file, opened=sum(len(held.tables) for held in draft.raw) == 1)
    readable = [file for file in draft.raw if file.tables or file.codes]
    rows = sum(len(table.rows) for file in readable for table in file.tables)
    codes = sum(len(file.codes) for file in readable)
    held = [number_of(rows, "row")] if rows or not codes else []
    held += [number_of(codes, "code")] if codes else []
    say(f"{number_of(len(readable), 'file')} read: {', '.join(held)}.")
    # A row that cannot be read stops nothing here: the check lets it be left out.
    errors = [fault for file in draft.raw for fault in file.faults if not fault.warning and not fault.one_row]
    why = (
        "A file could not be read whole: correct it, or leave it out."
        if errors
        else "There is no row or code to bring in."
    )
    buttons(None, "Continue", Step.MAP, bool(rows or codes) and not errors, why)


def _offer_template() -> None:
    """Offer an empty workbook to code in."""
    engine = store.engine()

    def make() -> bytes:
        out = io.BytesIO()
        template.write(prepared_load.codebook(engine), out)
        return out.getvalue()

    made_files.button(
        "Download the coding template",
        make,
        "coding-template.xlsx",
        downloads.EXCEL,
        key="import_template",
        help="A workbook with lists to choose each code from, worked examples, the codebook and how to use it.",
    )


def _take() -> None:
    """Take the files that were just given, in a callback, as a new import, or where they were asked for again, so."""
    given = st.session_state.get("import_files") or []
    draft = current()
    awaited = {(one.name, one.size): one for one in draft.awaited}
    if awaited and {(file.name, file.size) for file in given} == awaited.keys():
        draft.awaited = ()
        draft.uploads = tuple(
            Upload(file.name, file.getvalue(), file.file_id, *awaited[file.name, file.size][2:]) for file in given
        )
        return
    base = draft.base and draft.mapping
    start_over()
    if base:
        begin_from(base)  # a corrected file of the same team needs no second mapping
    current().uploads = tuple(Upload(file.name, file.getvalue(), file.file_id) for file in given)


def read(uploads: tuple[Upload, ...]) -> list[RawFile]:
    """Return what is in the files, once they are read; until then show how far that is and stop the page."""

    def task(under_way: Work) -> list[RawFile]:
        read = []
        for number, upload in enumerate(uploads):

            def tell(share: float, doing: str, number: int = number, name: str = upload.name) -> None:
                under_way.report((number + share) / len(uploads), f"{name}: {doing}")

            read.append(
                read_any(upload.name, upload.contents, tell, under_way.stopped, upload.encoding, upload.separator)
            )
        return read

    found = long_work.done("read", uploads, "Reading", task)
    if long_work.failed("read", found):
        st.stop()
    result: list[RawFile] = found.value
    return result


def _show_file(upload: Upload, file: RawFile, opened: bool) -> None:
    with st.container(border=True, key=f"file_{upload.id}"):
        st.html(_about(file))
        if formats.of(file.format).read_as:
            _correct(upload, file)
        _show_faults(file)
        for table in file.tables:
            _preview(table, file.format, opened)


def _about(file: RawFile) -> Markup:
    parts = [f"{table.sheet}: {rows}" if table.sheet else rows
             for table in file.tables for rows in [number_of(len(table.rows), "row")]]  # fmt: skip
    pairs: dict[str, Any] = {"Format": file.format or "not known", "Holds": "; ".join(parts) or "no table"}
    if file.codes:
        pairs["Codes"] = number_of(len(file.codes), "code")
    shown_below = OF_TEXT if formats.of(file.format).read_as else ()
    pairs |= {key[:1].upper() + key[1:]: value for key, value in file.details.items() if key not in shown_below}
    said = Markup("").join(Markup("<dt>{}</dt><dd>{}</dd>").format(*pair) for pair in pairs.items())
    return Markup('<article class="card"><h2 class="figure-title">{}</h2><dl>{}</dl></article>').format(file.name, said)


def _correct(upload: Upload, file: RawFile) -> None:
    found, mark = (file.details.get(key, "") for key in OF_TEXT)
    choices = CHOICES if upload.encoding or not found else {**CHOICES, FOUND: f"{CHOICES[FOUND]}: {found}"}
    marks = MARKS if upload.separator or not mark else {**MARKS, FOUND: f"{MARKS[FOUND]}: {mark}"}
    left, right = st.columns(2)
    encoding = left.selectbox(
        "Encoding", list(choices), list(choices).index(upload.encoding), format_func=choices.__getitem__,
        key=f"encoding_{upload.id}",
        help="Choose another where accents or quotation marks look wrong below.",
    )  # fmt: skip
    separator = right.selectbox(
        "Cells are parted by", list(marks), list(marks).index(upload.separator), format_func=marks.__getitem__,
        key=f"separator_{upload.id}",
        help="Choose another where the columns below are not columns.",
    )  # fmt: skip
    if (encoding, separator) != (upload.encoding, upload.separator):
        draft = current()
        chosen = replace(upload, encoding=encoding, separator=separator)
        draft.uploads = tuple(chosen if held.id == upload.id else held for held in draft.uploads)
        st.rerun()


def _show_faults(file: RawFile) -> None:
    if not file.faults:
        return
    ordered = sorted(file.faults, key=lambda fault: fault.warning)
    said = Markup("").join(
        Markup("<li><strong>{}</strong> {}</li>").format("Note:" if fault.warning else "Error:", str(fault))
        for fault in ordered[:SHOWN_FAULTS]
    )
    more = len(ordered) - SHOWN_FAULTS
    if more > 0:
        said += Markup("<li>and {} more, which the check lists</li>").format(f"{more:,}")
    st.html(Markup('<ul class="gaps">{}</ul>').format(said))


def _preview(table: RawTable, format: str, opened: bool) -> None:
    columns = table.columns[:PREVIEWED_COLUMNS]
    rows = [[_short(cell) for cell in cells[: len(columns)]] for _, cells in table.rows[:PREVIEWED_ROWS]]
    frame = pd.DataFrame(rows, columns=list(columns), dtype=object)
    frame.insert(0, ROW, [number for number, _ in table.rows[:PREVIEWED_ROWS]])
    left_out = len(table.columns) - len(columns)
    more = f", {number_of(left_out, 'more column')} not shown" if left_out else ""
    name = f"{table.sheet}: " if table.sheet else ""
    first = "the first " if len(rows) < len(table.rows) else ""
    shown = f"{name}{first}{number_of(len(rows), 'row')}{more}"
    with st.expander(plain_text.label(shown if name else f"{shown[:1].upper()}{shown[1:]}"), expanded=opened):
        caption = f"{name}{number_of(len(table.columns), 'column')}, {number_of(len(table.rows), 'row')}"
        count_tables.show(frame, caption, {**{column: in_words(column, format) for column in columns}, ROW: "Row"})


def _short(cell: str) -> str:
    text = cell.replace(LIST_SEPARATOR, "; ")
    return text if len(text) <= LONGEST_SHOWN else f"{text[: LONGEST_SHOWN - 1]}…"
