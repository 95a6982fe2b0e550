"""Which word stands when files are loaded again: the one that was settled by hand, or the file's.

A facet that was settled keeps its settled value as long as the file says what it said when it was settled (`filed`).
Where the file has come to say something else, the file is the later word and stands, with a warning that names what it
overrules. Where the settled value is no longer the collection's, because the settlement was undone or another load has
changed it since, the settlement has ended and the file stands.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from sqlalchemy import Connection, select, text
from sqlmodel import col

from data.collection.codebook import Codebook
from data.faults import Fault, quoted
from data.importing.checking.checks import Checked
from data.importing.checking.records import FindingRecord
from models import Settlement

FACETS = ("direction", "themes", "levers")
"""What is settled, each facet for itself; levers are settled with their roles."""


class SettledCoding(NamedTuple):
    """What a finding is to be coded as: codes sorted, each lever with its role."""

    direction: str
    themes: tuple[str, ...]
    levers: tuple[tuple[str, str], ...]


class SettledValue(NamedTuple):
    """The newest settlement of a facet of a finding: its value, what the files said then, and who settled it."""

    value: str
    filed: str
    who: str


def chosen(direction: str, themes: Iterable[str], levers: Iterable[tuple[str, str]]) -> SettledCoding:
    """Return a choice with its codes sorted and none repeated, as they are stored."""
    return SettledCoding(direction, tuple(sorted(set(themes))), tuple(sorted(set(levers))))


def values(choice: SettledCoding) -> dict[str, str]:
    """Return each facet of a choice as a settlement holds it: codes joined by semicolons, each lever with its role."""
    return {
        "direction": choice.direction,
        "themes": ";".join(choice.themes),
        "levers": ";".join(f"{lever} {role}" for lever, role in choice.levers),
    }


def of_record(record: FindingRecord) -> SettledCoding:
    """Return the coding that a record of a finding holds."""
    return chosen(record.direction, record.themes, record.levers)


def latest(connection: Connection, refs: Sequence[str] | None = None) -> dict[tuple[str, str], SettledValue]:
    """Return the newest settlement of each finding and facet, of all or of these refs, whether or not it stands."""
    s = Settlement
    query = (
        select(col(s.finding), col(s.facet), col(s.value), col(s.filed), col(s.who))
        .where(col(s.facet) != "")
        .order_by(col(s.id))
    )
    if refs is not None:
        query = query.where(col(s.finding).in_(refs))
    return {(ref, facet): SettledValue(*held) for ref, facet, *held in connection.execute(query)}


def kept(connection: Connection, checked: Checked, codebook: Codebook) -> Checked:
    """Return checked records with the settled value where it stands, and a warning where a file overrules one.

    A settled code that the codebook no longer holds gives way to the file.
    """
    settled = {key: held for key, held in latest(connection).items() if key[0] in checked.findings}
    if not settled:
        return checked
    findings, faults = dict(checked.findings), list(checked.faults)
    for ref, now in _now(connection, {ref for ref, _ in settled}).items():
        record = findings[ref]
        file, held = values(of_record(record)), values(now)
        for facet in FACETS:
            found = settled.get((ref, facet))
            if not found or found.value != held[facet] or file[facet] == found.value:
                continue
            if file[facet] != found.filed:
                faults.append(_overruled(ref, facet, found, file[facet]))
            elif _in_codebook(now, facet, codebook):
                record = record._replace(**{facet: getattr(now, facet)})
        findings[ref] = record
    return checked._replace(findings=findings, faults=faults)


def _now(connection: Connection, refs: Iterable[str]) -> Mapping[str, SettledCoding]:
    """Return how these findings are coded now, by ref, those that are not there left out."""
    asked = {"refs": json.dumps(sorted(refs))}
    rows = connection.execute(
        text("SELECT ref, id, direction FROM finding WHERE ref IN (SELECT value FROM json_each(:refs))"), asked
    )
    refs_of = {row.id: (row.ref, row.direction) for row in rows}
    ids = {"ids": json.dumps(list(refs_of))}
    within = "coded AND finding_id IN (SELECT value FROM json_each(:ids))"
    themes: dict[int, list[str]] = {number: [] for number in refs_of}
    levers: dict[int, list[tuple[str, str]]] = {number: [] for number in refs_of}
    for row in connection.execute(text(f"SELECT finding_id, theme FROM finding_theme WHERE {within}"), ids):
        themes[row.finding_id].append(row.theme)
    for row in connection.execute(text(f"SELECT finding_id, lever, role FROM finding_lever WHERE {within}"), ids):
        levers[row.finding_id].append((row.lever, row.role))
    return {ref: chosen(direction, themes[n], levers[n]) for n, (ref, direction) in refs_of.items()}


def _in_codebook(choice: SettledCoding, facet: str, codebook: Codebook) -> bool:
    if facet == "themes":
        return all(code in codebook.facets["theme"] for code in choice.themes)
    return facet != "levers" or all(lever in codebook.facets["lever"] for lever, _ in choice.levers)


def _overruled(ref: str, facet: str, settled: SettledValue, filed: str) -> Fault:
    said = quoted(settled.value) if settled.value else "none"
    reason = (
        f"finding {quoted(ref)}: {facet} were settled as {said} by {settled.who}, and the file says something else "
        "than it did then; the file stands"
    ).replace("direction were", "direction was")
    return Fault("settlements", reason, column=facet, value=filed, warning=True)
