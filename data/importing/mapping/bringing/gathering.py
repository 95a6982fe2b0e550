"""Rows gathered into sources and findings: what is said of one thing in several rows becomes one."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import count

from data.faults import Fault, quoted
from data.filters.wording import listed
from data.importing.mapping.bringing.column_layout import Layout
from data.importing.mapping.bringing.documents import Documents, doi_of
from data.importing.mapping.bringing.mapped_rows import MappedRow, Reader
from data.importing.mapping.bringing.refs import FIT, Refs
from data.importing.mapping.cell_words import folded
from data.importing.mapping.fields import OF_SOURCES
from data.importing.mapping.mapping import Mapping
from data.importing.readers import formats
from data.importing.readers.raw import RawFile
from data.schema import EXAMPLE, IS_EXAMPLE

OF_ITS_SOURCE = (*OF_SOURCES, "source_id")
NO_TEXT, NO_FINDING = "has no text for a finding", "no coding of its source makes a finding"
ON_FINDINGS = ("theme", "region", "direction", "confidence")
"""The facets of which a code of a whole source is one of each of its findings too; its levers are as well."""


@dataclass
class Gathered:
    """The sources and findings of one file by ref, and the rows that made none."""

    sources: dict[str, MappedRow] = field(default_factory=dict)
    findings: dict[str, MappedRow] = field(default_factory=dict)
    joins: dict[int, dict[int, int]] = field(default_factory=dict)
    """By layout, the rows that tell more of what an earlier row tells of already, each with that row."""
    left: dict[int, dict[int, str]] = field(default_factory=dict)
    """By layout, the rows that make nothing, each with why."""
    without_text: list[tuple[Layout, int]] = field(default_factory=list)
    idle_codings: Counter[str] = field(default_factory=Counter)
    """Codings of whole sources that became part of no finding, by code."""
    faults: list[Fault] = field(default_factory=list)


class Gatherer:
    """Gathers the rows of one file's tables."""

    def __init__(self, raw: RawFile, mapping: Mapping, reader: Reader, refs: Refs) -> None:
        self.mapping, self.reader, self.refs = mapping, reader, refs
        self.rests_on_others = formats.of(raw.format).numbered_once
        self.found = Gathered()
        self.documents = Documents(self.found.sources)
        self._keys: dict[tuple[str, ...], str] = {}

    def gather(self, layouts: Iterable[Layout]) -> Gathered:
        """Return what all tables tell, those of sources alone taken first."""
        layouts = list(layouts)
        for layout in layouts:
            if layout.tells_sources and not layout.tells_findings and not layout.codings:
                for draft in self._drafts(layout):
                    self._source(draft)
        for layout in layouts:
            if layout.codings:
                self._codings(layout)
            elif layout.tells_findings:
                for draft in self._drafts(layout):
                    self._finding(draft)
        for finding in self.found.findings.values():
            self._share(finding)
        return self.found

    def _drafts(self, layout: Layout) -> Iterator[MappedRow]:
        for number, row in layout.table.rows:
            draft = self.reader.draft(layout, number, row)
            ref = draft.values.get("finding_id") or draft.values.get("source_id", "")
            if not any(row):
                continue
            if ref.startswith(EXAMPLE):
                self.left(draft, IS_EXAMPLE)
            elif set(draft.values) <= {"source_id"} and not draft.codes and not layout.tells_findings:
                self.left(draft, "says nothing but an id")
            else:
                yield draft

    def _source(self, draft: MappedRow, one_title: bool = False) -> str:
        """Take what a row says of a source, and return the source's ref; nothing where it may be one of several."""
        same = self.documents.same(draft, one_title)
        if len(same) > 1:
            self._unclear(draft, same)
            return ""
        ref = same[0] if same else self._named(draft)
        first = self.found.sources.get(ref)
        if first is None:
            self.found.sources[ref] = draft
        elif self._agree(first, draft):
            first.join(draft)
            self._joined(draft, first)
        else:
            self.left(draft, "says another title of a source of an earlier row")
        self.documents.add(ref, draft)
        return ref

    def _named(self, draft: MappedRow) -> str:
        """Return the ref of a document that no row has told of by its id, DOI or title."""
        values = draft.values
        id, title, year = (values.get(name, "") for name in ("source_id", "title", "year"))
        ref = self.refs.source(id, values.get("doi", ""), title, year)
        first = self.found.sources.get(ref)
        if first and doi_of(draft) and doi_of(draft) == doi_of(first):
            self._warn(draft, f"{quoted(id)} has the DOI of row {first.row}; both are taken as one source")
            return ref
        if namesakes := [self.found.sources[other].row for other in self.documents.titled(title) if title and not id]:
            self._warn(draft, f"has the title of row {namesakes[0]}, and tells of another document: two sources")
        elif first and doi_of(draft) and doi_of(first):
            self._warn(draft, f"has another DOI than row {first.row} with the same id: two sources")
        return ref if first is None else next(
            other for n in count(2) if (other := f"{ref}-{n}") not in self.found.sources
        )  # fmt: skip

    def _unclear(self, draft: MappedRow, refs: Sequence[str]) -> None:
        rows = listed((str(self.found.sources[ref].row) for ref in refs), "and")
        reason = f"names a title that the sources of rows {rows} bear; give its id or DOI, or year and authors"
        table, column = draft.layout.table, draft.layout.theirs("title")
        value = draft.values.get("title", "")
        self.found.faults.append(Fault(table.file, reason, table.sheet, draft.row, column, value, one_row=True))
        self.left(draft, "names a title that several sources bear")

    def _warn(self, draft: MappedRow, reason: str) -> None:
        self.found.faults.append(draft.layout.table.fault(reason, draft.row, warning=True))

    def left(self, draft: MappedRow, why: str) -> None:
        """Note that a row stays behind."""
        self.found.left.setdefault(id(draft.layout), {})[draft.row] = why

    def _joined(self, draft: MappedRow, first: MappedRow) -> None:
        """Note that a row tells more of what an earlier row tells of."""
        self.found.joins.setdefault(id(draft.layout), {})[draft.row] = first.row

    def _agree(self, first: MappedRow, other: MappedRow) -> bool:
        """Tell where a row says something else of a source than the row that told of it first.

        Returns whether the two can be one all the same.
        """
        agreed = True
        for name in OF_SOURCES:
            before, now = first.values.get(name), other.values.get(name)
            if before and now and folded(before) != folded(now):
                kept = f"row {first.row} says {quoted(before)}, which is kept"
                reason = f"says {quoted(now)} of a source of which {kept}"
                column = other.layout.theirs(name)
                table = other.layout.table
                # Two rows of a list of sources with one ref and two titles are a slip; elsewhere a title varies.
                same_id = first.values.get("source_id") and first.values["source_id"] == other.values.get("source_id")
                slip = bool(name == "title" and same_id and not other.layout.tells_findings)
                agreed = agreed and not slip
                fault = Fault(table.file, reason, table.sheet, other.row, column, now, warning=not slip, one_row=slip)
                self.found.faults.append(fault)
        return agreed

    def _finding(self, draft: MappedRow) -> None:
        text = draft.values.get("finding", "")
        if not text:
            self._source_alone(draft)
            return
        source = self._source_of(draft)
        if not source:
            return
        draft.values["source_id"] = source
        id, coder = draft.values.get("finding_id", ""), draft.values.get("coder", "")
        # Two rows to which people gave refs of their own are two findings, whatever their text.
        own = self.refs.is_own(id)
        key = (source, folded(text), coder, id if own else "")
        if ref := self._keys.get(key):
            self.found.findings[ref].join(draft)
            self._joined(draft, self.found.findings[ref])
            return
        ref = self.refs.finding(id, source, text, coder)
        while ref in self.found.findings and not own:
            ref += "-2"
        self._keys[key] = ref
        if ref in self.found.findings:
            self._repeated(draft, ref, id)
        else:
            self.found.findings[ref] = draft

    def _source_alone(self, draft: MappedRow) -> None:
        """Take the source of a row that has no text for a finding, where it tells of one that no row has told of."""
        self.found.without_text.append((draft.layout, draft.row))
        told = len(self.found.sources)
        if draft.values.get("title"):
            self._source_of(draft)
        if len(self.found.sources) == told:
            self.left(draft, NO_TEXT)

    def _repeated(self, draft: MappedRow, ref: str, id: str) -> None:
        first, table = self.found.findings[ref], draft.layout.table
        where = f"stands already in row {first.row}, for another text or coder"
        reason = f"{quoted(id)} {where}; give each finding a ref of its own"
        column = draft.layout.theirs("finding_id")
        self.found.faults.append(Fault(table.file, reason, table.sheet, draft.row, column, id, one_row=True))
        self.left(draft, where)

    def _source_of(self, draft: MappedRow) -> str:
        """Return the ref of a finding's source, which its own row may be the first to tell of."""
        id, title = draft.values.get("source_id", ""), draft.values.get("title", "")
        told = MappedRow(draft.layout, draft.row)
        told.values = {name: draft.values.pop(name) for name in OF_ITS_SOURCE if name in draft.values}
        for facet in ("strand", "method"):
            if facet in draft.codes:
                told.codes[facet] = draft.codes.pop(facet)
        if "strand" in draft.unread:
            told.unread["strand"] = draft.unread.pop("strand")
        namesakes = [] if title or self.documents.of_id(id) else self.documents.titled(id)
        if len(namesakes) > 1:
            self._unclear(draft, namesakes)
            return ""
        if not title and (known := self.documents.of_id(id) or next(iter(namesakes), "")):
            if told.codes or told.unread or len(told.values) > 1:
                self.found.sources[known].join(told)
            return known
        if not title and self.rests_on_others and FIT.fullmatch(id) and not (told.codes or len(told.values) > 1):
            return id  # a source of the collection, which the check looks for
        if not title:
            told.values["title"] = id or self.mapping.constants.get("title", "")
        return self._source(told, one_title=not title and not id)

    def _codings(self, layout: Layout) -> None:
        """Make a finding of each coding whose code the mapping names; the others of its source go to each of them."""
        others: dict[str, list[tuple[MappedRow, tuple[str, ...]]]] = {}
        with_finding: set[str] = set()
        for number, row in layout.table.rows:
            draft, words = self.reader.draft(layout, number, row), self.reader.codes(layout, row)
            source = self.documents.of_id(draft.values.get("source_id", ""))
            if any(folded(word) in self.mapping.makes_findings for word in words):
                if draft.values.get("finding"):
                    with_finding.add(source)
                self._finding(draft)
            else:
                others.setdefault(source, []).append((draft, words))
        for source, drafts in others.items():
            for draft, words in drafts:
                if source in with_finding and source in self.found.sources:
                    self.found.sources[source].join(draft)
                    self._joined(draft, self.found.sources[source])
                else:
                    self.found.idle_codings.update(words)
                    self.left(draft, NO_FINDING)

    def _share(self, finding: MappedRow) -> None:
        """Give a finding the codes of its whole source, but no second direction or confidence."""
        source = self.found.sources.get(finding.values["source_id"])
        if source is None or not (source.codes or source.levers):
            return
        shared = MappedRow(source.layout, source.row)
        shared.codes = {facet: dict(codes) for facet, codes in source.codes.items() if facet in ON_FINDINGS}
        shared.levers, shared.roles = dict(source.levers), [] if finding.roles else list(source.roles)
        finding.join(shared, only_where_open=True)
