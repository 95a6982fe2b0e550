"""A snapshot made from the tables, in one consistent state of the evidence."""

from collections.abc import Iterable, Sequence
from itertools import groupby
from operator import itemgetter
from typing import Any

import numpy as np
from sqlalchemy import ColumnElement, Select, case, func, select
from sqlmodel import Session, col

from data.collection import visibility
from data.collection.snapshot.coarse import Points, coarsened
from data.collection.snapshot.columns import NO_YEAR, Links, Numbers, Snapshot
from data.facets import BY_KEY, EVERY, Facet
from models import (
    Access,
    Confidence,
    Direction,
    Finding,
    FindingLever,
    FindingRegion,
    Role,
    Source,
    Study,
)

Query = Select[*tuple[Any, ...]]


def read(session: Session, level: Access) -> Snapshot:
    """Return what a level sees of the collection as the session's transaction has it."""
    sources = _Sources(session, level)
    findings = _Findings(session, level, sources)
    about = findings.links(session, BY_KEY["region"], col(FindingRegion.coded))
    points = coarsened(findings.points, about, findings.above_public if level != Access.TEAM else None)
    places = sorted(set(points.place))
    place = {name: number for number, name in enumerate(places)}
    held = findings.source
    links = {facet.key: _links(session, facet, sources, findings) for facet in EVERY if facet.key != "role"}
    return Snapshot(
        level=level,
        withheld=session.connection().execute(select(func.count()).select_from(Finding)).scalar_one()
        - len(findings.ids),
        ids=findings.ids,
        source=held,
        study=sources.study[held],
        direction=findings.direction,
        confidence=findings.confidence,
        latitude=points.latitude,
        longitude=points.longitude,
        coarse=points.coarse,
        place=np.array([place[name] for name in points.place], dtype=np.int32),
        ref=findings.ref,
        refs=findings.refs,
        places=tuple(places),
        source_ids=sources.ids,
        source_study=sources.study,
        source_ref=sources.ref,
        year=sources.year,
        linked=sources.linked,
        with_doi=sources.with_doi,
        links=links,
        about=about,
    )


def _columns(session: Session, query: Query) -> list[Numbers]:
    """Return the answer to a query for whole numbers, an array a column.

    SQLite joins each column to one text, which numpy reads at once: a million rows in a fifth of the time that it takes
    to make each a Python object. No column may hold NULL, which the text would leave out.
    """
    held = query.subquery()
    (row,) = session.connection().execute(select(*(func.group_concat(column) for column in held.c)))
    return [_listed(text) for text in row]


def _listed(text: str | None) -> Numbers:
    """Return the whole numbers that a text joins by commas."""
    return np.fromstring(text, dtype=np.int64, sep=",") if text else np.empty(0, dtype=np.int64)


def _ranks(ids: Numbers, in_order: Numbers) -> Numbers:
    """Return where each id comes in an order that holds them all, and maybe others."""
    rank = np.zeros(int(max(in_order.max(initial=0), ids.max(initial=0))) + 1, dtype=np.int32)
    rank[in_order] = np.arange(len(in_order))
    ranks: Numbers = rank[ids]
    return ranks


def _links(session: Session, facet: Facet, sources: "_Sources", findings: "_Findings") -> Links:
    """Return which findings carry which code of a facet: by its table of links, their source, or a column of theirs."""
    if facet.key == "lever":
        return findings.levers(session)
    if facet.link:
        return findings.links(session, facet)
    if facet.of_source:
        words, places = sources.words[facet.key]
        return _single(words, places[findings.source])
    return _single(tuple(facet.vocabulary or ()), getattr(findings, facet.key))


class _Sources:
    """The sources in the order of a snapshot: by study and ref."""

    def __init__(self, session: Session, level: Access) -> None:
        s = Source
        web = col(s.url).like("http://%") | col(s.url).like("https://%")
        ids, study, year, linked, with_doi = _columns(
            session,
            select(
                col(s.id), col(s.study_id), func.coalesce(col(s.year), NO_YEAR), web, col(s.doi) != ""
            ).where(*visibility.sources(level)),
        )  # fmt: skip
        (by_ref,) = _columns(session, select(col(s.id)).order_by(col(s.ref)))
        (by_key,) = _columns(session, select(col(Study.id)).order_by(col(Study.key)))
        study, ref = _ranks(study, by_key), _ranks(ids, by_ref)
        order = np.lexsort((ref, study))
        self.ids, self.ref, self.study = ids[order], ref[order], study[order]
        self.words = {facet.key: self._words(session, col(getattr(s, facet.key))) for facet in EVERY if facet.of_source}
        """By facet, its words among the sources, and where each source's stands among them."""
        self.year = year[order].astype(np.int32)
        self.linked, self.with_doi = linked[order].astype(bool), with_doi[order].astype(bool)

    def _words(self, session: Session, column: Any) -> tuple[tuple[str, ...], Numbers]:
        """Return the words of a column, in order, and where each source's stands among them; -1 where it is empty."""
        place = np.full(int(self.ids.max(initial=0)) + 1, -1, dtype=np.int32)
        held = select(column, func.group_concat(col(Source.id))).where(column != "").group_by(column).order_by(column)
        words: list[str] = []
        for word, ids in session.connection().execute(held):
            own = _listed(ids)
            place[own[own < len(place)]] = len(words)
            words.append(str(word))
        used = np.bincount(place[self.ids] + 1, minlength=len(words) + 1)[1:] > 0
        renamed = np.append(np.cumsum(used) - 1, -1)
        return tuple(word for word, seen_ in zip(words, used, strict=True) if seen_), renamed[place[self.ids]]


class _Findings:
    """The findings in the order of a snapshot: by study, source and ref."""

    def __init__(self, session: Session, level: Access, sources: _Sources) -> None:
        f = Finding
        seen_here = visibility.findings(level)
        ids, source, direction, confidence, above = _columns(
            session,
            select(col(f.id), col(f.source_id), _place_among(f.direction, Direction),
                   _place_among(f.confidence, Confidence), _above_public())
            .join(Source, col(Source.id) == col(f.source_id))
            .where(*seen_here),
        )  # fmt: skip
        by_ref = session.connection().execute(select(col(f.id), col(f.ref)).order_by(col(f.ref))).all()
        every = np.array([number for number, _ in by_ref], dtype=np.int64)
        known = np.isin(every, ids) if seen_here else np.ones(len(by_ref), dtype=bool)
        in_order = [row for row, held in zip(by_ref, known.tolist(), strict=True) if held]
        self.refs = tuple(ref for _, ref in in_order)
        source, ref = _ranks(source, sources.ids), _ranks(ids, every[known])
        order = np.lexsort((ref, source))
        self.ids, self.source, self.ref = ids[order], source[order], ref[order]
        self.direction, self.confidence = direction[order].astype(np.int8), confidence[order].astype(np.int8)
        self.above_public = above[order].astype(bool)
        self._place = np.full(int(self.ids.max(initial=0)) + 1, -1, dtype=np.int32)
        self._place[self.ids] = np.arange(len(self.ids))
        self._hidden = visibility.codes_withheld(session, level)
        self.points = self._points(session)

    def _points(self, session: Session) -> Points:
        f = Finding
        told = col(f.latitude).is_not(None) | ((col(f.place) != "") & _above_public())
        query = (
            select(col(f.id), col(f.latitude), col(f.longitude), col(f.place))
            .join(Source, col(Source.id) == col(f.source_id))
            .where(told)
        )
        latitude, longitude = (np.full(len(self.ids), np.nan) for _ in range(2))
        names = [""] * len(self.ids)
        for number, north, east, name in session.connection().execute(query):
            if number < len(self._place) and (place := self._place[number]) >= 0:  # type: ignore[operator]
                names[place] = name
                if north is not None:
                    latitude[place], longitude[place] = north, east
        return Points(latitude, longitude, names)

    def links(self, session: Session, facet: Facet, *only: Any) -> Links:
        """Return which of these findings carry which code of a facet that has a table of links, in codebook order."""
        codes = self._codes(session, facet)
        column, number = col(getattr(facet.link, facet.key)), col(getattr(facet.link, "finding_id"))  # noqa: B009
        query = select(column, func.group_concat(number)).where(*only).group_by(column)
        held = {code: self._placed(ids) for code, ids in session.connection().execute(query)}
        return _sorted(codes, [held.get(code, _ints(())) for code in codes])

    def levers(self, session: Session) -> Links:
        """Return which of these findings carry which lever, with the roles it has there."""
        link, codes = FindingLever, self._codes(session, BY_KEY["lever"])
        query = (
            select(col(link.lever), col(link.role), func.group_concat(col(link.finding_id)))
            .group_by(col(link.lever), col(link.role))
            .order_by(col(link.lever))
        )
        bits = np.zeros(len(self.ids), dtype=np.uint8)
        findings, roles = {}, {}
        for code, rows in groupby(session.connection().execute(query), itemgetter(0)):
            bits[:] = 0
            for _, role, ids in rows:
                bits[self._placed(ids)] |= role_bit(role)
            findings[code] = np.flatnonzero(bits)
            roles[code] = bits[findings[code]]
        empty = np.empty(0, dtype=np.uint8)
        return _sorted(
            codes,
            [findings.get(code, _ints(())) for code in codes],
            np.concatenate([empty, *(roles.get(code, empty) for code in codes)]),
        )

    def _codes(self, session: Session, facet: Facet) -> tuple[str, ...]:
        """Return the codes of a facet that this level may see, in codebook order."""
        table: Any = facet.table
        every = session.connection().execute(select(table.code).order_by(table.position)).scalars()
        return tuple(code for code in every if (facet.key, code) not in self._hidden)

    def _placed(self, ids: str) -> Numbers:
        """Return where findings stand whose ids are joined by commas, in order; those not seen are left out."""
        numbers = _listed(ids)
        places = self._place[numbers[numbers < len(self._place)]]
        return np.sort(places[places >= 0])


def _above_public() -> ColumnElement[bool]:
    """Return the condition that a finding and its source, joined, are not for everyone."""
    return ~((col(Finding.access) == Access.PUBLIC) & (col(Source.access) == Access.PUBLIC))


def role_bit(role: str) -> int:
    """Return the bit that stands for a role in a link's roles."""
    return 1 << tuple(Role).index(Role(role))


def _ints(values: Sequence[int]) -> Numbers:
    return np.array(values, dtype=np.int64)


def _place_among(column: Any, words: Iterable[str]) -> ColumnElement[int]:
    """Return where a column's word stands among these; -1 where it is none of them."""
    return case({str(word): place for place, word in enumerate(words)}, value=col(column), else_=-1)


def _sorted(codes: tuple[str, ...], findings: Sequence[Numbers], roles: Numbers | None = None) -> Links:
    code = np.repeat(np.arange(len(codes), dtype=np.int16), [len(held) for held in findings])
    return Links(codes, code, np.concatenate([_ints(()), *findings]).astype(np.int32), roles)


def _single(words: Sequence[str], code: Numbers) -> Links:
    """Return the links of a facet of which each finding carries one code at most."""
    order = np.argsort(code, kind="stable")
    order = order[int((code < 0).sum()) :]
    return Links(tuple(map(str, words)), code[order].astype(np.int16), order.astype(np.int32))
