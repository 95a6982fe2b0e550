"""A mapping: what one team's columns and words mean here, as far as somebody has decided it."""

import re
from collections import abc
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from types import MappingProxyType
from typing import Any

from data.importing.codebook.additions import Addition
from data.importing.mapping.cell_words import folded
from data.importing.mapping.targets import Target

NONE: abc.Mapping[str, str] = MappingProxyType({})
LONGEST_PREFIX = 12
Targets = tuple[Target, ...]
"""What a word means: any number of codes; none at all means that it is not ours."""


@dataclass(frozen=True)
class Mapping:
    """How the files of one team are read; what it does not decide stays open and is never guessed.

    `columns` holds, by sheet and header, the field that each column fills, or fields.NOT_OURS. `words` holds, by
    field and word, what the word means; no target means "not ours". The words of the field `codes` are the ids of a
    file's own codes, such as "Places::Libraries". `constants` are fields given once for the whole file, of which
    those named in `usual` were chosen by nobody: a row that is in the collection keeps its own value there. `prefix`
    stands before every ref that a file gives or that is made for it, so that two teams' refs do not collide.
    `finding_codes` are the codes whose codings each make a finding, in formats that code whole sources, as
    EPPI-Reviewer does. `additions` are codes that the codebook is to gain.
    """

    name: str
    format: str = ""
    prefix: str = ""
    columns: abc.Mapping[str, abc.Mapping[str, str]] = field(default_factory=dict)
    words: abc.Mapping[str, abc.Mapping[str, Targets]] = field(default_factory=dict)
    constants: abc.Mapping[str, str] = field(default_factory=dict)
    finding_codes: tuple[str, ...] = ()
    additions: tuple[Addition, ...] = ()
    usual: frozenset[str] = frozenset()

    def field(self, sheet: str, column: str) -> str | None:
        """Return the field that a column fills, NOT_OURS, or None where nobody has decided.

        On a sheet unknown here, a column means what it means on the other sheets, where these agree.
        """
        if sheet in self.columns:
            return self.columns[sheet].get(column)
        meant = {held[column] for held in self.columns.values() if column in held}
        return meant.pop() if len(meant) == 1 else None

    def targets(self, of: str, word: str) -> Targets | None:
        """Return what a word of a field means, () where it is not ours, None where nobody has decided."""
        return self._folded.get(of, {}).get(folded(word))

    @cached_property
    def _folded(self) -> dict[str, dict[str, Targets]]:
        return {of: {folded(word): meant for word, meant in held.items()} for of, held in self.words.items()}

    @cached_property
    def makes_findings(self) -> frozenset[str]:
        """Return the finding codes, folded."""
        return frozenset(map(folded, self.finding_codes))

    def with_columns(self, decided: Iterable[tuple[str, str, str]]) -> "Mapping":
        """Return the mapping with columns decided: (sheet, header, field); an empty field leaves it open."""
        columns = {sheet: dict(held) for sheet, held in self.columns.items()}
        for sheet, header, meant in decided:
            _set(columns.setdefault(sheet, {}), header, meant or None)
        return replace(self, columns=columns)

    def with_words(self, decided: Iterable[tuple[str, str, Targets | None]]) -> "Mapping":
        """Return the mapping with words decided: (field, word, targets); () is not ours, None leaves it open."""
        words = {of: dict(held) for of, held in self.words.items()}
        for of, word, meant in decided:
            held = words.setdefault(of, {})
            for same in [other for other in held if folded(other) == folded(word)]:
                del held[same]
            _set(held, word, meant)
        return replace(self, words=words)

    def with_constants(self, constants: abc.Mapping[str, str], usual: bool = False) -> "Mapping":
        """Return the mapping with constants set, as what is `usual` or as chosen; an empty one is taken away."""
        kept = {name: value for name, value in {**self.constants, **constants}.items() if value}
        chosen_by_nobody = self.usual | constants.keys() if usual else self.usual - constants.keys()
        return replace(self, constants=kept, usual=frozenset(chosen_by_nobody & kept.keys()))

    def named(self, name: str) -> "Mapping":
        """Return the mapping under another name, with the prefix that this name makes where it had its own name's."""
        prefix = prefix_for(name) if self.prefix == prefix_for(self.name) else self.prefix
        return replace(self, name=name, prefix=prefix)

    def with_additions(self, additions: Sequence[Addition]) -> "Mapping":
        """Return the mapping with exactly these additions to the codebook."""
        return replace(self, additions=tuple(additions))


def _set(held: dict[str, Any], key: str, value: object) -> None:
    if value is None:
        held.pop(key, None)
    else:
        held[key] = value


def prefix_for(name: str) -> str:
    """Return a prefix for refs from a mapping's name: "North East team" makes NET, "nvivo 2" makes NVIVO-2."""
    words = re.findall(r"[^\W_]+", name)
    if len(words) > 2:
        return "".join(word[0] for word in words).upper()[:LONGEST_PREFIX]
    return "-".join(words).upper()[:LONGEST_PREFIX].strip("-") or "FILE"
