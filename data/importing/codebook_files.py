"""The codebook's own files: strands, themes, levers, regions and definitions, brought in before any strand."""

import csv
from collections.abc import Iterable, Sequence
from pathlib import Path

from sqlalchemy import Connection, delete, insert, select, text, update
from sqlalchemy.exc import IntegrityError

from data.codebook import OVERSEAS, countries
from data.importing.faults import Fault, Refused
from models import Base, Definition, Lever, Region, Strand, Theme

FOLDER = Path(__file__).parent.parent / "codebook"

COLUMNS = {
    "strands.csv": ("code", "name", "description"),
    "themes.csv": ("code", "parent", "name", "definition"),
    "levers.csv": ("code", "parent", "name", "definition"),
    "regions.csv": ("code", "parent", "name", "kind", "gss_code"),
    "definitions.csv": ("definition_id", *(name for name in Definition.model_fields if name != "ref")),
}
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
    files = {name: _rows(folder / name, columns, faults) for name, columns in COLUMNS.items()}
    if faults:
        raise Refused(faults)
    abroad = [
        {"code": code, "parent": None, "name": name, "kind": OVERSEAS, "gss_code": ""}
        for code, name in countries().items()
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
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file)
            missing = [column for column in columns if column not in (reader.fieldnames or ())]
            faults += [Fault(str(path), f"missing column {column}", row=1) for column in missing]
            rows = [] if missing else [{column: row[column] for column in columns} for row in reader]
    except FileNotFoundError:
        faults.append(Fault(str(path), "missing file"))
        return []
    except UnicodeDecodeError:
        faults.append(Fault(str(path), "is not UTF-8; save the file as CSV UTF-8"))
        return []
    above: set[object] = set()
    for number, row in enumerate(rows, start=2):
        code = row[columns[0]]
        if not code or code in above:
            faults.append(Fault(str(path), f'"{code}" is empty or stands already above', row=number, column=columns[0]))
        above.add(code)
        if "parent" in row:
            row["parent"] = row["parent"] or None
            if row["parent"] is not None and row["parent"] not in above - {code}:
                reason = f'"{row["parent"]}" is no code on a row above; a parent stands above its parts'
                faults.append(Fault(str(path), reason, row=number, column="parent"))
    return rows


def _numbered(rows: Iterable[dict[str, object]]) -> list[dict[str, object]]:
    return [{**row, "position": position} for position, row in enumerate(rows)]


def sync_codebook(connection: Connection, tables: dict[type[Base], list[dict[str, object]]]) -> int:
    """Make the codebook tables hold exactly these rows; return how many rows were added, changed or taken away.

    Raises Refused where a code that findings carry is gone from the files.
    """
    changes = 0
    reparented = False
    for model, rows in tables.items():
        table = model.__table__  # type: ignore[attr-defined]
        key = next(iter(table.primary_key.columns))
        held = {row[key.name]: dict(row) for row in connection.execute(select(table)).mappings()}
        wanted = {row[key.name]: row for row in rows}
        new = [row for code, row in wanted.items() if code not in held]
        changed = [row for code, row in wanted.items() if code in held and held[code] != row]
        gone = [code for code in held if code not in wanted]
        if new:
            connection.execute(insert(table), new)
        for row in changed:
            connection.execute(update(table).where(key == row[key.name]).values(row))
            reparented |= row.get("parent") != held[row[key.name]].get("parent")
        for code in reversed(gone):
            try:
                connection.execute(delete(table).where(key == code))
            except IntegrityError:
                reason = f'"{code}" is gone from the codebook, but findings or parts still carry it'
                raise Refused([Fault(str(FOLDER / f"{table.name}s.csv"), reason)]) from None
        changes += len(new) + len(changed) + len(gone)
    if reparented:
        for facet in IMPLIED:
            connection.execute(text(f"DELETE FROM {IMPLIED[facet][0]} WHERE coded = 0"))
            imply_wider(connection, facet)
    return changes


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
