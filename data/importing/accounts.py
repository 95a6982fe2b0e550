"""Where each row of a file went: rows read = rows that made something + rows joined to others + rows left."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import islice
from typing import Any

from data.filters.wording import number_of

MOST_REASONS = 20
"""Reasons for which rows are left that are told one by one."""
LONGEST = 200
"""Characters of a list of rows that a line shows."""


@dataclass(frozen=True)
class Account:
    """What became of the rows of one table, each once: `read` is the sum of the other four.

    `findings` rows made a finding, `sources` rows made a source and no finding. `joined` holds, for each row that told
    more of what another row tells of, that row; `left` why each row that stays behind does.
    """

    file: str
    sheet: str
    read: int
    findings: int = 0
    sources: int = 0
    joined: Mapping[int, int] = field(default_factory=dict)
    left: Mapping[int, str] = field(default_factory=dict)

    def without(self, findings: Collection[int], sources: Collection[int], why: Mapping[int, str]) -> "Account":
        """Return the account once rows that made findings, and rows that made sources alone, are left as well.

        Rows that were joined to one of them stay behind with it.
        """
        gone = {*findings, *sources}
        followed = {row: f"is joined to row {to}, which is left" for row, to in self.joined.items() if to in gone}
        return replace(
            self, findings=self.findings - len(findings), sources=self.sources - len(sources),
            joined={row: to for row, to in self.joined.items() if row not in followed},
            left={**self.left, **{row: why[row] for row in gone}, **followed},
        )  # fmt: skip

    def record(self) -> dict[str, Any]:
        """Return it as a load keeps it: numbers, and rows as texts such as "3–5, 9", those left by why they are."""
        reasons: dict[str, list[int]] = {}
        for row, why in self.left.items():
            reasons.setdefault(why, []).append(row)
        return {
            "file": self.file, "sheet": self.sheet, "read": self.read, "findings": self.findings,
            "sources": self.sources, "joined": len(self.joined), "left": len(self.left),
            "joined_rows": spans(self.joined), "left_rows": {why: spans(rows) for why, rows in reasons.items()},
        }  # fmt: skip


def spans(rows: Iterable[int]) -> str:
    """Return row numbers in order, those that follow one another as one: "3–5, 9"."""
    found: list[list[int]] = []
    for row in sorted(rows):
        if found and row == found[-1][1] + 1:
            found[-1][1] = row
        else:
            found.append([row, row])
    return ", ".join(f"{first}" if first == last else f"{first}–{last}" for first, last in found)


def sentences(record: Mapping[str, Any]) -> Iterator[str]:
    """Yield what an account as a load keeps it comes to: the sum first, then which rows were joined and left."""
    where = f"{record['file']}, sheet {record['sheet']}" if record["sheet"] else record["file"]
    read = number_of(record["read"], "row")
    sources = f"{number_of(record['sources'], 'source')}{' without a finding' if record['findings'] else ''}"
    said = {"findings": number_of(record["findings"], "finding"), "sources": sources}
    made = [words for name, words in said.items() if record[name]] or ["0 findings"]
    yield f"{where}: {read} read = {' + '.join(made)} + {record['joined']:,} joined + {record['left']:,} left"
    if record["joined"]:
        yield f"joined to what another row tells of: {_rows(record['joined_rows'])}"
    for why, rows in islice(record["left_rows"].items(), MOST_REASONS):
        yield f"left: {_rows(rows)}: {why}"
    if (more := len(record["left_rows"]) - MOST_REASONS) > 0:
        yield f"left: further rows, for {number_of(more, 'further reason')}; the load keeps them all"


def _rows(rows: str) -> str:
    shown = rows if len(rows) <= LONGEST else f"{rows[:LONGEST].rpartition(',')[0]} and further ones"
    return f"row {shown}" if rows.isdecimal() else f"rows {shown}"


def why_nothing(accounts: Iterable[Account]) -> str:
    """Return why nothing of files is brought in, in a sentence's end."""
    accounts = list(accounts)
    reasons = Counter(why for account in accounts for why in account.left.values())
    read = sum(account.read for account in accounts)
    if not read:
        return "there is no row with a finding or a source in it"
    told = "; ".join(f"{number_of(times, 'row')}: {why}" for why, times in reasons.most_common(5))
    return f"none of {number_of(read, 'row')} makes a finding or a source ({told})"
