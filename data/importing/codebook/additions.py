"""Codes that a load adds to the codebook beside those of its files: checked, put in their place, kept when it loads."""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from sqlalchemy import Connection, delete, insert, select

from data.facets import OVERSEAS
from data.faults import Fault, quoted
from models import Base, CodebookAddition, Lever, Region, Theme

TABLES: Mapping[str, type[Base]] = {"theme": Theme, "lever": Lever, "region": Region}
CODE = re.compile(r"[^\W_][\w.-]{0,49}")
"""What a code may be: it is joined to others by semicolons in a cell and by commas in an address."""
ADDED_KIND = "place"
"""The kind of an added region, unless it lies in a country overseas or stands by itself as one."""

Rows = list[dict[str, Any]]
Tables = Mapping[type[Base], Rows]


class Addition(NamedTuple):
    """A code that the codebook is to hold from now on; `facet` is theme, lever or region, `parent` a code or empty."""

    facet: str
    code: str
    parent: str
    name: str
    definition: str = ""


def stored(connection: Connection) -> list[Addition]:
    """Return the codes that earlier loads added."""
    columns = [getattr(CodebookAddition, name) for name in Addition._fields]
    return [Addition(*row) for row in connection.execute(select(*columns))]


def checked(additions: Sequence[Addition], tables: Tables) -> tuple[list[Addition], list[Fault]]:
    """Return the additions that the codebook does not hold yet, wider ones first, and all that is wrong with them.

    One that the codebook holds under the same name is passed over.
    """
    faults: list[Fault] = []
    known = {facet: {str(row["code"]): row for row in tables[model]} for facet, model in TABLES.items()}
    new: dict[tuple[str, str], Addition] = {}
    for addition in additions:
        held = known.get(addition.facet, {}).get(addition.code)
        reason = _wrong(addition, held, new)
        if reason:
            faults.append(Fault("codebook", reason, column=addition.facet, value=addition.code))
        elif held is None:
            new[addition.facet, addition.code] = addition
    ordered, left = _wider_first(new, known)
    faults += [
        Fault("codebook", _wrong_parent(addition, new), column=addition.facet, value=addition.parent)
        for addition in left
    ]
    return ordered, faults


def _wrong(addition: Addition, held: Mapping[str, Any] | None, new: Mapping[tuple[str, str], Addition]) -> str:
    facet, code = addition.facet, addition.code
    if facet not in TABLES:
        return f"{quoted(code)} is to be added to {quoted(facet)}; codes are added to {', '.join(TABLES)}"
    if not CODE.fullmatch(code):
        return f"{quoted(code)} cannot be a code; use up to 50 letters, digits, full stops and hyphens, such as T1.12"
    if not addition.name.strip():
        return f"{quoted(code)} has no name; a code needs one"
    if held is not None and held["name"] != addition.name:
        return f"{quoted(code)} stands already in the codebook, for {quoted(str(held['name']))}; choose another code"
    if (facet, code) in new and new[facet, code] != addition:
        return f"{quoted(code)} is to be added twice, for different things; give each a code of its own"
    return ""


def _wider_first(
    new: Mapping[tuple[str, str], Addition], known: Mapping[str, Mapping[str, Any]]
) -> tuple[list[Addition], list[Addition]]:
    """Return the additions each below its parent, and those whose parent is nowhere or in a circle."""
    ordered: list[Addition] = []
    left, placed = list(new.values()), set()
    while ready := [a for a in left if not a.parent or a.parent in known[a.facet] or (a.facet, a.parent) in placed]:
        ordered += ready
        placed |= {(addition.facet, addition.code) for addition in ready}
        left = [addition for addition in left if (addition.facet, addition.code) not in placed]
    return ordered, left


def _wrong_parent(addition: Addition, new: Mapping[tuple[str, str], Addition]) -> str:
    if (addition.facet, addition.parent) in new:
        return f"{quoted(addition.code)} stands below itself: its parents go in a circle by {quoted(addition.parent)}"
    return f"{quoted(addition.code)} is to stand below {quoted(addition.parent)}, which is no {addition.facet} code"


def without(tables: Tables, additions: Iterable[Addition]) -> dict[type[Base], Rows]:
    """Return codebook tables without rows that were added to them."""
    added = {(TABLES[addition.facet], addition.code) for addition in additions}
    return {model: [row for row in rows if (model, row.get("code")) not in added] for model, rows in tables.items()}


def placed(tables: Tables, additions: Iterable[Addition]) -> dict[type[Base], Rows]:
    """Return codebook tables with additions that they lack, each after the last part of its parent, by code."""
    result = {model: list(rows) for model, rows in tables.items()}
    waiting = sorted(additions, key=lambda addition: addition.code)
    for facet, model in TABLES.items():
        if model in result:
            held = {row["code"] for row in result[model]}
            mine = {a.code: a for a in waiting if a.facet == facet and a.code not in held}
            result[model] = _placed(result[model], mine, model is Region)
    return result


def _placed(rows: Rows, additions: dict[str, Addition], of_regions: bool) -> Rows:
    beneath: dict[str, list[Addition]] = {}
    for addition in additions.values():
        beneath.setdefault(addition.parent, []).append(addition)
    kinds = {row["code"]: row.get("kind", "") for row in rows}
    last = _last_parts(rows)
    result: Rows = []

    def put(parent: str) -> None:
        for addition in beneath.pop(parent, ()):
            row: dict[str, Any] = {"code": addition.code, "parent": addition.parent or None, "name": addition.name}
            if of_regions:
                abroad = not addition.parent or kinds.get(addition.parent) == OVERSEAS
                kinds[addition.code] = OVERSEAS if abroad else ADDED_KIND
                row |= {"kind": kinds[addition.code], "gss_code": ""}
            else:
                row["definition"] = addition.definition
            result.append(row)
            put(addition.code)

    for row in rows:
        result.append(row)
        for code in last.get(row["code"], ()):
            put(code)
    put("")
    for parent in list(beneath):  # whose parent the files no longer hold; told of by `orphans`
        put(parent)
    return [{**row, "position": position} for position, row in enumerate(result)]


def _last_parts(rows: Rows) -> dict[str, list[str]]:
    """Return the codes whose rows, with all their parts, end at a row: narrowest first."""
    parents = {row["code"]: row["parent"] for row in rows}
    ends: dict[str, str] = {}
    for row in rows:
        code: str | None = row["code"]
        while code:
            ends[code] = row["code"]
            code = parents.get(code)
    found: dict[str, list[str]] = {}
    for row in reversed(rows):
        found.setdefault(ends[row["code"]], []).append(row["code"])
    return found


def orphans(additions: Iterable[Addition], tables: Tables) -> list[Fault]:
    """Return a fault for each earlier addition whose parent the codebook's files no longer hold."""
    known = {(facet, row["code"]) for facet, model in TABLES.items() for row in tables[model]}
    return [
        Fault("codebook", f"{quoted(a.code)} was added below {quoted(a.parent)}, which its files no longer hold; put "
              "that back, or undo the load that added it", column=a.facet, value=a.parent)
        for a in additions
        if a.parent and (a.facet, a.parent) not in known
    ]  # fmt: skip


def keep(connection: Connection, additions: Iterable[Addition]) -> None:
    """Remember additions, so that bringing in the codebook's files leaves them where they are."""
    rows = [addition._asdict() for addition in additions]
    if rows:
        connection.execute(insert(CodebookAddition), rows)


def forget(connection: Connection, additions: Iterable[tuple[str, str]]) -> None:
    """Forget additions by facet and code: from now on only the codebook's files can hold them."""
    table = CodebookAddition
    for facet, code in additions:
        connection.execute(delete(table).where(table.facet == facet, table.code == code))  # type: ignore[arg-type]
