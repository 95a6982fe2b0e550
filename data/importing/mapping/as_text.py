"""A mapping as the text of a TOML file that people can read and mend, and back."""

import tomllib
from collections.abc import Iterable, Sequence
from collections.abc import Mapping as Held
from types import MappingProxyType
from typing import Any

import tomlkit
from tomlkit.items import Table

from data.collection.codebook import Codebook
from data.faults import Fault, Refused, not_one_of, quoted
from data.importing.codebook.additions import Addition
from data.importing.mapping.fields import CONSTANTS, FIELDS, NOT_OURS, WORDED
from data.importing.mapping.mapping import Mapping, Targets
from data.importing.mapping.targets import Target, entries

KEYS = ("name", "format", "prefix", "finding_codes", "usual", "constants", "columns", "words", "add")
ABOUT = (
    "How the files of one team are read: what their columns and words mean here.",
    "Change it with any text editor. Words are compared without regard to case and spaces; what is not listed stays",
    "open, is never guessed, and is told when a file is brought in.",
)
ABOUT_USUAL = (
    "Constants that nobody chose: what is in the collection already keeps its own value. Take a name out of the list",
    "to have its constant stand for such rows too.",
)
HEADINGS = {
    "constants": ("Given once for the whole file, where it says nothing itself.",),
    "columns": ('Their header = our field, or "not ours"; a table for each sheet.',),
    "words": (
        'Their word = what it means, such as ["theme T1.2", "lever L2.1 withdrawn"]; [] is "not ours".',
        "A table for each field; in that of codes a word may mean codes of several facets.",
    ),
    "add": ("Codes that the codebook gains when a file is loaded.",),
}


Remarks = Held[tuple[str, ...], Sequence[str]]
"""Lines of remarks by the table that they end, such as ("columns", "Sheet1"): what is open, to be written in."""


def as_toml(mapping: Mapping, codebook: Codebook | None = None, remarks: Remarks = MappingProxyType({})) -> str:
    """Return a mapping as the text of its file, with remarks on what it leaves open."""
    document = tomlkit.document()
    for line in ABOUT:
        document.add(tomlkit.comment(line))
    document.add(tomlkit.nl())
    for key in ("name", "format", "prefix"):
        document.add(key, getattr(mapping, key))
    if mapping.finding_codes:
        document.add("finding_codes", list(mapping.finding_codes))
    if mapping.usual:
        for line in ABOUT_USUAL:
            document.add(tomlkit.comment(line))
        document.add("usual", sorted(mapping.usual))
    if mapping.constants or ("constants",) in remarks:
        document.add("constants", _remarked(_table("constants", mapping.constants), remarks.get(("constants",), ())))
    columns = {sheet: dict(mapping.columns.get(sheet, {})) for sheet in _held("columns", mapping.columns, remarks)}
    if columns:
        document.add("columns", _nested("columns", columns, remarks))
    words = {of: mapping.words.get(of, {}) for of in _held("words", mapping.words, remarks)
             if mapping.words.get(of) or ("words", of) in remarks}  # fmt: skip
    if words:
        document.add("words", _words(words, codebook, remarks))
    if mapping.additions:
        listed = tomlkit.aot()
        for addition in mapping.additions:
            listed.append(_table("", addition._asdict()))
        document.add("add", listed)
    return tomlkit.dumps(document)


def as_values(mapping: Mapping) -> dict[str, Any]:
    """Return a mapping as plain values under KEYS, for where it is kept and not mended by hand."""
    return {
        "name": mapping.name,
        "format": mapping.format,
        "prefix": mapping.prefix,
        "finding_codes": list(mapping.finding_codes),
        "usual": sorted(mapping.usual),
        "constants": dict(mapping.constants),
        "columns": {sheet: dict(held) for sheet, held in mapping.columns.items()},
        "words": {
            of: {word: list(map(str, meant)) for word, meant in held.items()} for of, held in mapping.words.items()
        },
        "add": [addition._asdict() for addition in mapping.additions],
    }


def _table(heading: str, values: Any) -> Table:
    table = tomlkit.table()
    for line in HEADINGS.get(heading, ()):
        table.add(tomlkit.comment(line))
    for key, value in values.items():
        table.add(key, value)
    return table


def _held(heading: str, held: Iterable[str], remarks: Remarks) -> dict[str, None]:
    """Return the tables below a heading: those that the mapping has, and those that something is remarked on."""
    return dict.fromkeys((*held, *(path[1] for path in remarks if path[0] == heading)))


def _remarked(table: Table, lines: Iterable[str]) -> Table:
    for line in lines:
        table.add(tomlkit.comment(line))
    return table


def remark(key: str, value: object, why: str) -> str:
    """Return the line of a remark: a key and value as they would be written in, and why they are not."""
    return f"{tomlkit.item(key).as_string()} = {tomlkit.item(value).as_string()}  # {' '.join(why.split())}"


def _nested(heading: str, tables: dict[str, dict[str, str]], remarks: Remarks) -> Table:
    outer = tomlkit.table()
    for line in HEADINGS[heading]:
        outer.add(tomlkit.comment(line))
    for key, values in tables.items():
        outer.add(key, _remarked(_table("", values), remarks.get((heading, key), ())))
    return outer


def _words(words: dict[str, Any], codebook: Codebook | None, remarks: Remarks) -> Table:
    outer = tomlkit.table()
    for line in HEADINGS["words"]:
        outer.add(tomlkit.comment(line))
    for of, held in words.items():
        table = tomlkit.table()
        for word, targets in sorted(held.items()):
            value = tomlkit.array()
            value.extend([str(target) for target in targets])
            if said := _in_names(targets, codebook):
                value.comment(said)
            table.add(word, value)
        outer.add(of, _remarked(table, remarks.get(("words", of), ())))
    return outer


def _in_names(targets: Targets, codebook: Codebook | None) -> str:
    if not targets:
        return NOT_OURS
    if codebook is None:
        return ""
    named = [entries(codebook, target.facet).get(target.code) for target in targets]
    return "; ".join(" ".join(entry.name.split()) for entry in named if entry and entry.name != entry.code)


def from_toml(text: str, file: str) -> Mapping:
    """Return the mapping that a file holds; raises Refused with all that is wrong with it."""
    try:
        held = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise Refused([Fault(file, f"is not TOML that can be read: {error}")]) from error
    return from_values(held, file)


def from_values(held: dict[str, Any], file: str) -> Mapping:
    """Return the mapping that tables of plain values hold, as `as_values` makes them; raises Refused as `from_toml`."""
    faults: list[Fault] = []
    mapping = _MappingReading(file, held, faults).mapping()
    if faults:
        raise Refused(faults)
    return mapping


class _MappingReading:
    """Reads one mapping file, every part of another shape than it should have told."""

    def __init__(self, file: str, held: dict[str, Any], faults: list[Fault]) -> None:
        self.file, self.held, self.faults = file, held, faults

    def mapping(self) -> Mapping:
        for key in self.held:
            if key not in KEYS:
                self._tell(not_one_of(key, KEYS))
        name, file_format, prefix = (self._text(key) for key in ("name", "format", "prefix"))
        if not name:
            self._tell("has no name")
        return Mapping(name, file_format, prefix, self._columns(), self._words(), self._constants(),
                       tuple(map(str, self._list("finding_codes"))), self._additions(),
                       self._usual())  # fmt: skip

    def _tell(self, reason: str, column: str = "") -> None:
        self.faults.append(Fault(self.file, reason, column=column))

    def _text(self, key: str) -> str:
        value = self.held.get(key, "")
        if not isinstance(value, str):
            self._tell("has to be a text", key)
            return ""
        return value

    def _list(self, key: str) -> list[Any]:
        value = self.held.get(key, [])
        if not isinstance(value, list):
            self._tell("has to be a list", key)
            return []
        return value

    def _tables(self, key: str) -> dict[str, dict[str, Any]]:
        value = self.held.get(key, {})
        if not isinstance(value, dict) or not all(isinstance(part, dict) for part in value.values()):
            self._tell("has to hold tables", key)
            return {}
        return value

    def _columns(self) -> dict[str, dict[str, str]]:
        known = (*FIELDS, NOT_OURS)
        columns = self._tables("columns")
        for sheet, held in columns.items():
            for header, meant in held.items():
                if meant not in known:
                    self._tell(f"the column {quoted(header)}: {not_one_of(str(meant), known)}", f"columns.{sheet}")
        return columns

    def _words(self) -> dict[str, dict[str, Targets]]:
        words = self._tables("words")
        found: dict[str, dict[str, Targets]] = {}
        for of, held in words.items():
            if of not in WORDED:
                self._tell(not_one_of(of, WORDED), f"words.{of}")
            found[of] = {word: self._targets(of, word, meant) for word, meant in held.items()}
        return found

    def _targets(self, of: str, word: str, meant: Any) -> Targets:
        if meant in (NOT_OURS, []):
            return ()
        try:
            return tuple(Target.parse(str(text)) for text in (meant if isinstance(meant, list) else [meant]))
        except ValueError as wrong:
            self._tell(f"the word {quoted(word)}: {wrong}", f"words.{of}")
            return ()

    def _usual(self) -> frozenset[str]:
        names = [str(name) for name in self._list("usual")]
        for name in names:
            if name not in CONSTANTS:
                self._tell(not_one_of(name, CONSTANTS), "usual")
        return frozenset(names)

    def _constants(self) -> dict[str, str]:
        value = self.held.get("constants", {})
        if not isinstance(value, dict):
            self._tell("has to be a table", "constants")
            return {}
        for field in value:
            if field not in CONSTANTS:
                self._tell(not_one_of(field, CONSTANTS), "constants")
        return {field: str(given) for field, given in value.items()}

    def _additions(self) -> tuple[Addition, ...]:
        found = []
        for given in self._list("add"):
            if not isinstance(given, dict) or not {"facet", "code", "name"} <= given.keys() <= {*Addition._fields}:
                self._tell(f"needs facet, code and name, and takes {', '.join(Addition._fields)}", "add")
                continue
            found.append(Addition(**{key: str(given.get(key, "")) for key in Addition._fields}))
        return tuple(found)
