"""The codebook's own files: strands, themes, levers, regions and definitions, brought in before any strand."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from enum import StrEnum
from pathlib import Path
from typing import Any, NamedTuple

from sqlalchemy import Connection, delete, insert, select, text, update

from data.collection.codebook import Codebook, Entry, countries
from data.facets import OVERSEAS
from data.faults import Fault, Refused, not_one_of, quoted
from data.importing.checking.row_checks import YEAR
from data.importing.checking.values import day
from data.importing.codebook.parents import circles, in_words
from data.importing.readers.grids import csv_grid, wrong_byte
from data.importing.strand_files import named
from data.shipped import CODEBOOK
from models import Base, Definition, Included, Lever, Region, Strand, StrandCode, Theme

FOLDER = CODEBOOK

COLUMNS = {
    "strands.csv": ("code", "name", "description"),
    "themes.csv": ("code", "parent", "name", "definition"),
    "levers.csv": ("code", "parent", "name", "definition"),
    "regions.csv": ("code", "parent", "name", "kind", "gss_code"),
    "definitions.csv": ("definition_id", *(name for name in Definition.model_fields if name != "ref")),
}
VOCABULARIES: dict[str, type[StrEnum]] = dict.fromkeys(Definition.ELEMENTS, Included)
"""The closed vocabularies of columns of these files."""
IMPLIED = {
    "theme": ("finding_theme", "finding_id, theme, coded", "l.finding_id, w.wider, 0"),
    "lever": ("finding_lever", "finding_id, lever, role, coded", "l.finding_id, w.wider, l.role, 0"),
    "region": ("finding_region", "finding_id, region, coded", "l.finding_id, w.wider, 0"),
}


def read_codebook(folder: Path = FOLDER) -> dict[type[Base], list[dict[str, object]]]:
    """Return the rows of each codebook table, ready to insert, countries added to the regions.

    Raises Refused, with every fault, where a file or column is missing, a code is repeated, or a parent does not
    stand above its part (which also keeps parents from going in a circle).
    """
    faults: list[Fault] = []
    files: dict[str, list[dict[str, Any]]] = {
        name: _rows(folder / name, columns, faults) for name, columns in COLUMNS.items()
    }
    if not faults and {str(row["code"]) for row in files["strands.csv"]} != set(StrandCode):
        reason = f"has to hold the strands {', '.join(StrandCode)}, and no other"
        faults.append(Fault(named(folder / "strands.csv"), reason))
    if faults:
        raise Refused(faults)
    listed = {row["code"] for row in files["regions.csv"]}
    abroad = [
        {"code": code, "parent": None, "name": name, "kind": OVERSEAS, "gss_code": ""}
        for code, name in countries().items()
        if code not in listed
    ]
    regions = [*files["regions.csv"], *abroad]
    definitions = [
        {"ref": row.pop("definition_id"), **row, "year": int(str(row["year"])) if row["year"] else None}
        for row in files["definitions.csv"]
    ]
    return {
        Strand: files["strands.csv"],
        Theme: _numbered(files["themes.csv"]),
        Lever: _numbered(files["levers.csv"]),
        Region: _numbered(regions),
        Definition: definitions,
    }


def _rows(path: Path, columns: Sequence[str], faults: list[Fault]) -> list[dict[str, object]]:
    """Return the rows of one file by column, and add all that is wrong with them to `faults`."""
    try:
        grid, ended = csv_grid(path.read_bytes())
    except FileNotFoundError:
        faults.append(Fault(named(path), "missing file"))
        return []
    if ended:
        faults.append(Fault(named(path), str(ended), row=ended.row))
    header = grid[0][1] if grid else []
    missing = [column for column in columns if column not in header]
    faults += [Fault(named(path), f"missing column {column}", row=1) for column in missing]
    if missing:
        return []
    rows: list[dict[str, object]] = []
    above: set[str] = set()
    parents: dict[str, str | None] = {}
    for number, cells in grid[1:]:
        if not any(cells):
            continue
        if len(cells) != len(header):
            reason = f"has {len(cells)} cells where the header has {len(header)}"
            faults.append(Fault(named(path), reason, row=number))
            continue
        row = dict(zip(header, cells, strict=True))
        faults += [
            Fault(named(path), reason, row=number, column=column) for column, reason in _wrong(row, columns, above)
        ]
        above.add(row[columns[0]])
        parents[row[columns[0]]] = row.get("parent") or None
        rows.append({column: (row[column] or None) if column == "parent" else row[column] for column in columns})
    faults += [
        Fault(named(path), f"the parents go in a circle: {in_words(circle)}; give one of them another parent or none",
              column="parent")
        for circle in circles(parents)
    ]  # fmt: skip
    return rows


def _wrong(row: dict[str, str], columns: Sequence[str], above: set[str]) -> Iterator[tuple[str, str]]:
    """Yield each fault of a codebook row as its column and what is wrong there; `above` are the codes before it."""
    for column in columns:
        if byte := wrong_byte(row[column]):
            yield column, f"byte {byte} is not UTF-8; save the file as CSV UTF-8"
        if column in VOCABULARIES and row[column] not in tuple(VOCABULARIES[column]):
            yield column, not_one_of(row[column], VOCABULARIES[column])
    code = row[columns[0]]
    if not code or code in above:
        yield columns[0], f"{quoted(code)} is empty or stands already above"
    if not row.get("name", "-"):
        yield "name", "is empty; a code needs a name"
    if row.get("parent") and row["parent"] not in above - {code}:
        yield "parent", f"{quoted(row['parent'])} is no code on a row above; a parent stands above its parts"
    if row.get("year") and not YEAR.fullmatch(row["year"]):
        yield "year", f"{quoted(row['year'])} is not a year of four digits, such as 2019"
    if wrong := day(row.get("coded_on", ""))[1]:
        yield "coded_on", wrong


def _numbered(rows: Iterable[dict[str, object]]) -> list[dict[str, object]]:
    return [{**row, "position": position} for position, row in enumerate(rows)]


class Synced(NamedTuple):
    """What bringing the codebook in does: rows added, changed or taken away, and the codes that go, by facet."""

    changes: int
    gone: tuple[tuple[str, str], ...]
    reparented: bool = False
    """Whether a code stands below another parent than before, or a parent is gone."""


class _Compared(NamedTuple):
    """One table's rows beside those it is to hold."""

    new: list[dict[str, Any]]
    changed: list[dict[str, Any]]
    gone: list[str]
    reparented: bool

    def counted(self, held: Mapping[str, Any], key: str) -> int:
        """Return how many rows differ; where only their order does, that is one change."""
        other = [row for row in self.changed if {**row, "position": 0} != {**held[row[key]], "position": 0}]
        return len(self.new) + len(self.gone) + len(other) or int(bool(self.changed))


def compare_codebook(connection: Connection, tables: Mapping[type[Base], list[dict[str, Any]]]) -> Synced:
    """Tell what `sync_codebook` would do, and change nothing."""
    changes, gone, reparented = 0, [], False
    for model, rows in tables.items():
        held = _held(connection, model)
        compared = _compared(model, rows, held)
        changes += compared.counted(held, _key(model))
        gone += [(_table(model).name, code) for code in compared.gone if _table(model).name in IMPLIED]
        reparented |= compared.reparented
    return Synced(changes, tuple(gone), reparented)


def sync_codebook(connection: Connection, tables: Mapping[type[Base], list[dict[str, Any]]]) -> Synced:
    """Make the codebook tables hold exactly these rows, and the wider codes that findings stand under follow them.

    Codes go even where findings carry them, for the same transaction may bring those findings anew, coded
    otherwise; `still_carried` tells which codes must not go.
    """
    synced = compare_codebook(connection, tables)
    connection.exec_driver_sql("PRAGMA defer_foreign_keys = ON")  # until this transaction ends
    for model, rows in tables.items() if synced.changes else ():
        table = _table(model)
        key = table.columns[_key(model)]
        compared = _compared(model, rows, _held(connection, model))
        if compared.new:
            connection.execute(insert(table), compared.new)
        for row in compared.changed:
            connection.execute(update(table).where(key == row[key.name]).values(row))
        if compared.gone:
            connection.execute(delete(table).where(key.in_(compared.gone)))
        if compared.reparented:
            connection.execute(text(f"DELETE FROM {IMPLIED[table.name][0]} WHERE coded = 0"))
            imply_wider(connection, table.name)
    return synced


def _table(model: type[Base]) -> Any:
    return model.__table__  # type: ignore[attr-defined]


def _key(model: type[Base]) -> str:
    return str(next(iter(_table(model).primary_key.columns)).name)


def held_tables(connection: Connection) -> dict[type[Base], list[dict[str, Any]]]:
    """Return strands, themes, levers and regions as the database holds them, in codebook order."""
    tables: dict[type[Base], list[dict[str, Any]]] = {}
    for model in (Strand, Theme, Lever, Region):
        rows = list(_held(connection, model).values())
        tables[model] = sorted(rows, key=lambda row: row.get("position", 0))
    return tables


def _held(connection: Connection, model: type[Base]) -> dict[str, dict[str, Any]]:
    return {row[_key(model)]: dict(row) for row in connection.execute(select(_table(model))).mappings()}


def _compared(model: type[Base], rows: list[dict[str, Any]], held: Mapping[str, dict[str, Any]]) -> _Compared:
    key = _key(model)
    wanted = {row[key]: row for row in rows}
    changed = [row for code, row in wanted.items() if code in held and held[code] != row]
    gone = [code for code in held if code not in wanted]
    moved = any(row["parent"] != held[row["code"]]["parent"] for row in changed if "parent" in row)
    return _Compared(
        [row for code, row in wanted.items() if code not in held],
        changed,
        gone,
        _table(model).name in IMPLIED and bool(gone or moved),
    )


def codebook_of(tables: Mapping[type[Base], list[dict[str, Any]]]) -> Codebook:
    """Return strands, themes, levers and regions of codebook tables as a codebook, before a database holds them."""
    facets = {
        str(_table(model).name): {
            row["code"]: Entry(
                row["code"],
                row["name"],
                row.get("definition", ""),
                row.get("parent"),
                row.get("kind", ""),
                row.get("gss_code", ""),
            )
            for row in rows
        }
        for model, rows in tables.items()
        if model is not Definition
    }
    return Codebook(facets)


def still_carried(
    connection: Connection, gone: Iterable[tuple[str, str]], renewed: Collection[str], replaced: Collection[str]
) -> Iterator[Fault]:
    """Yield a fault for each code that is gone from the codebook while findings of the collection carry it.

    Findings that the load brings anew (`renewed`, refs) or withdraws (in `replaced` strands) no longer count.
    """
    for facet, code in gone:
        carriers = connection.execute(
            text(f"""
            SELECT DISTINCT f.ref, s.strand FROM {IMPLIED[facet][0]} l
            JOIN finding f ON f.id = l.finding_id JOIN source s ON s.id = f.source_id
            WHERE l.{facet} = :code AND l.coded ORDER BY f.ref"""),
            {"code": code},
        )
        refs = [row.ref for row in carriers if row.ref not in renewed and row.strand not in replaced]
        if refs:
            more = f" and {len(refs) - 1:,} more" if len(refs) > 1 else ""
            reason = f"{quoted(code)} is gone from the codebook, but still coded in {refs[0]}{more}"
            yield Fault(f"{facet}s.csv", reason)


def imply_wider(connection: Connection, facet: str, where: str = "1") -> None:
    """Add, for each coded link that meets `where`, links to every wider code; a wider code coded itself stays coded.

    `where` is SQL of this package about the link `l`, never a value from outside.
    """
    table, columns, values = IMPLIED[facet]
    connection.execute(
        text(f"""
        INSERT OR IGNORE INTO {table} ({columns})
        WITH RECURSIVE w(code, wider) AS (
            SELECT code, parent FROM {facet} WHERE parent IS NOT NULL
            UNION SELECT w.code, p.parent FROM w JOIN {facet} p ON p.code = w.wider WHERE p.parent IS NOT NULL)
        SELECT {values} FROM {table} l JOIN w ON w.code = l.{facet} WHERE l.coded = 1 AND {where}""")
    )
