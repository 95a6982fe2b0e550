"""The shipped evidence reckoned again from its CSV files with the standard library alone: what queries are held to."""

import csv
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from fractions import Fraction
from pathlib import Path
from typing import NamedTuple

DATA = Path(__file__).resolve().parents[2] / "data" / "shipped"
EFFECTS = ("strengthened", "impeded", "mixed")
SIDE_OF_ROLE = {"applied": "applied", "withdrawn": "withdrawn or lacking", "lacking": "withdrawn or lacking"}


def read(pattern: str) -> list[dict[str, str]]:
    """Return the rows of every CSV file under data/ that the pattern names."""
    rows = []
    for path in sorted(DATA.glob(pattern)):
        with path.open(encoding="utf-8", newline="") as file:
            rows += list(csv.DictReader(file))
    return rows


class Row(NamedTuple):
    """One finding with its source: its own codes, not the wider ones that they stand in."""

    ref: str
    source: str
    study: str
    strand: str
    method: str
    year: int | None
    regions: frozenset[str]
    themes: frozenset[str]
    levers: frozenset[tuple[str, str]]
    direction: str
    confidence: str
    point: tuple[float, float] | None
    cells: dict[str, str]


def _rows() -> Iterator[Row]:
    sources = {row["source_id"]: row for row in read("strands/*/sources.csv")}
    for row in read("strands/*/findings.csv"):
        source = sources[row["source_id"]]
        yield Row(
            ref=row["finding_id"],
            source=row["source_id"],
            study=source["study"] or row["source_id"],
            strand=source["strand"],
            method=source["method"],
            year=int(source["year"]) if source["year"] else None,
            regions=frozenset(filter(None, row["regions"].split(";"))),
            themes=frozenset(filter(None, row["themes"].split(";"))),
            levers=frozenset(zip(split(row["levers"]), split(row["lever_roles"]), strict=True)),
            direction=row["direction"],
            confidence=row["confidence"],
            point=(float(row["latitude"]), float(row["longitude"])) if row["latitude"] else None,
            cells={**source, **row},
        )


def split(cell: str) -> list[str]:
    """Return the codes of a cell."""
    return [code for code in cell.split(";") if code]


ROWS = tuple(_rows())
STRANDS = ("community", "international", "roundtable", "literature")
ROLES = ("applied", "withdrawn", "lacking", "proposed")
DIRECTIONS = ("strengthened", "impeded", "mixed", "unclear", "context")
CONFIDENCES = ("high", "moderate", "low", "very low")
THEMES = tuple(row["code"] for row in read("codebook/themes.csv"))
LEVERS = tuple(row["code"] for row in read("codebook/levers.csv"))
UK_REGIONS = tuple(row["code"] for row in read("codebook/regions.csv"))
REGIONS = (*UK_REGIONS, *sorted({code for row in ROWS for code in row.regions} - set(UK_REGIONS)))
METHODS = tuple(sorted({row["method"] for row in read("strands/*/sources.csv")} - {""}))
CODES = {
    "strand": STRANDS, "region": REGIONS, "theme": THEMES, "lever": LEVERS, "role": ROLES,
    "direction": DIRECTIONS, "confidence": CONFIDENCES, "method": METHODS,
}  # fmt: skip
OVERSEAS = frozenset(REGIONS) - frozenset(UK_REGIONS)


def upward(code: str) -> set[str]:
    """Return the code and every wider code that takes it in."""
    if "." in code:
        return {code, code.split(".", maxsplit=1)[0]}
    if "TLC" <= code <= "TLK":
        return {code, "ENG", "UK"}
    return {code, "UK"} if code in ("ENG", "TLL", "TLM", "TLN") else {code}


def wide(codes: Iterable[str]) -> set[str]:
    """Return the codes with every wider code that takes one of them in."""
    return {wider for code in codes for wider in upward(code)}


def roles_of(row: Row) -> set[tuple[str, str]]:
    """Return a finding's levers and wider levers, each with its role."""
    return {(wider, role) for lever, role in row.levers for wider in upward(lever)}


def holds(row: Row, wanted) -> bool:  # type: ignore[no-untyped-def]
    """Tell whether a finding is in a filter that searches for nothing."""
    assert not wanted.q
    around = wide(wanted.region) - set(wanted.region) if wanted.wider else set()
    return bool(
        (not wanted.strand or row.strand in wanted.strand)
        and (not wanted.method or row.method in wanted.method)
        and (not wanted.direction or row.direction in wanted.direction)
        and (not wanted.confidence or row.confidence in wanted.confidence)
        and (not wanted.finding or row.ref in wanted.finding)
        and (not wanted.year or (row.year is not None and wanted.year[0] <= row.year <= wanted.year[1]))
        and (not wanted.theme or wide(row.themes) & set(wanted.theme))
        and (not wanted.region or wide(row.regions) & set(wanted.region) or row.regions & around)
        and (
            not (wanted.lever or wanted.role)
            or any(
                (not wanted.lever or lever in wanted.lever) and (not wanted.role or role in wanted.role)
                for lever, role in roles_of(row)
            )
        )
    )


def inside(wanted) -> list[Row]:  # type: ignore[no-untyped-def]
    """Return the findings of a filter that searches for nothing."""
    return [row for row in ROWS if holds(row, wanted)]


def counts(rows: Iterable[Row]) -> tuple[int, int, int]:
    """Return how many findings, sources and studies there are."""
    rows = list(rows)
    return len(rows), len({row.source for row in rows}), len({row.study for row in rows})


def votes(rows: Iterable[Row]) -> tuple[int, int, int, int, int, int]:
    """Return findings, sources, studies, and studies by their vote, at seven tenths of their claims."""
    rows = list(rows)
    claims = defaultdict(list)
    for row in rows:
        if row.direction in EFFECTS:
            claims[row.study].append(row.direction)
    told: Counter[str] = Counter()
    for said in claims.values():
        direction, number = Counter(said).most_common(1)[0]
        told[direction if Fraction(number, len(said)) >= Fraction(7, 10) else "mixed"] += 1
    return (*counts(rows), told["strengthened"], told["impeded"], told["mixed"])
