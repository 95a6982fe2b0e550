"""What a mapping leaves behind, counted and listed, and what it took each word for: nothing is dropped in silence."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from data.faults import Fault, quoted
from data.filters.wording import number_of
from data.importing.mapping.bringing.column_layout import Layout
from data.importing.mapping.bringing.gathering import NO_FINDING, NO_TEXT, Gathered
from data.importing.mapping.bringing.mapped_rows import KEPT_UNREAD
from data.importing.mapping.bringing.word_counts import CellWords, Use
from data.importing.mapping.cell_words import folded
from data.importing.mapping.fields import CODES, NOT_OURS, WORDED
from data.importing.mapping.mapping import Mapping, Targets
from data.importing.readers.raw import LIST_SEPARATOR, RawFile
from data.schema import SOURCE_COLUMNS

ONLY_FINDINGS = "only findings have a field for it"
WITHOUT_TEXT = "its row has no text for a finding"
OF_SOURCE = frozenset({*SOURCE_COLUMNS, "finding_id"}) - {"access", "note"}
"""Fields of which a row without a finding's text loses nothing: its source has them, or they would name the finding."""
MOST_TOLD = 200
"""Words that are told one by one as warnings; `Mapped.left` lists all the same."""
UNDECIDED, UNUSED = "nobody has decided", "no passage has it"
TAKEN_AS_IT_IS = frozenset({"method"})
REFUSED = KEPT_UNREAD | {"lever_roles"}
"""Fields whose unknown words the check refuses, each at its row, so that no warning is needed."""

Kind = Literal["column", "word", "code", "row", "coding"]


@dataclass(frozen=True)
class Left:
    """One thing that stayed behind: a column, word, code, the rows without text of a table, codings of a code.

    `name` is the header, word or code as it stands in their file; `field` the field that a word was looked up for;
    `uses` how many values, uses, rows or codings there are; `first` the first row.
    """

    kind: Kind
    sheet: str
    name: str
    uses: int
    why: str
    field: str = ""
    example: str = ""
    first: int | None = None
    column: str = ""


@dataclass(frozen=True)
class Taken:
    """What a word was taken for, on what ground, and how often."""

    field: str
    word: str
    targets: Targets
    how: str
    uses: int
    example: str = ""


def taken(used: Iterable[Use], cells: CellWords) -> list[Taken]:
    """Return each word that means a code, most used first."""
    found = []
    for use in used:
        meaning = cells.meanings.of(use.field, use.word)
        if meaning.targets:
            found.append(Taken(use.field, use.word, meaning.targets, meaning.how, use.times, use.example))
    return sorted(found, key=lambda one: -one.uses)


def all_left(
    raw: RawFile, mapping: Mapping, laid: Sequence[Layout], used: Sequence[Use], cells: CellWords, gathered: Gathered
) -> list[Left]:
    """Return all that stays behind: columns, words, codes that nothing uses, rows, codings."""
    return [
        *_columns(laid, mapping),
        *_words(used, cells, mapping),
        *_unused_codes(raw, used, mapping),
        *_only_of_findings(laid, gathered),
        *_of_rows_without_text(laid, gathered),
        *_rows(gathered),
        *(Left("coding", "", code, times, NO_FINDING, CODES) for code, times in gathered.idle_codings.most_common()),
    ]


def _columns(laid: Sequence[Layout], mapping: Mapping) -> Iterator[Left]:
    for layout in laid:
        table = layout.table
        for place in layout.left:
            filled = [(number, row[place]) for number, row in table.rows if row[place]]
            if filled:
                column, (first, example) = table.columns[place], filled[0]
                why = NOT_OURS if mapping.field(table.sheet, column) == NOT_OURS else UNDECIDED
                shown = example.replace(LIST_SEPARATOR, "; ")
                yield Left("column", table.sheet, column, len(filled), why, "", shown, first, column)


def _words(used: Sequence[Use], cells: CellWords, mapping: Mapping) -> Iterator[Left]:
    for use in sorted(used, key=lambda use: -use.times):
        meaning = cells.meanings.of(use.field, use.word)
        makes_finding = use.field == CODES and folded(use.word) in mapping.makes_findings
        if meaning.targets or makes_finding or (use.field in TAKEN_AS_IT_IS and not meaning.how):
            continue
        table = use.layout.table
        why = NOT_OURS if meaning.how else UNDECIDED
        yield Left("word", table.sheet, use.word, use.times, why, use.field, use.example, use.row,
                   table.columns[use.place])  # fmt: skip


def _unused_codes(raw: RawFile, used: Sequence[Use], mapping: Mapping) -> Iterator[Left]:
    """Yield the codes that no cell names, unless they hold one that a cell names; of a codebook, those unmapped."""
    named = {use.word for use in used if use.field == CODES}
    if not raw.tables:
        named = {code.id for code in raw.codes if mapping.targets(CODES, code.id)}
    parents = {code.id: code.parent for code in raw.codes}
    for word in list(named):
        code = parents.get(word, "")
        while code and code not in named:
            named.add(code)
            code = parents.get(code, "")
    return (Left("code", "", code.id, 0, UNUSED, CODES, code.description) for code in raw.codes if code.id not in named)


def _only_of_findings(laid: Sequence[Layout], gathered: Gathered) -> Iterator[Left]:
    """Yield the columns of a table of sources that only findings have a field for.

    Codes of a source are its findings' too, and so stay behind only where no finding rests on it.
    """
    carried = {draft.values["source_id"] for draft in gathered.findings.values()}
    for layout in laid:
        if layout.tells_findings or layout.codings or not layout.tells_sources:
            continue
        joins = gathered.joins.get(id(layout), {})
        with_findings = {draft.row for ref, draft in gathered.sources.items() if ref in carried}
        for name, places in layout.fields.items():
            if name in SOURCE_COLUMNS:
                continue
            shared = with_findings if name in WORDED else ()
            for place in places:
                filled = [
                    (n, row[place]) for n, row in layout.table.rows if row[place] and joins.get(n, n) not in shared
                ]
                if filled:
                    column, (first, example) = layout.table.columns[place], filled[0]
                    shown = example.replace(LIST_SEPARATOR, "; ")
                    yield Left(
                        "column", layout.table.sheet, column, len(filled), ONLY_FINDINGS, name, shown, first, column
                    )


def _of_rows_without_text(laid: Sequence[Layout], gathered: Gathered) -> Iterator[Left]:
    """Yield the columns of a table of findings of which cells stay behind where a row has no text for a finding."""
    without: dict[int, set[int]] = {}
    for layout, row in gathered.without_text:
        without.setdefault(id(layout), set()).add(row)
    for layout in laid:
        if layout.codings or id(layout) not in without:
            continue
        rows = [(number, row) for number, row in layout.table.rows if number in without[id(layout)]]
        for name, places in layout.fields.items():
            for place in places if name not in OF_SOURCE else ():
                filled = [(number, row[place]) for number, row in rows if row[place]]
                if filled:
                    column, (first, example) = layout.table.columns[place], filled[0]
                    shown = example.replace(LIST_SEPARATOR, "; ")
                    yield Left(
                        "column", layout.table.sheet, column, len(filled), WITHOUT_TEXT, name, shown, first, column
                    )


def _rows(gathered: Gathered) -> Iterator[Left]:
    by_table: dict[int, list[tuple[Layout, int]]] = {}
    for layout, row in gathered.without_text:
        by_table.setdefault(id(layout), []).append((layout, row))
    for rows in by_table.values():
        layout, first = rows[0]
        yield Left("row", layout.table.sheet, "", len(rows), NO_TEXT, "finding", "", first, layout.theirs("finding"))


def warnings(raw: RawFile, left: Sequence[Left]) -> Iterator[Fault]:
    """Yield a warning for what stays behind though nobody has decided so, the most used words one by one."""
    told = 0
    for one in left:
        if one.why in (NOT_OURS, UNUSED) or (one.kind == "word" and one.field in REFUSED):
            continue
        told += 1
        if told <= MOST_TOLD:
            yield Fault(raw.name, _said(one), one.sheet, one.first, one.column, one.name, warning=True)
    if told > MOST_TOLD:
        more = number_of(told - MOST_TOLD, "further thing")
        yield Fault(raw.name, f"{more} stay behind, of which the list of what stays behind tells", warning=True)


def _said(left: Left) -> str:
    if left.kind == "column":
        if left.why == ONLY_FINDINGS:
            return f"{number_of(left.uses, 'value')} stay behind: {ONLY_FINDINGS}, and none rests on these sources"
        if left.why == WITHOUT_TEXT:
            return f"{number_of(left.uses, 'value')} of rows without a text for a finding stay behind with them"
        return f"{number_of(left.uses, 'value')} of a column that is mapped to nothing stay behind"
    if left.kind == "row":
        return f"{number_of(left.uses, 'row')} without a text, the first of them here: no finding is made of such a row"
    if left.kind == "coding":
        return f"{number_of(left.uses, 'coding')} with {quoted(left.name)} stay behind: {NO_FINDING}"
    uses = f"{number_of(left.uses, 'use')}, the first of them here"
    return f"{quoted(left.name)} is mapped to nothing and stays behind ({uses})"
