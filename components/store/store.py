"""What the screen knows of the collection: every question to data/, remembered by data version, access and filter."""

from collections.abc import Iterable, Mapping
from functools import lru_cache

import pandas as pd

from components.store import remembered_answers
from components.store.remembered_answers import (
    ask,
    ask_of_collection,
    beside_the_page,
    codebook,
    current,
    engine,
    remembered,
    renew,
    renew_as_empty,
    sight,
)
from data.coders import agreement_table as agreements
from data.coders import coding_differences, rounds
from data.coders.rounds import Round
from data.collection import database, geography
from data.curating import row_history, visible_loads
from data.curating.visible_loads import LoadTold
from data.filters.filter import Filter
from data.presenting import messages, numbers
from data.presenting.briefing import Slide
from data.queries import (
    by_study,
    counting,
    listing,
    votes,
)
from data.queries import definition_counts as published
from data.queries import (
    search_marks as marks,
)
from data.queries import (
    search_offers as offers,
)
from data.queries import source_counts as of_sources
from data.queries import (
    spread as regions,
)
from data.queries import (
    study_votes as studies,
)
from data.queries.bar_parts import Bar
from data.sentences import caveats as cautions
from data.sentences import provenance
from data.sentences import search_notes as notes

__all__ = ["beside_the_page", "codebook", "current", "engine", "remembered", "renew", "renew_as_empty", "sight"]
"""What pages and parts take from `remembering`, by this one name."""


def forget() -> None:
    """Forget every answer and close every database."""
    remembered_answers.forget()
    _boundaries.cache_clear()


def counts(wanted: Filter) -> counting.Counts:
    """Return how many findings, sources and studies the filter holds."""
    return ask(counting.counts, wanted)


def search_notes(wanted: Filter) -> list[str]:
    """Return how the filter's search was read, in sentences."""
    return ask(notes.sentences, wanted)


def search_offers(wanted: Filter) -> list[offers.SearchOffer]:
    """Return what the filter's search may have meant, with the findings each would give."""
    return ask(offers.offers, wanted)


def words() -> dict[str, int]:
    """Return the words of the findings that may be seen, with how many findings hold each."""
    return ask_of_collection(offers.vocabulary)


def search_marks(wanted: Filter, rows: Iterable[Mapping[str, object]]) -> dict[str, str]:
    """Return which parts of the filter's search each of these findings holds, where none holds all, by its ref."""
    return ask(marks.held, wanted, tuple(str(row["finding_id"]) for row in rows)) if wanted.q else {}


def withheld() -> int:
    """Return how many findings of the whole collection this visitor may not see, whatever the filter."""
    return ask(counting.withheld, Filter())


def set_aside(wanted: Filter) -> counting.SetAside:
    """Return how many findings are near the filter but not in it, or have no place."""
    return ask(counting.set_aside, wanted)


def facets(wanted: Filter) -> dict[str, dict[str, int]]:
    """Return each facet's options with the findings each would give."""
    return ask(counting.facets, wanted)


def tally(wanted: Filter, facet: str) -> pd.DataFrame:
    """Return code, name, findings, sources, studies for each code of a facet."""
    return ask(counting.tally, wanted, facet)


def crosstab(wanted: Filter, rows: str, columns: str) -> pd.DataFrame:
    """Return row, column, findings, sure for every pair of codes of two facets."""
    return ask(counting.crosstab, wanted, rows, columns)


def direction_by(wanted: Filter, by: str) -> pd.DataFrame:
    """Return how studies vote by lever, theme, region or strand."""
    return ask(votes.direction_by, wanted, by)


def sides_of_levers(wanted: Filter) -> pd.DataFrame:
    """Return how studies vote on each lever where applied, and where withdrawn or lacking."""
    return ask(votes.sides_of_levers, wanted)


def sides_by_place(wanted: Filter) -> pd.DataFrame:
    """Return the same, told apart by whether a finding is about the United Kingdom or another country."""
    return ask(votes.sides_of_levers, wanted, True)


def proposals(wanted: Filter) -> dict[str, int]:
    """Return for each lever how many findings propose it."""
    return ask(votes.proposals, wanted)


def overall(wanted: Filter) -> votes.Votes:
    """Return how the filter's studies vote over all their findings."""
    return ask(votes.overall, wanted)


def findings(wanted: Filter, order: str = "confidence", limit: int | None = None, offset: int = 0) -> pd.DataFrame:
    """Return the filter's findings with source and codes."""
    return ask(listing.findings, wanted, order, limit, offset)


def findings_by_study(
    wanted: Filter, order: str = "confidence", limit: int | None = None, offset: int = 0, bar: Bar | None = None
) -> tuple[by_study.StudyFindings, ...]:
    """Return the filter's studies with their findings, or those alone that stand in a part of a bar."""
    return ask(by_study.studies, wanted, order, limit, offset, bar)


def sources(wanted: Filter, order: str = "ref", limit: int | None = None, offset: int = 0) -> pd.DataFrame:
    """Return the sources of the filter's findings."""
    return ask(listing.sources, wanted, order, limit, offset)


def places(wanted: Filter) -> pd.DataFrame:
    """Return each place with coordinates and its findings."""
    return ask(listing.places, wanted)


def years() -> tuple[int, int]:
    """Return the first and last year of publication in the whole collection, or 0 and 0 where none is known."""
    return ask(counting.years, Filter())


def sources_of_study(study: str) -> int:
    """Return how many sources of the collection report a study."""
    return ask(counting.sources_of_study, Filter(), study)


def study_votes(wanted: Filter, lever: str = "") -> studies.StudyVotes:
    """Return each study's vote on a lever, or on any, with the findings it rests on."""
    return ask(studies.study_votes, wanted, lever)


def refs_with_both(wanted: Filter, facet: str, pair: tuple[str, str]) -> tuple[str, ...]:
    """Return the refs of the filter's findings that carry both codes of a facet."""
    return ask(studies.refs_with_both, wanted, facet, pair)


def missing(wanted: Filter) -> tuple[str, ...]:
    """Return the refs that the filter names and that no finding has which may be seen here."""
    return ask(studies.missing, wanted)


def spread(wanted: Filter) -> regions.Spread:
    """Return how the filter's findings spread over the UK's regions, the whole of it, other countries and nowhere."""
    return ask(regions.spread, wanted)


def home_points(wanted: Filter) -> frozenset[tuple[float, float]]:
    """Return the latitude and longitude of each place that a finding about the United Kingdom names."""
    return ask(regions.home_points, wanted)


@lru_cache(maxsize=4)
def _boundaries(sheet: str, folder: str) -> tuple[geography.Area, ...]:
    return geography.read(sheet)


def boundaries(sheet: str) -> tuple[geography.Area, ...]:
    """Return the areas of a map; raise BoundaryFault, which is not remembered, where its file cannot be read."""
    return _boundaries(sheet, str(geography.FOLDER))


def definitions() -> pd.DataFrame:
    """Return every published definition of social infrastructure."""
    return ask_of_collection(published.read)


def held(wanted: Filter) -> of_sources.Held:
    """Return how many sources the filter holds, of which years, with which addresses, and how many share a study."""
    return ask(of_sources.held, wanted)


def sources_by_year(wanted: Filter) -> pd.DataFrame:
    """Return year and sources for each year that the filter's sources span."""
    return ask(of_sources.by_year, wanted)


def sources_without_findings(wanted: Filter) -> pd.DataFrame:
    """Return the sources of the filter that hold no finding yet."""
    return ask(of_sources.without_findings, wanted)


def findings_of(wanted: Filter, source: str) -> of_sources.OfSource:
    """Return the refs of a source's findings in the filter, and how many it has in all."""
    return ask(of_sources.findings_of, wanted, source)


def sharing(wanted: Filter, study: str = "") -> pd.DataFrame:
    """Return the sources that report a study together with another, where the filter holds one of them."""
    return ask(of_sources.sharing, wanted, study)


def coders_state() -> rounds.CodingsState:
    """Return which codings and settlements are held now; asked anew each time, as they make no new data version."""
    return database.ask(engine(), rounds.state)


def codings(wanted: Filter) -> dict[str, Round]:
    """Return every coding of the filter's findings by name, the agreed one last."""
    return ask(agreements.held, wanted, coders_state())


def reasons(wanted: Filter) -> dict[str, tuple[coding_differences.Reason, ...]]:
    """Return the reasons given for how the filter's findings were settled, by ref, oldest first."""
    return ask(coding_differences.reasons, wanted, coders_state())


@remembered
def versions(ref: str) -> tuple[row_history.Version, ...]:
    """Return what every load did to a finding, newest first; for editors alone, as it may hold what is withheld now."""
    return database.ask(engine(), row_history.versions, ref)


def loads() -> list[LoadTold]:
    """Return every load as whoever asks may be told of it, newest first.

    Asked anew each time, as a load that changes nothing makes no new version.
    """
    return database.ask(engine(), visible_loads.loads, level=sight().access)


def caveats(wanted: Filter) -> list[str]:
    """Return what to know before using the filter's findings, a sentence or two each."""
    return ask(cautions.caveats, wanted, counts(wanted), set_aside(wanted))


def whence(wanted: Filter) -> str:
    """Return in one line who coded the filter's findings, who reviewed that, and how much was read."""
    return ask(provenance.line, wanted)


def coding(wanted: Filter) -> list[str]:
    """Return how the filter's findings were coded, a paragraph each, as far as their teams state it."""
    return ask(provenance.coding, wanted)


def settled_by_people() -> frozenset[str]:
    """Return the refs of findings that people have settled in the dashboard."""
    return ask_of_collection(provenance.settled_by_people)


def slide_said(wanted: Filter, slide: Slide) -> messages.Said:
    """Return a slide's words filled from the filter's evidence, whether they hold, and which numbers moved."""
    return ask(messages.said, wanted, slide)


def slide_values(wanted: Filter, slide: Slide) -> dict[str, int | str]:
    """Return the values of all names that a slide's words and claim use."""
    return ask(messages.values_of, wanted, slide)


def named_numbers(wanted: Filter, names: tuple[str, ...]) -> dict[str, int | str]:
    """Return the values of these names, of those that a message may use."""
    return ask(numbers.read, wanted, names)
