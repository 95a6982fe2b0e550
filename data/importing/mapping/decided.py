"""A mapping: what one team's columns and words mean here, as far as somebody has decided it."""

import re
from collections import abc
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from data.importing.mapping.additions import Addition
from data.importing.mapping.fields import NOT_OURS
from data.importing.mapping.targets import Target
from data.importing.mapping.words import folded

EMPTY: abc.Mapping[str, str] = MappingProxyType({})
Targets = tuple[Target, ...]


@dataclass(frozen=True)
class Mapping:
    """How the files of one team are read; what it does not decide is left open, never guessed.

    `columns` holds, by sheet and header, the field each column fills, or NOT_OURS. `words` holds, by field and word,
    what the word means; no target means "not ours". The words of a code system are paths such as
    "Places > Libraries". `constants` are fields given once for the whole file. `prefix` stands before every ref, so
    that two teams' refs do not collide. `finding_codes` are the codes whose codings each make a finding, in formats
    that code whole sources, such as EPPI-Reviewer's. `additions` are new codes of the codebook.
    """

    name: str
    format: str = ""
    prefix: str = ""
    columns: abc.Mapping[str, abc.Mapping[str, str]] = field(default_factory=dict)
    words: abc.Mapping[str, abc.Mapping[str, Targets]] = field(default_factory=dict)
    constants: abc.Mapping[str, str] = field(default_factory=dict)
    finding_codes: tuple[str, ...] = ()
    additions: tuple[Addition, ...] = ()

    def field(self, sheet: str, column: str) -> str | None:
        """Return the field that a column fills, NOT_OURS, or None where nobody has decided.

        A column of a sheet unknown here has the meaning it has in another sheet, where all that know it agree.
        """
        if column in (held := self.columns.get(sheet, EMPTY)):
            return held[column]
        meant = {held[column] for held in self.columns.values() if column in held}
        return meant.pop() if len(meant) == 1 and sheet not in self.columns else None

    def targets(self, of: str, word: str) -> Targets | None:
        """Return what a word of a field means, () where it is not ours, None where nobody has decided."""
        held = self._folded().get(of, {})
        return held.get(folded(word))

    def _folded(self) -> dict[str, dict[str, Targets]]:
        kept = self.__dict__.get("_by_folded")
        if kept is None:
            kept = {of: {folded(word): meant for word, meant in held.items()} for of, held in self.words.items()}
            self.__dict__["_by_folded"] = kept  # a frozen dataclass may keep what it has worked out
        return kept  # type: ignore[no-any-return]

    def with_columns(self, decided: Iterable[tuple[str, str, str]]) -> "Mapping":
        """Return the mapping with columns decided: (sheet, header, field), the field empty to leave it open."""
        columns = {sheet: dict(held) for sheet, held in self.columns.items()}
        for sheet, header, meant in decided:
            _set(columns.setdefault(sheet, {}), header, meant or None)
        return replace(self, columns=columns)

    def with_words(self, decided: Iterable[tuple[str, str, Targets | None]]) -> "Mapping":
        """Return the mapping with words decided: (field, word, targets), None to leave it open, () for not ours."""
        words = {of: dict(held) for of, held in self.words.items()}
        for of, word, meant in decided:
            held = words.setdefault(of, {})
            for other in [other for other in held if folded(other) == folded(word)]:
                del held[other]
            _set(held, word, meant)
        return replace(self, words=words)

    def with_constants(self, constants: abc.Mapping[str, str]) -> "Mapping":
        """Return the mapping with constants set; an empty one is taken away."""
        kept = {name: value for name, value in {**self.constants, **constants}.items() if value}
        return replace(self, constants=kept)

    def with_additions(self, additions: Sequence[Addition]) -> "Mapping":
        """Return the mapping with exactly these additions to the codebook."""
        return replace(self, additions=tuple(additions))


def _set(held: dict, key: str, value: object) -> None:  # type: ignore[type-arg]
    if value is None:
        held.pop(key, None)
    else:
        held[key] = value


def prefix_for(name: str) -> str:
    """Return a prefix for refs made of a mapping's name: "North East team" makes NET, "nvivo-2" makes NVIVO-2."""
    words = re.findall(r"[A-Za-z0-9]+", name)
    if len(words) > 2:
        return "".join(word[0] for word in words).upper()[:8]
    return "-".join(words).upper()[:12].strip("-") or "FILE"
