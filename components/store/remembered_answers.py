"""Answers that are remembered by data version, access and filter, and which of these a run of the script shows.

The only module that caches, but for boundaries. Nothing is kept by time: a load raises the data version, and the old
answers are not found again. An answer is shared by all readers of one level of access as it is, not copied for each:
nobody changes one, and none that was made for one level is found at another.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache, wraps
from typing import Any, NamedTuple, ParamSpec, TypeVar

import streamlit as st

from components.store import visitor
from data.collection import codebook as codebooks
from data.collection import database
from data.collection.codebook import Codebook
from data.collection.database import Database, DataVersion
from data.collection.snapshot import current as kept
from data.collection.snapshot.columns import Snapshot
from data.filters.filter import Filter
from models import Access

Answer = TypeVar("Answer")
Asked = ParamSpec("Asked")
REMEMBERED = 3_000
"""Answers, and views made of them, that are kept: those of some two hundred filters on every page."""
SIGHT = "sight"


class Sight(NamedTuple):
    """What a run of the script shows: which state of the evidence, and up to which level of access."""

    version: DataVersion
    access: Access


_PINNED: ContextVar[Sight | None] = ContextVar("pinned", default=None)


@lru_cache(maxsize=2)
def _opened(address: str) -> Database:
    return database.open_engine(address)


_NOT_WHOLE: dict[str, str] = {}
"""What is wrong with a database that was looked over and is not whole, by its address."""


def refuse(fault: str) -> None:
    """Let nothing be read past damage: from now on whoever asks is told what is wrong, until all is forgotten."""
    _NOT_WHOLE[database.url()] = fault


def engine() -> Database:
    """Return the engine of the database that the settings name; raise DatabaseFault where it cannot be used."""
    return _opened(database.url())


def version() -> DataVersion:
    """Return the version of the evidence as it is now; raise DatabaseFault where there is no database to ask."""
    opened = engine()
    database.check(opened)
    if fault := _NOT_WHOLE.get(database.url()):
        raise database.DatabaseFault(fault)
    return database.ask(opened, database.data_version)


@lru_cache(maxsize=REMEMBERED)
def _remembered(query: Callable[..., Any], address: str, seen: Sight, wanted: Filter, more: tuple[Any, ...]) -> Any:
    snapshot = _snapshot(address, seen)
    return database.ask(_opened(address), query, wanted, codebook(), *more, level=seen.access, snapshot=snapshot)


@lru_cache(maxsize=6)
def _snapshot(address: str, seen: Sight) -> Snapshot:
    """Return the collection as one version and level see it, so that all answers of a run are of one state."""
    return database.ask(_opened(address), kept.of, level=seen.access)


def ask(query: Callable[..., Answer], wanted: Filter, *more: Any) -> Answer:
    """Return what a question says of a filter, as this run of the script sees the collection."""
    answer: Answer = _remembered(query, database.url(), sight(), wanted, more)
    return answer


@lru_cache(maxsize=16)
def _remembered_of_collection(query: Callable[..., Any], address: str, seen: Sight) -> Any:
    return database.ask(_opened(address), query, level=seen.access)


def ask_of_collection(query: Callable[..., Answer]) -> Answer:
    """Return what a question says of the whole collection."""
    answer: Answer = _remembered_of_collection(query, database.url(), sight())
    return answer


@lru_cache(maxsize=REMEMBERED)
def _remembered_view(view: Callable[..., Any], address: str, seen: Sight, asked: tuple[Any, ...]) -> Any:
    return view(*asked)


def remembered(view: Callable[Asked, Answer]) -> Callable[Asked, Answer]:
    """Remember, by data version and access, what a function makes of the collection and its arguments alone."""

    @wraps(view)
    def view_of(*asked: Asked.args, **_: Asked.kwargs) -> Answer:
        answer: Answer = _remembered_view(view, database.url(), sight(), asked)
        return answer

    return view_of


def forget() -> None:
    """Forget every answer and close every database."""
    _remembered_view.cache_clear()
    _remembered.cache_clear()
    _remembered_of_collection.cache_clear()
    _snapshot.cache_clear()
    _opened.cache_clear()
    _NOT_WHOLE.clear()


def sight() -> Sight:
    """Return what this run of the script shows, settled once a run by the frame."""
    if pinned := _PINNED.get():
        return pinned
    found: Sight | None = st.session_state.get(SIGHT)
    return found or renew()


def current() -> DataVersion:
    """Return the version of the evidence that this run of the script shows."""
    return sight().version


def renew() -> Sight:
    """Ask which version is current and what the visitor may see; the frame does so at the start of each run."""
    found = st.session_state[SIGHT] = Sight(version(), visitor.current().access)
    return found


def renew_as_empty() -> None:
    """Take it that there is no evidence yet; the frame does so for the page that brings the first in."""
    st.session_state[SIGHT] = Sight(DataVersion(0, "", None), visitor.current().access)


@contextmanager
def beside_the_page(access: Access = Access.PUBLIC) -> Iterator[None]:
    """Let a thread that is no run of a page ask its questions, all of the version that is now current.

    It sees what `access` allows, which a page that starts it says; a thread cannot know who is looking. So does a part
    of a page that is for others than who opened it, such as what a room is shown. Within another, the version stays.
    """
    outer = _PINNED.get()
    token = _PINNED.set(Sight(outer.version if outer else version(), access))
    try:
        yield
    finally:
        _PINNED.reset(token)


def codebook() -> Codebook:
    """Return the codebook of the current version."""
    return ask_of_collection(codebooks.read)
