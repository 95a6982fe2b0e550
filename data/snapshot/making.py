"""A snapshot made from the tables, in one consistent state of the evidence."""

from collections.abc import Sequence
from itertools import groupby
from operator import itemgetter
from typing import Any

import numpy as np
from sqlalchemy import ColumnElement, Select, func, select
from sqlmodel import Session, col

from data import seen
from data.snapshot.coarse import Points, coarsened
from data.snapshot.columns import NO_YEAR, Links, Numbers, Snapshot
from models import (
    Access,
    Base,
    Confidence,
    Direction,
    Finding,
    FindingLever,
    FindingRegion,
    FindingTheme,
    Lever,
    Region,
    Role,
    Source,
    Strand,
    Study,
    Theme,
)

Columns = list[Sequence[Any]]


def read(session: Session, level: Access) -> Snapshot:
    """Return what a level sees of the collection as the session's transaction has it."""
    sources = _Sources(session, level)
    findings = _Findings(session, level, sources)
    about = findings.links(session, Region, FindingRegion, col(FindingRegion.coded))
    points = coarsened(findings.points, about, findings.above_public if level != Access.TEAM else None)
    places = sorted(set(points.place))
    place = {name: number for number, name in enumerate(places)}
    held = findings.source
    links = {
        "strand": _single(sources.strands, sources.strand[held]),
        "region": findings.links(session, Region, FindingRegion),
        "theme": findings.links(session, Theme, FindingTheme),
        "lever": findings.levers(session),
        "direction": _single(tuple(Direction), findings.direction),
        "confidence": _single(tuple(Confidence), findings.confidence),
        "method": _single(sources.methods, sources.method[held]),
    }
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


def _columns(session: Session, query: Select[Any], width: int) -> Columns:
    """Return the answer to a query by column; as many empty ones where there is no row."""
    return list(zip(*session.connection().execute(query).all(), strict=True)) or [()] * width


class _Sources:
    """The sources in the order of a snapshot: by study and ref."""

    def __init__(self, session: Session, level: Access) -> None:
        s = Source
        web = col(s.url).like("http://%") | col(s.url).like("https://%")
        query = (
            select(col(s.id), col(s.strand), col(s.method), col(s.year), web, col(s.doi) != "", col(Study.key))
            .join(Study, col(Study.id) == col(s.study_id))
            .order_by(col(s.ref))
        )
        if level != Access.TEAM:
            query = query.where(col(s.id).in_(seen.sources(level)))
        ids, strand, method, year, web_, doi, key = _columns(session, query, 7)
        by_study = np.unique(np.array(key, dtype=object), return_inverse=True)[1] if key else _ints(())
        order = np.argsort(by_study, kind="stable")
        self.ref = order.astype(np.int32)
        self.ids = _ints(ids)[order]
        self.study = by_study[order].astype(np.int32)
        self.strands = tuple(session.connection().execute(select(col(Strand.code))).scalars())
        self.methods = tuple(sorted(set(method) - {""}))
        self.strand = _coded(strand, self.strands)[order]
        self.method = _coded(method, self.methods)[order]
        self.year = np.array([NO_YEAR if value is None else value for value in year], dtype=np.int32)[order]
        self.linked, self.with_doi = (np.array(flags, dtype=bool)[order] for flags in (web_, doi))


class _Findings:
    """The findings in the order of a snapshot: by study, source and ref."""

    def __init__(self, session: Session, level: Access, sources: _Sources) -> None:
        f = Finding
        public = (col(f.access) == Access.PUBLIC) & (col(Source.access) == Access.PUBLIC)
        query = (
            select(col(f.id), col(f.source_id), col(f.ref), col(f.direction), col(f.confidence), col(f.latitude),
                   col(f.longitude), col(f.place), ~public)
            .join(Source, col(Source.id) == col(f.source_id))
            .where(*seen.allowed(level))
            .order_by(col(f.ref))
        )  # fmt: skip
        ids, source, refs, direction, confidence, latitude, longitude, place, above = _columns(session, query, 9)
        self.refs = tuple(refs)
        place_of = {number: place for place, number in enumerate(sources.ids.tolist())}
        of = np.array([place_of[number] for number in source], dtype=np.int32)
        self._order = order = np.argsort(of, kind="stable")
        self.ref = order.astype(np.int32)
        self.ids, self.source = _ints(ids)[order], of[order]
        self.direction, self.confidence = (
            _coded(words, tuple(known))[order].astype(np.int8)
            for words, known in ((direction, Direction), (confidence, Confidence))
        )
        self.above_public = np.array(above, dtype=bool)[order]
        self.points = Points(
            np.array(latitude, dtype=float)[order],
            np.array(longitude, dtype=float)[order],
            [place[number] for number in order.tolist()],
        )
        self._place = np.full(int(self.ids.max(initial=0)) + 1, -1, dtype=np.int32)
        self._place[self.ids] = np.arange(len(self.ids))

    def links(
        self, session: Session, table: type[Base], link: type[FindingTheme | FindingRegion], *only: ColumnElement[bool]
    ) -> Links:
        """Return which of these findings carry which code, in codebook order."""
        codes = _codes(session, table)
        column = col(link.theme if link is FindingTheme else link.region)  # type: ignore[union-attr]
        query = select(column, func.group_concat(col(link.finding_id))).where(*only).group_by(column)
        held = {code: self._placed(ids) for code, ids in session.connection().execute(query)}
        return _sorted(codes, [held.get(code, _ints(())) for code in codes])

    def levers(self, session: Session) -> Links:
        """Return which of these findings carry which lever, with the roles it has there."""
        link, codes = FindingLever, _codes(session, Lever)
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

    def _placed(self, ids: str) -> Numbers:
        """Return where findings stand whose ids are joined by commas, in order; those not seen are left out."""
        numbers = np.fromstring(ids, dtype=np.int64, sep=",")
        places = self._place[numbers[numbers < len(self._place)]]
        return np.sort(places[places >= 0])


def role_bit(role: str) -> int:
    """Return the bit that stands for a role in a link's roles."""
    return 1 << tuple(Role).index(Role(role))


def _codes(session: Session, table: type[Base]) -> tuple[str, ...]:
    return tuple(session.connection().execute(select(table.code).order_by(table.position)).scalars())  # type: ignore[attr-defined]


def _ints(values: Sequence[int]) -> Numbers:
    return np.array(values, dtype=np.int64)


def _coded(words: Sequence[str], known: Sequence[str]) -> Numbers:
    """Return where each word stands among the known ones; -1 where it is none of them."""
    places = {str(word): place for place, word in enumerate(known)}
    return np.array([places.get(word, -1) for word in words], dtype=np.int16)


def _sorted(codes: tuple[str, ...], findings: Sequence[Numbers], roles: Numbers | None = None) -> Links:
    code = np.repeat(np.arange(len(codes), dtype=np.int16), [len(held) for held in findings])
    return Links(codes, code, np.concatenate([_ints(()), *findings]).astype(np.int32), roles)


def _single(words: Sequence[str], code: Numbers) -> Links:
    """Return the links of a facet of which each finding carries one code at most."""
    order = np.argsort(code, kind="stable")
    order = order[int((code < 0).sum()) :]
    return Links(tuple(map(str, words)), code[order].astype(np.int16), order.astype(np.int32))
