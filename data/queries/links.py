"""Which findings carry which code of a facet, and how they are counted by it: what every count is built on."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from data.collection.codebook import Codebook
from data.collection.snapshot.columns import Links, Numbers, Snapshot
from data.collection.snapshot.making import role_bit
from data.filters.filter import Filter
from data.filters.selection import Selection, roles_mask, starts
from models import Confidence, Role

SURE = (Confidence.HIGH, Confidence.MODERATE)
"""The confidences that count as something to rest on."""


def coded(snapshot: Snapshot, facet: str, wanted: Filter, codebook: Codebook) -> Links:
    """Return each finding and code of the facet once, wider codes included.

    A code counts as it would if the filter chose it: a lever only in the filter's roles, a role only
    for the filter's levers, and a region with the findings about the whole it lies in where the filter takes them in.
    """
    if facet == "lever":
        return in_roles(snapshot.links["lever"], roles_mask(wanted))
    if facet == "role":
        return _roles(snapshot, wanted)
    if facet == "region" and wanted.wider:
        return _with_the_whole(snapshot, codebook)
    return snapshot.links[facet]


def in_roles(levers: Links, roles: int) -> Links:
    """Return the links of levers that have any of these roles, given as bits."""
    kept: Numbers = (levers.roles & roles) > 0  # type: ignore[operator, assignment]
    return levers if kept.all() else Links(levers.codes, levers.code[kept], levers.finding[kept])


def of_levers(snapshot: Snapshot, levers: tuple[str, ...]) -> Numbers:
    """Return the roles of each finding as bits: of these levers, or of any where none is named."""
    links = snapshot.links["lever"]
    bits = np.zeros(len(snapshot), dtype=np.uint8)
    for code in levers or links.codes:
        bits[links.finding[links.of(code)]] |= links.roles[links.of(code)]  # type: ignore[index]
    return bits


def joined(codes: Sequence[str], findings: Sequence[Numbers]) -> Links:
    """Return the links of codes to the findings that carry each, which stand in order."""
    code = np.repeat(np.arange(len(codes), dtype=np.int32), [len(held) for held in findings])
    return Links(tuple(codes), code, np.concatenate([np.empty(0, dtype=np.int32), *findings]))


def _roles(snapshot: Snapshot, wanted: Filter) -> Links:
    bits = of_levers(snapshot, wanted.lever)
    return joined([str(role) for role in Role], [np.flatnonzero(bits & role_bit(role)) for role in Role])


def _with_the_whole(snapshot: Snapshot, codebook: Codebook) -> Links:
    """Return the links of regions, each also to the findings about the whole of what it lies in."""
    links, about, findings = snapshot.links["region"], snapshot.about, []
    for code in links.codes:
        held = [links.finding[links.of(code)]]
        held += [about.finding[about.of(wider)] for wider in codebook.ancestors("region", code)]
        findings.append(held[0] if len(held) == 1 else np.unique(np.concatenate(held)))
    return joined(links.codes, findings)


def within(chosen: Selection, links: Links) -> Links:
    """Return the links of the selection's findings."""
    kept = chosen.held[links.finding]
    return replace(
        links,
        code=links.code[kept],
        finding=links.finding[kept],
        roles=None if links.roles is None else links.roles[kept],
    )


def findings_by_code(chosen: Selection, links: Links) -> Numbers:
    """Return how many of the selection's findings carry each code."""
    return np.bincount(links.code[chosen.held[links.finding]], minlength=len(links.codes))


def counts_by_code(chosen: Selection, links: Links) -> Numbers:
    """Return findings, sources and studies of the selection by code, a row each."""
    snapshot, held = chosen.snapshot, within(chosen, links)
    source, study = snapshot.source[held.finding], snapshot.study[held.finding]
    return np.stack(
        [
            np.bincount(held.code[kept], minlength=len(links.codes))
            for kept in (slice(None), starts(held.code, source), starts(held.code, study))
        ],
        axis=1,
    )


def sure(snapshot: Snapshot) -> Numbers:
    """Tell which findings count as something to rest on."""
    ranks = [tuple(Confidence).index(word) for word in SURE]
    return np.isin(snapshot.confidence, ranks)
