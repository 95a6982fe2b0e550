"""What a file was asked for and of which evidence, said the same on each of its sheets."""

import datetime as dt
from dataclasses import dataclass

from data.collection import clock
from data.collection.database import DataVersion
from data.filters.filter import Filter
from data.filters.wording import number_of
from data.queries.counting import Counts

NAME = "Social infrastructure and levelling up: the coded evidence"
ORGANISATION = "Social infrastructure and levelling up research programme"


@dataclass(frozen=True)
class FileRequest:
    """What the file was asked for, and of which evidence."""

    wanted: Filter
    words: str
    counts: Counts
    withheld: int
    """Findings of the whole collection that whom the file is made for may not see."""
    version: DataVersion
    page: str
    address: str
    on: dt.date

    @property
    def held(self) -> str:
        """Return how much there is, such as "26 findings from 24 sources, reporting 22 separate studies"."""
        return (
            f"{number_of(self.counts.findings, 'finding')} from {number_of(self.counts.sources, 'source')}, reporting "
            f"{number_of(self.counts.studies, 'separate study', 'separate studies')}"
        )

    @property
    def source(self) -> str:
        """Return the sentence that tells any sheet's origin."""
        return f"Source: {NAME}, {self.versioned}; filter: {self.words}."

    @property
    def versioned(self) -> str:
        """Return the version of the evidence with its date and the start of its digest."""
        return f"data version {self.version}"

    @property
    def citation(self) -> str:
        """Return how to cite the file: who (year) what, version, address and day."""
        year = clock.local(self.version.at).year if self.version.at else self.on.year
        where = f"Available at: {self.address}" if self.address else "Taken from the dashboard"
        return (
            f"{ORGANISATION} ({year}) {NAME}. {self.words} [Excel workbook], {self.versioned}. {where} "
            f"(accessed {self.on:%-d %B %Y})."
        )
