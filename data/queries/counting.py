"""Counts of findings, sources and studies in a filter, by facet and by pairs of facets."""

from dataclasses import replace
from typing import NamedTuple

import numpy as np
import pandas as pd
from scipy.sparse import csr_array
from sqlalchemy import select as question
from sqlmodel import Session, col

from data.collection.codebook import Codebook
from data.collection.snapshot import current
from data.collection.snapshot.columns import NO_YEAR, Links, Numbers
from data.collection.snapshot.making import role_bit
from data.facets import FACETS, OVERSEAS
from data.filters.filter import Filter
from data.filters.selection import Selection, each_once, select
from data.queries.links import coded, counts_by_code, findings_by_code, in_roles, sure, within
from models import Role, Source, Study

NONE = ""
"""The code of findings that carry none of a facet."""


class Counts(NamedTuple):
    """How much there is: findings, the sources they come from, and the separate studies those report."""

    findings: int
    sources: int
    studies: int


def counts(session: Session, wanted: Filter, codebook: Codebook) -> Counts:
    """Return how many findings, sources and studies the filter holds."""
    chosen = select(session, wanted, codebook)
    studies = each_once(chosen.snapshot.study[chosen.findings])
    return Counts(len(chosen.findings), len(chosen.sources), len(studies))


def withheld(session: Session, wanted: Filter, codebook: Codebook) -> int:
    """Return how many findings of the whole collection may not be seen at the session's level of access.

    The number is of the collection whatever the filter: that of a narrow filter, or of a search for a word, would tell
    what the withheld findings say and where.
    """
    return current.of(session).withheld


def idle_sources(session: Session) -> int:
    """Return how many sources that may be seen hold no finding at all."""
    snapshot = current.of(session)
    return len(snapshot.source_ids) - len(each_once(snapshot.source))


class SetAside(NamedTuple):
    """Findings near the filter that a reader should know of."""

    wider: int
    """About the whole of a country or nation that the chosen regions lie in; `wider=1` takes them in."""
    without_year: int
    """Left out only because their source has no year."""
    without_place: int
    """In the filter, but without coordinates, so not on a map."""
    coarse: int = 0
    """In the filter, but not public: shown under the name and at the centre of its region, or at no place at all."""


def set_aside(session: Session, wanted: Filter, codebook: Codebook) -> SetAside:
    """Return the findings that the filter leaves out for want of a narrower region or a year, or a map for a place."""
    chosen = select(session, wanted, codebook)
    snapshot, findings = chosen.snapshot, chosen.findings
    wider = without_year = 0
    if wanted.region and not wanted.wider:
        wider = len(select(session, replace(wanted, wider=True), codebook).findings) - len(findings)
    if wanted.year:
        any_year = select(session, wanted.without("year"), codebook).findings
        without_year = int((snapshot.year[snapshot.source[any_year]] == NO_YEAR).sum())
    without_place, coarse = np.isnan(snapshot.latitude[findings]).sum(), snapshot.coarse[findings].sum()
    return SetAside(wider, without_year, int(without_place), int(coarse))


def years(session: Session, wanted: Filter, codebook: Codebook) -> tuple[int, int]:
    """Return the first and last year of publication among the filter's sources, or 0 and 0 where none is known."""
    chosen = select(session, wanted, codebook)
    known = chosen.snapshot.year[chosen.sources]
    known = known[known != NO_YEAR]
    return (int(known.min()), int(known.max())) if len(known) else (0, 0)


def facet_codes(session: Session, codebook: Codebook, facet: str) -> tuple[str, ...]:
    """Return the codes a facet offers: the codebook's, and of other countries those that any finding names."""
    if facet != "region":
        return codebook.codes(facet)
    links = current.of(session).links["region"]
    named = {links.codes[place] for place in each_once(links.code).tolist()}
    return tuple(e.code for e in codebook.entries("region") if e.kind != OVERSEAS or e.code in named)


def facets(session: Session, wanted: Filter, codebook: Codebook) -> dict[str, dict[str, int]]:
    """Return for each facet how many findings each of its codes would give, the facet's own choice set aside.

    Zeros are included; the keys of a facet stand in codebook order.
    """
    found = {}
    for facet in FACETS:
        # What is chosen elsewhere counts, and so does the other half of lever and role.
        chosen = select(session, wanted.without(facet), codebook)
        links = coded(chosen.snapshot, facet, wanted, codebook)
        numbers = dict(zip(links.codes, findings_by_code(chosen, links).tolist(), strict=True))
        found[facet] = {code: numbers.get(code, 0) for code in facet_codes(session, codebook, facet)}
    return found


def tally(session: Session, wanted: Filter, codebook: Codebook, facet: str) -> pd.DataFrame:
    """Return code, name, findings, sources, studies for each code of a facet, zeros included, within the filter.

    Where the filter names roles, a lever counts only in those, so that choosing it gives the number told.
    """
    chosen = select(session, wanted, codebook)
    links = coded(chosen.snapshot, facet, wanted, codebook)
    numbers = dict(zip(links.codes, counts_by_code(chosen, links).tolist(), strict=True))
    rows = [
        (code, codebook.name(facet, code), *numbers.get(code, (0, 0, 0)))
        for code in facet_codes(session, codebook, facet)
    ]
    table = pd.DataFrame(rows, columns=["code", "name", "findings", "sources", "studies"])
    # Of no row at all, as by method where no source names one, pandas would not know that these are numbers.
    return table.astype(dict.fromkeys(("findings", "sources", "studies"), "int64"))


def crosstab(session: Session, wanted: Filter, codebook: Codebook, rows: str, columns: str) -> pd.DataFrame:
    """Return row, column, findings, sure for every pair of codes of two facets, zeros included.

    `sure` counts the findings of high or moderate confidence. Findings that carry no code of a facet stand under
    the empty code, so that every finding of the filter is in the table. Where the filter names roles, a lever counts
    only in those, so that choosing a cell gives the number in it.
    """
    chosen = select(session, wanted, codebook)
    if {rows, columns} == {"lever", "role"}:
        down, across, tables = _levers_by_role(chosen, wanted, codebook, rows == "role")
    else:
        links = [coded(chosen.snapshot, facet, wanted, codebook) for facet in (rows, columns)]
        (down, across), tables = (link.codes for link in links), _pairs(chosen, *links)
    held = pd.DataFrame(
        {"row": np.repeat([*down, NONE], len(across) + 1), "column": np.tile([*across, NONE], len(down) + 1),
         "findings": tables[0].ravel(), "sure": tables[1].ravel()}
    ).set_index(["row", "column"])  # fmt: skip
    shown = pd.MultiIndex.from_product(
        [(*facet_codes(session, codebook, facet), NONE) for facet in (rows, columns)], names=["row", "column"]
    )
    return held.reindex(shown, fill_value=0).reset_index()


def _pairs(chosen: Selection, down: Links, across: Links) -> list[Numbers]:
    """Return how many of the selection's findings carry each pair of codes, and how many of them are sure.

    The last row and column are of findings that carry none.
    """
    one, other = (_carried(chosen, links) for links in (down, across))
    rest_on = _carried(Selection(chosen.snapshot, chosen.held & sure(chosen.snapshot)), down)
    return [(one @ other.T).toarray(), (rest_on @ other.T).toarray()]


def _carried(chosen: Selection, links: Links) -> csr_array:
    """Return 1 for each code (a row) and finding of the selection (a column) that carries it; last those with none."""
    coded_at_all = np.zeros(len(chosen.snapshot), dtype=bool)
    coded_at_all[links.finding] = True
    held, none = within(chosen, links), np.flatnonzero(chosen.held & ~coded_at_all)
    finding = np.concatenate([held.finding, none]).astype(np.int32)
    ends = np.append(held.ends, len(finding)).astype(np.int32)
    shape = (len(links.codes) + 1, len(chosen.snapshot))
    return csr_array((np.ones(len(finding), dtype=np.int64), finding, ends), shape=shape)


def _levers_by_role(
    chosen: Selection, wanted: Filter, codebook: Codebook, turned: bool
) -> tuple[tuple[str, ...], tuple[str, ...], list[Numbers]]:
    """Return the same of levers and roles: a role belongs to its lever, and is not read as another lever's."""
    levers = coded(chosen.snapshot, "lever", wanted, codebook)
    none = np.ones(len(chosen.snapshot), dtype=bool)
    none[levers.finding] = False
    rest_on = sure(chosen.snapshot)
    tables = [np.zeros((len(levers.codes) + 1, len(Role) + 1), dtype=np.int64) for _ in range(2)]
    for place, role in enumerate(Role):
        if wanted.role and role not in wanted.role:
            continue
        links = in_roles(chosen.snapshot.links["lever"], role_bit(role))
        for table, held in zip(tables, (chosen.held, chosen.held & rest_on), strict=True):
            table[:-1, place] = findings_by_code(Selection(chosen.snapshot, held), links)
    tables[0][-1, -1], tables[1][-1, -1] = (chosen.held & none).sum(), (chosen.held & none & rest_on).sum()
    roles = tuple(str(role) for role in Role)
    if turned:
        return roles, levers.codes, [table.T for table in tables]
    return levers.codes, roles, tables


def sources_of_study(session: Session, wanted: Filter, codebook: Codebook, study: str) -> int:
    """Return how many sources report a study, of those whose findings are in the filter."""
    chosen = select(session, wanted, codebook)
    reporting = question(col(Source.id)).join(Study, col(Study.id) == col(Source.study_id))
    ids = session.execute(reporting.where(col(Study.key) == study, col(Source.study) == study)).scalars()
    here = np.isin(chosen.snapshot.sources_of(np.array(list(ids), dtype=np.int64)), chosen.sources)
    return int(here.sum())
