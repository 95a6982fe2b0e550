"""Caveats that a team states of its own evidence: read from a TOML file beside it, bound to its refs and coders."""

import tomllib
from collections.abc import Mapping
from functools import lru_cache
from string import Formatter
from typing import Any, NamedTuple

from data.faults import Fault, Refused, not_one_of, perhaps
from data.filters.wording import number_of
from data.shipped import CAVEATS
from models import StrandCode

SHIPPED = CAVEATS
"""What is to be told of the shipped evidence, beside its CSV files."""
TEXTS = ("text", "in_short", "coding", "licence")
KEYS = (*TEXTS, "strands", "coders", "refs")
FIELDS = ("findings", "total", "reviewed")
"""The names that a text may hold in braces."""


class Caveat(NamedTuple):
    """One thing that a reader must be told, and the strands, coders and refs of the findings that it is true of.

    None means any. Coders alone tell too little: another team's may bear the same letters.
    """

    text: str
    in_short: str
    """Who coded, in a few words, such as "coded by language models"; or nothing."""
    coding: str
    """How it was coded, for the Method page, in paragraphs with an empty line between; or nothing."""
    licence: str
    """Under which terms it stands; or nothing."""
    strands: tuple[str, ...]
    coders: tuple[str, ...]
    refs: tuple[str, ...]
    """What the refs of its findings begin with, up to their first hyphen, such as "COM"."""

    def speaks_of(self, strand: str, coders: str, series: str) -> bool:
        """Tell whether it is true of a finding: its strand, its coders as a file joins them, its ref up to a hyphen."""
        named = {coder.strip() for coder in coders.split(";")} - {""}
        return (
            (not self.strands or strand in self.strands)
            and (not self.coders or (bool(named) and named <= set(self.coders)))
            and (not self.refs or series in self.refs)
        )


def filled(text: str, findings: int, total: int, reviewed: str) -> str:
    """Return a caveat's text or coding for so many findings of so many in view."""
    numbers = {"findings": findings, "total": total}
    said = []
    for words, name, spec, _ in Formatter().parse(text):
        said.append(words)
        if name == "reviewed":
            said.append(reviewed)
        elif name is not None:
            said.append(_counted(numbers[name], spec or ""))
    return "".join(said)


def _counted(number: int, spec: str) -> str:
    if "|" in spec:
        one, more = spec.split("|", maxsplit=1)
        return one if number == 1 else more
    return number_of(number, spec) if spec else f"{number:,}"


@lru_cache(maxsize=1)
def shipped() -> tuple[Caveat, ...]:
    """Return what is to be told of the shipped evidence, most important first."""
    return read(SHIPPED.read_text(encoding="utf-8"), SHIPPED.name)


def read(text: str, file: str) -> tuple[Caveat, ...]:
    """Return the caveats that a TOML text holds; raises Refused with every fault by file, caveat and key."""
    try:
        document = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise Refused([Fault(file, f"it is not TOML: {error}")]) from None
    tables = document.get("caveats", [])
    if not isinstance(tables, list) or set(document) - {"caveats"}:
        raise Refused([Fault(file, "it holds something else than tables under [[caveats]]")])
    faults = [Fault(file, reason, row=row, column=key) for row, table in enumerate(tables, start=1)
              for key, reason in _faults(table)]  # fmt: skip
    if faults:
        raise Refused(faults)
    return tuple(
        Caveat(
            text=_text(table, "text"),
            in_short=_text(table, "in_short"),
            coding=_text(table, "coding"),
            licence=_text(table, "licence"),
            strands=tuple(table.get("strands", ())),
            coders=tuple(table.get("coders", ())),
            refs=tuple(table.get("refs", ())),
        )
        for table in tables
    )


def _text(table: Mapping[str, Any], key: str) -> str:
    return str(table.get(key, "")).strip()


def _faults(table: Any) -> list[tuple[str, str]]:
    """Return what is wrong with one caveat as key and reason."""
    if not isinstance(table, Mapping):
        return [("caveats", "each caveat is a table under [[caveats]]")]
    found = [(key, f"there is no such key{perhaps(key, KEYS)}") for key in table if key not in KEYS]
    for key in TEXTS:
        if not isinstance(table.get(key, ""), str):
            found.append((key, "it is no text in quotes"))
    for key in ("strands", "coders", "refs"):
        held = table.get(key, [])
        if not isinstance(held, list) or not all(isinstance(name, str) for name in held):
            found.append((key, "it is no list of names in quotes"))
        elif key == "strands":
            known = [str(code) for code in StrandCode]
            found += [(key, not_one_of(name, known)) for name in held if name not in known]
    if not str(table.get("text", "")).strip():
        found.append(("text", "it is missing or empty"))
    return [*found, *(wrong for key in ("text", "coding") for wrong in _wrong_places(key, str(table.get(key, ""))))]


def _wrong_places(key: str, text: str) -> list[tuple[str, str]]:
    """Return what is wrong with the braces of a text."""
    try:
        parsed = list(Formatter().parse(text))
    except ValueError as error:
        return [(key, f"its braces do not match ({error}); write a brace itself twice: {{{{")]
    return [
        (key, f'there is no "{name}" to be filled in{perhaps(name, FIELDS)}; it may hold {", ".join(FIELDS)}')
        for _, name, spec, conversion in parsed
        if name is not None and (name not in FIELDS or conversion or (spec and "{" in spec))
    ]
