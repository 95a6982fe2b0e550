"""One row of theirs as what it says of a finding or source, its words turned into codes."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

from data.importing.checking.dates import in_iso
from data.importing.checking.values import says_nothing
from data.importing.mapping.bringing.column_layout import Layout
from data.importing.mapping.bringing.word_counts import CellWords
from data.importing.mapping.fields import CODES, DAYS, FACET_OF
from data.importing.mapping.targets import Target
from data.importing.readers.raw import LIST_SEPARATOR

FIRST_ONLY = frozenset(
    {"finding_id", "source_id", "finding", "title", "year", "latitude", "longitude", "url", "doi", "coded_on",
     "accessed", "study"}
)  # fmt: skip
"""Fields of which the first that is given counts where several columns fill them; of others all are kept."""

BETWEEN = MappingProxyType({"pages": "–"})
"""What joins the values of several columns, where it is no semicolon: of first and last page."""

TEXTS = frozenset({"title", "finding"})
"""Fields that make a source or a finding: N/A or an error of Excel is none."""

KEPT_UNREAD = frozenset({"strand", "direction", "confidence", "access"})
"""Fields with one value of a closed vocabulary; a word that nobody knows stays there for the check to refuse."""


@dataclass
class MappedRow:
    """What rows say of one finding or source so far.

    `values` are the plain fields; `codes` the codes by facet, each once, in their order; `levers` the levers with
    their roles, empty where none is given; `roles` the roles given to no lever in particular; `unread` the cells of
    fields with one value whose word nobody knows, kept so that the check can name them.
    """

    layout: Layout
    row: int
    values: dict[str, str] = field(default_factory=dict)
    codes: dict[str, dict[str, None]] = field(default_factory=dict)
    levers: dict[tuple[str, str], None] = field(default_factory=dict)
    roles: list[str] = field(default_factory=list)
    unread: dict[str, str] = field(default_factory=dict)

    def take(self, target: Target, role: str = "") -> None:
        """Add what a word means."""
        if target.facet == "lever":
            self.levers[target.code, target.role or role] = None
        elif target.facet == "role":
            self.roles.append(target.code)
        else:
            self.codes.setdefault(target.facet, {})[target.code] = None

    def join(self, other: "MappedRow", only_where_open: bool = False) -> None:
        """Add what another row says of the same thing; of what holds one value, nothing where it has one already."""
        for name, value in other.values.items():
            held = self.values.setdefault(name, value)
            if name == "note" and value not in held:
                self.values[name] = f"{held}\n{value}"  # what is remarked in several rows is kept from each
        for facet, codes in other.codes.items():
            if only_where_open and facet in ("direction", "confidence") and self.codes.get(facet):
                continue
            self.codes.setdefault(facet, {}).update(codes)
        self.levers.update(other.levers)
        self.roles += [role for role in other.roles if role not in self.roles]
        for name, cell in other.unread.items():
            self.unread.setdefault(name, cell)

    def one(self, name: str) -> str:
        """Return the value of a field that holds one: its code, "both … and …" of several, or the unread cell."""
        codes = list(self.codes.get(FACET_OF.get(name, ""), {}))
        if len(codes) > 1 and name in KEPT_UNREAD:
            return f"both {' and '.join(codes)}"  # which the check refuses, for nobody but the coder can choose
        return "; ".join(codes) or self.unread.get(name, "") or self.values.get(name, "")

    def with_roles(self, otherwise: str) -> tuple[str, str]:
        """Return the cells of levers and of their roles; a lever without one has the only role that is given.

        Where none is given it has `otherwise`; where several are, none, which the check then names.
        """
        free = list(dict.fromkeys(self.roles))
        meant = free[0] if len(free) == 1 else "" if free else otherwise
        with_role = {code for code, role in self.levers if role}
        given = [(code, role) for code, role in self.levers if role or code not in with_role]
        pairs = list(dict.fromkeys((code, role or meant) for code, role in given))
        return ";".join(code for code, _ in pairs), ";".join(role for _, role in pairs)


class Reader:
    """Makes drafts of the rows of their tables."""

    def __init__(self, cells: CellWords) -> None:
        self.cells, self.meanings = cells, cells.meanings

    def draft(self, layout: Layout, number: int, row: Sequence[str]) -> MappedRow:
        """Return what one row says."""
        draft = MappedRow(layout, number)
        for name, place in layout.coded:
            if row[place]:
                self._take(draft, name, row[place], layout.lists[place])
        for name, places in layout.plain:
            given = [
                in_iso(row[place], layout.ways.get(place, "")) if name in DAYS else row[place]
                for place in places
                if row[place] and not (name in TEXTS and says_nothing(row[place]))
            ]
            if given:
                value = given[0] if name in FIRST_ONLY else BETWEEN.get(name, "; ").join(given)
                draft.values[name] = value.replace(LIST_SEPARATOR, "; ")
        if "levers" in layout.fields or "lever_roles" in layout.fields:
            self._take_levers(draft, layout, row)
        return draft

    def codes(self, layout: Layout, row: Sequence[str]) -> tuple[str, ...]:
        """Return the ids of their codes in a row."""
        return tuple(self._each(layout, CODES, row))

    def _take(self, draft: MappedRow, name: str, cell: str, is_list: bool) -> None:
        for word in self.cells.words(name, cell, is_list):
            meaning = self.meanings.of(name, word)
            for target in meaning.targets:
                draft.take(target)
            if not meaning.how:
                if name == "method":
                    draft.codes.setdefault("method", {})[word] = None
                elif name in KEPT_UNREAD:
                    draft.unread[name] = word

    def _take_levers(self, draft: MappedRow, layout: Layout, row: Sequence[str]) -> None:
        """Take levers with their roles: one role stands for all of them, else each stands at its lever's place."""
        words = list(self._each(layout, "levers", row))
        roles = [self._role(word) for word in self._each(layout, "lever_roles", row)]
        if len(roles) == len(words):
            given: Iterable[str] = roles
        elif len(roles) == 1 or not words:
            given, draft.roles = [""] * len(words), [*draft.roles, *roles]
        else:
            given = [*roles, *[""] * len(words)][: len(words)]
            draft.unread["lever_roles"] = ";".join(roles)
        for word, role in zip(words, given, strict=True):
            for target in self.meanings.of("levers", word).targets:
                draft.take(target, role)

    def _each(self, layout: Layout, name: str, row: Sequence[str]) -> Iterator[str]:
        for place in layout.fields.get(name, ()):
            yield from self.cells.words(name, row[place], layout.lists[place])

    def _role(self, word: str) -> str:
        meaning = self.meanings.of("lever_roles", word)
        return meaning.targets[0].code if meaning.targets else "" if meaning.how else word
