"""The Excel download: made only when asked for, off the script thread, with its progress shown where it is large."""

import io
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import streamlit as st

from components.frame import address
from components.store import made_files, pending_presses, store
from components.store.file_queue import FILES, LONG
from data.collection import clock
from data.collection.database import DatabaseFault
from data.exporting import file_names, workbook
from data.exporting.workbook import ViewTable
from data.filters.filter import Filter
from data.filters.wording import in_words, number_of
from models import Access

EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
LARGE = 5_000
"""Above this many findings a workbook takes seconds, so it is prepared in the background and its progress shown."""
PREPARED = "prepared_workbook"
WISHED, OFFERED = "workbook_wished", "offered_workbook"
PATIENCE_SECONDS = 20
"""How long a press waits for the page that is being drawn: longer than one takes with fifty readers in turn."""

Tables = Callable[[], Sequence[ViewTable]]
"""What a page shows besides findings, sources and counts, made only when the file is asked for."""


@dataclass
class Preparation:
    """A workbook being made in a thread of its own."""

    wanted: Filter
    page: str
    access: Access = Access.PUBLIC
    done: float = 0.0
    ahead: int = 0
    """Files that others asked for before, which are made first."""
    contents: bytes = b""
    fault: str = ""
    lock: threading.Lock = field(default_factory=threading.Lock, repr=False)

    def report(self, share: float) -> None:
        """Take note of how much is done, from 0 to 1."""
        with self.lock:
            self.done = max(0.0, min(share, 1.0))

    def wait(self, ahead: int) -> None:
        """Take note of how many files are made before this one."""
        with self.lock:
            self.ahead = ahead


@dataclass
class DownloadOffer:
    """What a session's download holds: what the newest run of its page shows, once that has drawn it.

    A press may come while the page is still drawn for a filter that was just set: it waits, and holds what comes.
    """

    page: str = ""
    making: Callable[[], bytes] | None = None
    drawn: threading.Event = field(default_factory=threading.Event, repr=False)

    def put(self, page: str, making: Callable[[], bytes] | None) -> None:
        """Offer what makes a page's workbook, or that there is none to be had."""
        self.page, self.making = page, making
        self.drawn.set()

    def contents(self, page: str) -> bytes:
        """Return the workbook of a page as it is drawn by now; raise LookupError where it is not to be had any more."""
        if not self.drawn.wait(PATIENCE_SECONDS) or self.page != page or self.making is None:
            raise LookupError(f"{page} shows no download any more")
        return self.making()


def withdraw() -> None:
    """Note that a run begins, which shows what may be another filter: its downloads are to be waited for."""
    for offer in _offers().values():
        offer.drawn.clear()


def offered(kind: str = EXCEL) -> DownloadOffer:
    """Return what this session's download of a kind, a MIME type, holds."""
    return _offers().setdefault(kind, DownloadOffer())


def _offers() -> dict[str, DownloadOffer]:
    found: dict[str, DownloadOffer] = st.session_state.setdefault(OFFERED, {})
    return found


def button(wanted: Filter, page: str, tables: Tables, answer: str = "") -> None:
    """Draw the download of exactly what the page shows; `answer` is what it opens with."""
    if store.counts(wanted).findings > LARGE or FILES.ahead() >= LONG or _preparing(wanted, page):
        _prepare(wanted, page, tables, answer)
        return
    link, access = address.link(wanted), store.sight().access
    told = "Findings, sources, counts and codebook of this view, with its filter and data version."
    _draw(wanted, page, lambda: make(wanted, page, link, tables, answer=answer, access=access), told)


def _draw(wanted: Filter, page: str, making: Callable[[], bytes], told: str | None = None) -> None:
    offer = offered()
    made_files.button(
        "Download Excel",
        lambda: offer.contents(page),
        file_name(page, wanted),
        EXCEL,
        type="primary",
        key=f"download_{page}",
        width="stretch",
        help=told,
    )
    offer.put(page, making)


def make(
    wanted: Filter,
    page: str,
    link: str,
    tables: Tables,
    progress: Callable[[float], None] | None = None,
    answer: str = "",
    access: Access = Access.PUBLIC,
    ahead: Callable[[int], None] = lambda number: None,
) -> bytes:
    """Return the workbook of a view as bytes, with what `access` allows to see, once it is its turn.

    `progress` is told how much is done, from 0 to 1, `ahead` how many files are made before it.
    """
    out = io.BytesIO()
    with FILES.turn(ahead), store.beside_the_page(access):
        shown = tables()
        workbook.write(
            store.engine(), wanted, out, page=page, address=link, answer=answer, tables=shown, progress=progress,
            level=access,
        )  # fmt: skip
    return out.getvalue()


def file_name(page: str, wanted: Filter) -> str:
    """Return a name that says what the file is of: its page, its filter in words and the day in the room."""
    return f"{file_names.plain(page)}-{file_names.plain(in_words(wanted, store.codebook()))}-{clock.today()}.xlsx"


def _preparing(wanted: Filter, page: str) -> Preparation | None:
    """Return the workbook of this view that was begun in the background, if one was."""
    preparation: Preparation | None = st.session_state.get(PREPARED)
    asked = (wanted, page, store.sight().access)
    if preparation and (preparation.wanted, preparation.page, preparation.access) == asked:
        return preparation
    return None


def _prepare(wanted: Filter, page: str, tables: Tables, answer: str) -> None:
    preparation = _preparing(wanted, page)
    if preparation is None and pending_presses.take(WISHED):
        preparation = _start(wanted, page, address.link(wanted), tables, answer)
    if preparation and (preparation.contents or preparation.fault):
        _offer(preparation)
        return
    offered().put(page, None)
    if preparation:
        st.fragment(_watch, run_every=0.5)(preparation)
    else:
        st.button("Prepare Excel", on_click=pending_presses.note, args=(WISHED,), type="primary", width="stretch",
                  help="A workbook of this size takes some seconds; the page stays usable.")  # fmt: skip


def _start(wanted: Filter, page: str, link: str, tables: Tables, answer: str) -> Preparation:
    preparation = Preparation(wanted, page, store.sight().access)
    st.session_state[PREPARED] = preparation

    def work() -> None:
        try:
            preparation.contents = make(
                wanted, page, link, tables, preparation.report, answer, preparation.access, preparation.wait
            )
        except OSError as error:
            preparation.fault = (
                f"The workbook could not be written: {error.strerror}. Free some disk space, then try again."
            )
        except DatabaseFault as fault:
            preparation.fault = f"The workbook could not be made: {fault}."

    threading.Thread(target=work, name="workbook", daemon=True).start()
    return preparation


def _watch(preparation: Preparation) -> None:
    if preparation.contents or preparation.fault:
        st.rerun()
    st.progress(preparation.done, text=how_far(preparation))


def how_far(preparation: Preparation) -> str:
    """Say how much of a workbook is done, or how many files are made before it."""
    if preparation.ahead and not preparation.done:
        return f"Waiting: {number_of(preparation.ahead, 'file')} that others asked for before"
    return f"Preparing the workbook: {preparation.done:.0%}"


def _offer(preparation: Preparation) -> None:
    if preparation.fault:
        offered().put(preparation.page, None)
        st.error(preparation.fault)
        return
    _draw(preparation.wanted, preparation.page, lambda: preparation.contents)
