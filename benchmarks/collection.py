"""A synthetic collection of any size, coded to the shipped codebook and as multi-coded as the shipped evidence.

Everything is drawn from the shipped strands, strand by strand: a source's bibliography, how many findings it holds and
how many sources share its study; a finding's codes, judgements and place; its words in short runs of real ones. Rows
are written as they are drawn, so that memory does not grow with the size.
"""

import csv
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import TextIO

from data.importing.loads.loading import shipped
from data.schema import FINDING_COLUMNS, SOURCE_COLUMNS

Row = dict[str, str]

DRAWN_TOGETHER = (
    ("regions", "place", "latitude", "longitude"),
    ("themes",),
    ("levers", "lever_roles"),
    ("direction",),
    ("confidence", "confidence_reason"),
    ("population",),
    ("period",),
)
"""Columns that only make sense side by side."""
REDRAWN = 0.25
"""The share of findings in which such a group comes from another shipped finding, so that new pairs of codes arise."""
RUN_OF_WORDS = (4, 12)
"""Fewest and most words taken from the shipped text in one go."""
SPREAD = 0.25
"""Degrees by which a place may lie from a shipped one, in steps of a fifth of it: more findings name more places."""
COPIED_FROM_SOURCE = (
    "strand", "authors", "organisation", "year", "source_type", "method", "url", "doi", "accessed", "read",
)  # fmt: skip


@dataclass
class Pattern:
    """What one shipped strand is like: its rows, its words in order, and its sizes."""

    sources: list[Row]
    findings: list[Row]
    words: list[str] = field(default_factory=list)
    title_words: list[str] = field(default_factory=list)
    findings_a_source: list[int] = field(default_factory=list)
    sources_a_study: list[int] = field(default_factory=list)
    """Sizes of its studies, one entry a study: a study is drawn as often as the strand has studies of that size."""


@dataclass(frozen=True)
class Written:
    """How much was written."""

    findings: int
    sources: int
    studies: int


def patterns() -> dict[str, Pattern]:
    """Return the shipped strands as patterns to draw from, by strand code."""
    found = {}
    for folder in shipped():
        sources, findings = (_rows(folder / name) for name in ("sources.csv", "findings.csv"))
        held = Counter(row["source_id"] for row in findings)
        shared = Counter(row["study"] or row["source_id"] for row in sources)
        found[folder.name] = Pattern(
            sources,
            findings,
            [word for row in findings for word in row["finding"].split()],
            [word for row in sources for word in row["title"].split()],
            [held[row["source_id"]] for row in sources],
            list(shared.values()),
        )
    return found


def _rows(path: Path) -> list[Row]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def write(folder: Path, findings: int, seed: int = 1) -> Written:
    """Write sources.csv and findings.csv with that many findings of all four strands; the seed decides every value."""
    folder.mkdir(parents=True, exist_ok=True)
    with (
        (folder / "sources.csv").open("w", encoding="utf-8", newline="") as sources_file,
        (folder / "findings.csv").open("w", encoding="utf-8", newline="") as findings_file,
    ):
        return _Writer(Random(seed), sources_file, findings_file).write(findings)


class _Writer:
    """Draws studies until enough findings stand in the files."""

    def __init__(self, random: Random, sources_file: TextIO, findings_file: TextIO) -> None:
        self.random = random
        self.patterns = patterns()
        self.sources = csv.DictWriter(sources_file, SOURCE_COLUMNS)
        self.findings = csv.DictWriter(findings_file, FINDING_COLUMNS)
        self.numbers: Counter[str] = Counter()

    def write(self, wanted: int) -> Written:
        self.sources.writeheader()
        self.findings.writeheader()
        strands = list(self.patterns)
        # Drawn by studies, as the strands divide them, so that sources and findings fall in proportion of themselves.
        weights = [len(self.patterns[strand].sources_a_study) for strand in strands]
        while self.numbers["findings"] < wanted:
            self._study(self.random.choices(strands, weights)[0], wanted)
        return Written(*(self.numbers[kind] for kind in ("findings", "sources", "studies")))

    def _study(self, strand: str, wanted: int) -> None:
        pattern = self.patterns[strand]
        size = self.random.choice(pattern.sources_a_study)
        self.numbers["studies"] += 1
        key = f"synthetic-study-{self.numbers['studies']:07}" if size > 1 else ""
        for _ in range(size):
            if self.numbers["findings"] == wanted:
                return
            self.numbers["sources"] += 1
            ref = f"{strand[:3].upper()}-S{self.numbers['sources']:07}"
            like = self.random.choice(pattern.sources)
            title = self._words(pattern.title_words, len(like["title"].split()))
            copied = {column: like[column] for column in COPIED_FROM_SOURCE}
            self.sources.writerow({"source_id": ref, "title": title, "study": key, **copied})
            left = wanted - self.numbers["findings"]
            for _ in range(min(self.random.choice(pattern.findings_a_source), left)):
                self.numbers["findings"] += 1
                self.findings.writerow(
                    self._finding(pattern, f"{strand[:3].upper()}-E{self.numbers['findings']:07}", ref)
                )

    def _finding(self, pattern: Pattern, ref: str, source: str) -> Row:
        like = self.random.choice(pattern.findings)
        row = {**like, "finding_id": ref, "source_id": source}
        for columns in DRAWN_TOGETHER:
            other = self.random.choice(pattern.findings) if self.random.random() < REDRAWN else like
            row.update({column: other[column] for column in columns})
        if row["latitude"]:
            row["latitude"], row["longitude"] = (self._nearby(row[column]) for column in ("latitude", "longitude"))
        row["finding"] = self._words(pattern.words, len(like["finding"].split()))
        return row

    def _nearby(self, degrees: str) -> str:
        return f"{float(degrees) + self.random.randint(-5, 5) * SPREAD / 5:.4f}"

    def _words(self, words: list[str], number: int) -> str:
        """Return that many words in runs as they stand in the shipped text, the first with a capital."""
        text = " ".join(_runs(self.random, words, number))
        return text[0].upper() + text[1:]


def _runs(random: Random, words: list[str], number: int) -> Iterator[str]:
    while number > 0:
        length = min(number, random.randint(*RUN_OF_WORDS), len(words))
        start = random.randrange(len(words) - length + 1)
        yield from words[start : start + length]
        number -= length
