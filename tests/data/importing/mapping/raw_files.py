"""Small files as readers return them, made by hand, and a whole collection's worth of checking for them."""

from collections.abc import Mapping as Dict
from collections.abc import Sequence
from pathlib import Path

from data.collection.codebook import Codebook
from data.importing.checking.checks import Checked, check
from data.importing.mapping import Mapped
from data.importing.mapping.mapping import Mapping
from data.importing.mapping.new_codes import extended
from data.importing.mapping.targets import Target
from data.importing.readers.format_choice import read_any
from data.importing.readers.raw import LIST_SEPARATOR, Holds, RawCode, RawFile, RawTable

FILES = Path(__file__).parents[3] / "files" / "readers"
PLACES, LIBRARIES, CUTS = "Places", "Places::Libraries", "Cuts"
CODES = (RawCode(PLACES, "Places"), RawCode(LIBRARIES, "Libraries", PLACES), RawCode(CUTS, "Cuts"))
SELECTION_COLUMNS = ("finding_id", "source_id", "finding", "codes", "coder")
GUID = "00000000-0000-4000-8000-{:012d}".format
BLYTH = ((GUID(1), "Workshop in Blyth"),)


def listed(*values: str) -> str:
    """Return a cell that holds several values."""
    return LIST_SEPARATOR.join(values)


def table(
    columns: Sequence[str], *rows: Sequence[str], sheet: str = "", holds: Holds = "", lists: Sequence[str] = ()
) -> RawTable:
    """Return a table whose rows count from 2, as below a header."""
    numbered = [(number, tuple(row)) for number, row in enumerate(rows, start=2)]
    return RawTable("team.csv", sheet, tuple(columns), numbered, holds, frozenset(lists))


def raw(*tables: RawTable, file_format: str = "CSV", codes: Sequence[RawCode] = ()) -> RawFile:
    """Return a file of these tables."""
    return RawFile("team.csv", file_format, "0" * 64, list(tables), list(codes))


def project(
    *selections: Sequence[str], sources: Sequence[Sequence[str]] = ((GUID(1), "Workshop in Blyth"),)
) -> RawFile:
    """Return a project of selections, each of SELECTION_COLUMNS, with the codes above."""
    return raw(
        table(("source_id", "title"), *sources, sheet="Sources", holds="sources"),
        table(SELECTION_COLUMNS, *selections, sheet="Selections", holds="findings", lists=["codes"]),
        file_format="REFI-QDA project",
        codes=CODES,
    )


def decided(
    columns: Dict[str, str], words: Dict[str, Dict[str, Sequence[str]]] | None = None, *, sheet: str = "",
    **others: object,
) -> Mapping:  # fmt: skip
    """Return a mapping named "Team" of one sheet; words mean targets written as in a mapping's file."""
    meant = {of: {word: tuple(map(Target.parse, texts)) for word, texts in held.items()}
             for of, held in (words or {}).items()}  # fmt: skip
    return Mapping("Team", columns={sheet: dict(columns)}, words=meant, **{"prefix": "TEAM", **others})  # type: ignore[arg-type]


PROJECT_COLUMNS = {
    "Sources": {"source_id": "source_id", "title": "title"},
    "Selections": {name: name for name in SELECTION_COLUMNS},
}
CONSTANTS = {"strand": "community", "direction": "context", "confidence": "low"}


def of_project(words: Dict[str, Sequence[str]], **others: object) -> Mapping:
    """Return a mapping of a project's columns, with what its codes mean."""
    mapping = decided({}, {"codes": words}, **{"constants": CONSTANTS, **others})
    return mapping.with_columns(
        (sheet, header, field) for sheet, held in PROJECT_COLUMNS.items() for header, field in held.items()
    )


def checked(mapped: Mapped, codebook: Codebook, known: Sequence[str] = ()) -> Checked:
    """Return what the check makes of what a file brings, the codes it adds taken in."""
    return check(mapped.files, extended(codebook, mapped.additions), known)


def errors(mapped: Mapped, codebook: Codebook) -> list[str]:
    """Return the errors of what a file brings as lines."""
    return [str(fault) for fault in checked(mapped, codebook).errors]


def read_real(name: str) -> RawFile:
    """Return one of the real files of other programs, as read."""
    return read_any(name, FILES / name)
