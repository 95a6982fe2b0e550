"""Files without their faulty rows, where a person chooses to leave these out rather than correct them first."""

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import replace

from data.faults import Fault
from data.importing.accounts import Account
from data.importing.checking.checks import Checked, Place
from data.importing.strand_files import Files, Table

LEFT_OUT = "faulty, and left out as chosen"
Found = dict[Place, str]
"""Rows to leave out, each with what is wrong there."""


def without_faulty(files: Files, check: Callable[[Files], Checked]) -> tuple[Files, Checked]:
    """Return files without the rows at fault, and what checking those comes to; all that is left out is told.

    A finding whose source is left out is left out too; so is the source of a faulty row that no other row rests on.
    What is wrong with a file as a whole is no row's fault and stays an error.
    """
    files = replace(files, faults=[_as_warning(fault) for fault in files.faults])
    told: list[Fault] = []
    checked = check(files)
    while any(checked.faulty.values()):
        wrong = [fault for fault in checked.faults if fault.one_row and not fault.warning]
        told += map(_as_warning, wrong)
        files = _without(files, checked.faulty["source"], checked.faulty["finding"])
        checked = check(files)
    return files, checked._replace(faults=[*told, *checked.faults])


def _as_warning(fault: Fault) -> Fault:
    if fault.warning or not fault.one_row:
        return fault
    return replace(fault, warning=True, reason=f"{fault.reason}; the row is left out, as chosen")


def _without(files: Files, sources: Found, findings: Found) -> Files:
    kept = [_rows_but(table, findings) for table in files.findings]
    resting = {cells[1] for table in kept for _, cells in table.rows}
    alone = {
        place: findings[place]
        for table in files.sources
        for number, cells in table.rows
        if (place := (table.file, table.sheet, number)) in findings and cells[0] not in resting
    }
    gone = {**alone, **sources}
    with_finding = set(_places(files.findings))
    return replace(
        files, findings=kept, sources=[_rows_but(table, gone) for table in files.sources],
        accounts=[_account(account, findings, gone, with_finding) for account in files.accounts],
    )  # fmt: skip


def _places(tables: Iterable[Table]) -> Iterator[Place]:
    return ((table.file, table.sheet, number) for table in tables for number, _ in table.rows)


def _rows_but(table: Table, places: Collection[Place]) -> Table:
    rows = [row for row in table.rows if (table.file, table.sheet, row[0]) not in places]
    return table if len(rows) == len(table.rows) else replace(table, rows=rows)


def _account(account: Account, findings: Found, sources: Found, with_finding: Collection[Place]) -> Account:
    """Return the account of a table; the row of a source that also made a finding is counted for the finding."""
    mine = {
        kind: {place[2]: f"{LEFT_OUT}: {why}" for place, why in found.items() if place[:2] == here}
        for here in ((account.file, account.sheet),)
        for kind, found in (("findings", findings), ("sources", sources))
    }
    alone = {
        row
        for row in mine["sources"]
        if row not in account.left and (account.file, account.sheet, row) not in with_finding
    }
    return account.without(mine["findings"].keys(), alone, {**mine["sources"], **mine["findings"]})
