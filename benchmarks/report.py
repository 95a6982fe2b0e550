"""What a benchmark says: tables in Markdown, each limit met or not, and of which machine."""

import os
import platform
import sys
from dataclasses import dataclass, field
from datetime import UTC, datetime

import pandas as pd


@dataclass(frozen=True)
class Limit:
    """A figure that was measured and the most that it may be."""

    what: str
    measured: float
    most: float

    def __str__(self) -> str:
        """Say the figure, its limit and whether it is kept."""
        return f"{'met' if self.measured <= self.most else 'NOT MET'}: {self.what}: {self.measured:.3g}"


@dataclass(frozen=True)
class Part:
    """One part of the benchmarks: its table, its limits, and what is to be said of them."""

    title: str
    table: pd.DataFrame
    limits: list[Limit] = field(default_factory=list)

    def __str__(self) -> str:
        """Return the part as Markdown."""
        return "\n\n".join(
            [f"### {self.title}", markdown(self.table), "\n".join(f"- {limit}" for limit in self.limits)]
        )


def markdown(table: pd.DataFrame) -> str:
    """Return a table in Markdown."""
    lines = [" | ".join(map(str, table.columns)), " | ".join("---" for _ in table.columns)]
    lines += [" | ".join(map(str, row)) for row in table.itertuples(index=False, name=None)]
    return "\n".join(f"| {line} |" for line in lines)


def machine() -> str:
    """Say what was measured on, and when: cores, memory, Python and system, and the day."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    version = f"Python {sys.version.split()[0]}, {platform.system()} on {platform.machine()}"
    return f"{os.cpu_count()} cores, {memory:.0f} GiB, {version}; {datetime.now(UTC):%-d %B %Y}"


def milliseconds(seconds: float) -> str:
    """Return seconds as whole milliseconds."""
    return f"{seconds * 1000:,.0f}"
