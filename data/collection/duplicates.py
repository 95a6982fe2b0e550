"""Sources, and findings, that are likely to be the same twice, pointed out for a person to decide; none is merged.

Two sources are alike where they have the same DOI or address, or titles that nearly agree; two findings where their
texts nearly agree. Texts are compared only where they share one of their rarest words, so that the work grows with
the collection and not with its square.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import combinations
from typing import Any, NamedTuple, TypeVar

import numpy as np
import pandas as pd
from rapidfuzz import fuzz, process, utils
from sqlalchemy import Engine, Select, delete, insert, select
from sqlmodel import Session, col

from data.collection import audit, database, identifiers
from data.collection.access import Standing, Visitor, require
from data.progress import Progress, unheard
from models import Finding, NotDuplicate, Source

COLUMNS = ("kind", "ref", "other", "score", "why", "text", "other_text", "same_study")
LEAST = {"source": 90.0, "finding": 88.0}
"""The least likeness (rapidfuzz ratio of words in order, 0 to 100) at which titles, and texts, are pointed out."""
RAREST = 6
"""Words of a text, its rarest, of which two that nearly agree share at least one."""
COMMON = 60
"""A word that more texts than this hold tells nothing."""
SAME = 100.0
_Kind = TypeVar("_Kind", str, int)


class _Text(NamedTuple):
    ref: str
    words: str
    shown: str


def duplicates(session: Session, progress: Progress = unheard) -> pd.DataFrame:
    """Return pairs that are likely to be the same, the most alike first, but those a person has told apart.

    Columns: COLUMNS; `kind` source or finding, `ref` before `other`, `score` from 0 to 100, `why` in words, the title
    or text of each, and whether the two are linked as one study already.
    """
    told_apart = {(row.kind, row.ref, row.other) for row in session.execute(select_apart())}
    sources = session.execute(
        select(*(col(getattr(Source, name)) for name in ("ref", "title", "year", "doi", "url", "study_id")))
    ).all()
    progress(0.1, "Comparing sources")
    rows = list(of_sources(sources))
    progress(0.4, "Comparing findings")
    studies = {row.ref: row.study_id for row in sources}
    findings = session.execute(
        select(col(Finding.ref), col(Finding.finding), col(Source.ref).label("source")).join(
            Source, col(Source.id) == col(Finding.source_id)
        )
    ).all()
    rows += of_findings(findings, studies)
    progress(1.0, "Compared")
    frame = pd.DataFrame([row for row in rows if row[:3] not in told_apart], columns=list(COLUMNS))
    return frame.sort_values(["score", "kind", "ref", "other"], ascending=[False, False, True, True], ignore_index=True)


def select_apart() -> Select[str, str, str]:
    """Return the query for the pairs that a person has told apart."""
    return select(col(NotDuplicate.kind), col(NotDuplicate.ref), col(NotDuplicate.other))


def tell_apart(engine: Engine, kind: str, ref: str, other: str, visitor: Visitor) -> None:
    """Remember that two sources or findings are not the same, so that they are not pointed out again.

    Raises NotAllowed unless the visitor edits.
    """
    require(visitor, Standing.EDITOR, "tell duplicates apart")
    ref, other = sorted((ref, other))
    with database.writing(engine) as connection:
        known = connection.execute(select_apart()).fetchall()
        if (kind, ref, other) not in {tuple(row) for row in known}:
            values = {"kind": kind, "ref": ref, "other": other, "who": visitor.name}
            connection.execute(insert(NotDuplicate).values(**values))
            audit.record(connection, visitor.name, "tell apart", f"{kind} {ref}", None, {"not the same as": other})


def ask_again(engine: Engine, kind: str, ref: str, other: str, visitor: Visitor) -> None:
    """Forget that two were told apart; raises NotAllowed unless the visitor edits."""
    require(visitor, Standing.EDITOR, "tell duplicates apart")
    ref, other = sorted((ref, other))
    table = NotDuplicate
    with database.writing(engine) as connection:
        where = (col(table.kind) == kind, col(table.ref) == ref, col(table.other) == other)
        if connection.execute(delete(table).where(*where)).rowcount:
            audit.record(connection, visitor.name, "ask again", f"{kind} {ref}", {"not the same as": other}, None)


def of_sources(sources: Sequence[Any], new: Collection[str] | None = None) -> Iterator[tuple[object, ...]]:
    """Yield the pairs of sources (rows with ref, title, year, doi, url, study_id) that are alike, as COLUMNS.

    With `new`, only those pairs of which one is among these refs.
    """
    by_ref = {row.ref: row for row in sources}
    found: dict[tuple[str, str], tuple[float, str]] = {}
    for what, key in (("address", _address), ("DOI", _doi)):
        for pair in _sharing(((row.ref, key(row)) for row in sources), new):
            found[pair] = (SAME, f"the same {what}")
    texts = [_Text(row.ref, utils.default_process(row.title), row.title) for row in sources]
    for pair, score in _alike(texts, LEAST["source"], new).items():
        one, other = (by_ref[ref].year for ref in pair)
        apart = one and other and one != other
        years = f", though of {one} and {other}" if apart else ", of the same year" if one and other else ""
        if pair not in found:
            found[pair] = (score, f"titles {score:.0f} % alike{years}")
    for (ref, other), (score, why) in found.items():
        one, two = by_ref[ref], by_ref[other]
        yield "source", ref, other, round(score, 1), why, one.title, two.title, one.study_id == two.study_id


def of_findings(
    findings: Sequence[Any], studies: Mapping[str, object], new: Collection[str] | None = None
) -> Iterator[tuple[object, ...]]:
    """Yield the pairs of findings (rows with ref, finding, source) that are alike, as COLUMNS.

    `studies` holds each source's study. With `new`, only those pairs of which one is among these refs.
    """
    by_ref = {row.ref: row for row in findings}
    texts = [_Text(row.ref, utils.default_process(row.finding), row.finding) for row in findings]
    for (ref, other), score in _alike(texts, LEAST["finding"], new).items():
        one, two = by_ref[ref], by_ref[other]
        where = "of one source" if one.source == two.source else f"of {one.source} and {two.source}"
        linked = studies[one.source] == studies[two.source]
        said = "the same text" if score == SAME else f"texts {score:.0f} % alike"
        yield "finding", ref, other, round(score, 1), f"{said}, {where}", one.finding, two.finding, linked


def _doi(row) -> str:  # type: ignore[no-untyped-def]
    return identifiers.doi_in(row.doi, row.url)


def _address(row) -> str:  # type: ignore[no-untyped-def]
    return identifiers.same_page(row.url)


def _sharing(keys: Iterable[tuple[str, str]], new: Collection[str] | None) -> Iterator[tuple[str, str]]:
    """Yield the pairs of refs that have the same key; a key that many have names no one thing."""
    by_key: dict[str, list[str]] = defaultdict(list)
    for ref, key in keys:
        if key:
            by_key[key].append(ref)
    for refs in by_key.values():
        if len(refs) <= COMMON:
            yield from _with_new(sorted(refs), new)


def _with_new(ones: Sequence[_Kind], new: Collection[_Kind] | None) -> Iterable[tuple[_Kind, _Kind]]:
    """Return the pairs of these, of which one is new where that is asked."""
    if new is None:
        return combinations(ones, 2)
    if new_ones := {one for one in ones if one in new}:
        return (pair for pair in combinations(ones, 2) if not new_ones.isdisjoint(pair))
    return ()


def _alike(texts: Sequence[_Text], least: float, new: Collection[str] | None = None) -> dict[tuple[str, str], float]:
    """Return the pairs of refs whose words, in order, are alike at least so much, with how much."""
    places = None if new is None else {place for place, text in enumerate(texts) if text.ref in new}
    pairs = sorted(_candidates(texts, places))
    if not pairs:
        return {}
    ones, others = ([texts[pair[side]].words for pair in pairs] for side in (0, 1))
    scores = process.cpdist(ones, others, scorer=fuzz.ratio, score_cutoff=least, workers=-1)
    return {
        (min(refs), max(refs)): float(scores[place])
        for place in np.flatnonzero(scores)
        for refs in ([texts[number].ref for number in pairs[place]],)
    }


def _candidates(texts: Sequence[_Text], new: Collection[int] | None) -> set[tuple[int, int]]:
    """Return the pairs of places of texts that share one of their rarest words, or are the same; one of each new."""
    held = [set(text.words.split()) for text in texts]
    known = Counter(word for words in held for word in words)
    by_word: dict[str, list[int]] = defaultdict(list)
    for place, words in enumerate(held):
        telling = [word for word in words if known[word] > 1]
        for word in sorted(telling, key=lambda word: (known[word], word))[:RAREST]:
            by_word[word].append(place)
        if texts[place].words:
            by_word[f" {texts[place].words}"].append(place)
    return {
        pair for places in by_word.values() if len(places) <= COMMON for pair in _with_new(places, new)
    }  # fmt: skip
