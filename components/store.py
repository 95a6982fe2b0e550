"""What the screen knows of the collection: every question to data/, remembered by data version, access and filter.

The only module that caches. Nothing is kept by time: a load raises the data version, and the old answers are not
found again. An answer is shared by all readers of one level of access as it is, not copied for each: nobody changes
one, and none that was made for one level is found at another.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache, wraps
from typing import Any, NamedTuple, ParamSpec, TypeVar

import pandas as pd
import streamlit as st

from components import visitor
from data import codebook as codebooks
from data import database, geography, history, synthesis
from data import definitions as published
from data.codebook import Codebook
from data.coders import agreement as agreements
from data.coders import differences, rounds
from data.coders.rounds import Round
from data.database import DataVersion
from data.exporting import caveats as cautions
from data.filters import Filter
from data.presenting import messages, numbers
from data.presenting.briefings import Slide
from data.queries import counting, listing, regions, studies
from data.queries import sources as of_sources
from data.snapshot import kept
from data.snapshot.columns import Snapshot
from models import Access, Load

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
def _opened(address: str) -> database.Engine:
    return database.open_engine(address)


def engine() -> database.Engine:
    """Return the engine of the database that the settings name; raise DatabaseFault where it cannot be used."""
    return _opened(database.url())


def version() -> DataVersion:
    """Return the version of the evidence as it is now; raise DatabaseFault where there is no database to ask."""
    opened = engine()
    database.check(opened)
    return database.ask(opened, database.data_version)


@lru_cache(maxsize=REMEMBERED)
def _remembered(query: Callable[..., Any], address: str, seen: Sight, wanted: Filter, more: tuple[Any, ...]) -> Any:
    snapshot = _snapshot(address, seen)
    return database.ask(_opened(address), query, wanted, codebook(), *more, level=seen.access, snapshot=snapshot)


@lru_cache(maxsize=6)
def _snapshot(address: str, seen: Sight) -> Snapshot:
    """Return the collection as one version and level see it, so that all answers of a run are of one state."""
    return database.ask(_opened(address), kept.of, level=seen.access)


def _ask(query: Callable[..., Answer], wanted: Filter, *more: Any) -> Answer:
    answer: Answer = _remembered(query, database.url(), sight(), wanted, more)
    return answer


@lru_cache(maxsize=16)
def _remembered_of_collection(query: Callable[..., Any], address: str, seen: Sight) -> Any:
    return database.ask(_opened(address), query, level=seen.access)


def _ask_of_collection(query: Callable[..., Answer]) -> Answer:
    answer: Answer = _remembered_of_collection(query, database.url(), sight())
    return answer


@lru_cache(maxsize=REMEMBERED)
def _remembered_view(view: Callable[..., Any], address: str, seen: Sight, asked: tuple[Any, ...]) -> Any:
    return view(*asked)


def remembered(view: Callable[Asked, Answer]) -> Callable[Asked, Answer]:
    """Remember, by data version and access, what a function makes of the collection and its arguments alone."""

    @wraps(view)
    def ask(*asked: Asked.args, **_: Asked.kwargs) -> Answer:
        answer: Answer = _remembered_view(view, database.url(), sight(), asked)
        return answer

    return ask


def forget() -> None:
    """Forget every answer and close every database."""
    _remembered_view.cache_clear()
    _remembered.cache_clear()
    _remembered_of_collection.cache_clear()
    _snapshot.cache_clear()
    _opened.cache_clear()
    _boundaries.cache_clear()


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

    It sees what `access` allows, which a page that starts it says; a thread cannot know who is looking.
    """
    token = _PINNED.set(Sight(version(), access))
    try:
        yield
    finally:
        _PINNED.reset(token)


def codebook() -> Codebook:
    """Return the codebook of the current version."""
    return _ask_of_collection(codebooks.read)


def counts(wanted: Filter) -> counting.Counts:
    """Return how many findings, sources and studies the filter holds."""
    return _ask(counting.counts, wanted)


def withheld() -> int:
    """Return how many findings of the whole collection this visitor may not see, whatever the filter."""
    return _ask(counting.withheld, Filter())


def set_aside(wanted: Filter) -> counting.SetAside:
    """Return how many findings are near the filter but not in it, or have no place."""
    return _ask(counting.set_aside, wanted)


def facets(wanted: Filter) -> dict[str, dict[str, int]]:
    """Return each facet's options with the findings each would give."""
    return _ask(counting.facets, wanted)


def tally(wanted: Filter, facet: str) -> pd.DataFrame:
    """Return code, name, findings, sources, studies for each code of a facet."""
    return _ask(counting.tally, wanted, facet)


def crosstab(wanted: Filter, rows: str, columns: str) -> pd.DataFrame:
    """Return row, column, findings, sure for every pair of codes of two facets."""
    return _ask(counting.crosstab, wanted, rows, columns)


def direction_by(wanted: Filter, by: str) -> pd.DataFrame:
    """Return how studies vote by lever, theme, region or strand."""
    return _ask(synthesis.direction_by, wanted, by)


def sides_of_levers(wanted: Filter) -> pd.DataFrame:
    """Return how studies vote on each lever where applied, and where withdrawn or lacking."""
    return _ask(synthesis.sides_of_levers, wanted)


def sides_by_place(wanted: Filter) -> pd.DataFrame:
    """Return the same, told apart by whether a finding is about the United Kingdom or another country."""
    return _ask(synthesis.sides_of_levers, wanted, True)


def proposals(wanted: Filter) -> dict[str, int]:
    """Return for each lever how many findings propose it."""
    return _ask(synthesis.proposals, wanted)


def overall(wanted: Filter) -> synthesis.Votes:
    """Return how the filter's studies vote over all their findings."""
    return _ask(synthesis.overall, wanted)


def findings(wanted: Filter, order: str = "confidence", limit: int | None = None, offset: int = 0) -> pd.DataFrame:
    """Return the filter's findings with source and codes."""
    return _ask(listing.findings, wanted, order, limit, offset)


def sources(wanted: Filter, order: str = "ref", limit: int | None = None, offset: int = 0) -> pd.DataFrame:
    """Return the sources of the filter's findings."""
    return _ask(listing.sources, wanted, order, limit, offset)


def places(wanted: Filter) -> pd.DataFrame:
    """Return each place with coordinates and its findings."""
    return _ask(listing.places, wanted)


def years() -> tuple[int, int]:
    """Return the first and last year of publication in the whole collection, or 0 and 0 where none is known."""
    return _ask(counting.years, Filter())


def sources_of_study(study: str) -> int:
    """Return how many sources of the collection report a study."""
    return _ask(counting.sources_of_study, Filter(), study)


def study_votes(wanted: Filter, lever: str = "") -> studies.StudyVotes:
    """Return each study's vote on a lever, or on any, with the findings it rests on."""
    return _ask(studies.study_votes, wanted, lever)


def refs_with_both(wanted: Filter, facet: str, pair: tuple[str, str]) -> tuple[str, ...]:
    """Return the refs of the filter's findings that carry both codes of a facet."""
    return _ask(studies.refs_with_both, wanted, facet, pair)


def spread(wanted: Filter) -> regions.Spread:
    """Return how the filter's findings spread over the UK's regions, the whole of it, other countries and nowhere."""
    return _ask(regions.spread, wanted)


def home_points(wanted: Filter) -> frozenset[tuple[float, float]]:
    """Return the latitude and longitude of each place that a finding about the United Kingdom names."""
    return _ask(regions.home_points, wanted)


@lru_cache(maxsize=4)
def _boundaries(sheet: str, folder: str) -> tuple[geography.Area, ...]:
    return geography.read(sheet)


def boundaries(sheet: str) -> tuple[geography.Area, ...]:
    """Return the areas of a map; raise BoundaryFault, which is not remembered, where its file cannot be read."""
    return _boundaries(sheet, str(geography.FOLDER))


def definitions() -> pd.DataFrame:
    """Return every published definition of social infrastructure."""
    return _ask_of_collection(published.read)


def held(wanted: Filter) -> of_sources.Held:
    """Return how many sources the filter holds, of which years, with which addresses, and how many share a study."""
    return _ask(of_sources.held, wanted)


def sources_by_year(wanted: Filter) -> pd.DataFrame:
    """Return year and sources for each year that the filter's sources span."""
    return _ask(of_sources.by_year, wanted)


def sources_without_findings(wanted: Filter) -> pd.DataFrame:
    """Return the sources of the filter that hold no finding yet."""
    return _ask(of_sources.without_findings, wanted)


def findings_of(wanted: Filter, source: str) -> of_sources.OfSource:
    """Return the refs of a source's findings in the filter, and how many it has in all."""
    return _ask(of_sources.findings_of, wanted, source)


def sharing(wanted: Filter, study: str = "") -> pd.DataFrame:
    """Return the sources that report a study together with another, where the filter holds one of them."""
    return _ask(of_sources.sharing, wanted, study)


def coders_state() -> rounds.State:
    """Return which codings and settlements are held now; asked anew each time, as they make no new data version."""
    return database.ask(engine(), rounds.state)


def codings(wanted: Filter) -> dict[str, Round]:
    """Return every coding of the filter's findings by name, the agreed one last."""
    return _ask(agreements.held, wanted, coders_state())


def reasons(wanted: Filter) -> dict[str, tuple[differences.Reason, ...]]:
    """Return the reasons given for how the filter's findings were settled, by ref, oldest first."""
    return _ask(differences.reasons, wanted, coders_state())


@remembered
def versions(ref: str) -> tuple[history.Version, ...]:
    """Return what every load did to a finding, newest first; for editors alone, as it may hold what is withheld now."""
    return database.ask(engine(), history.versions, ref)


def loads() -> list[Load]:
    """Return every load, newest first; asked anew each time, as a load that changes nothing makes no new version."""
    return database.ask(engine(), database.loads)


def caveats(wanted: Filter) -> list[str]:
    """Return what to know before using the filter's findings, a sentence or two each."""
    return _ask(cautions.caveats, wanted, counts(wanted), set_aside(wanted))


def slide_said(wanted: Filter, slide: Slide) -> messages.Said:
    """Return a slide's words filled from the filter's evidence, whether they hold, and which numbers moved."""
    return _ask(messages.said, wanted, slide)


def slide_values(wanted: Filter, slide: Slide) -> dict[str, int | str]:
    """Return the values of all names that a slide's words and claim use."""
    return _ask(messages.values_of, wanted, slide)


def named_numbers(wanted: Filter, names: tuple[str, ...]) -> dict[str, int | str]:
    """Return the values of these names, of those that a message may use."""
    return _ask(numbers.read, wanted, names)
