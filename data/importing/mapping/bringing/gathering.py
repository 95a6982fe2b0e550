"""Rows gathered into sources and findings: what is said of one thing in several rows becomes one."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import count

from data.importing.faults import Fault, quoted
from data.importing.mapping.bringing.drafts import Draft, Reader
from data.importing.mapping.bringing.layout import Layout
from data.importing.mapping.bringing.refs import FIT, NUMBERED_ONCE, Refs
from data.importing.mapping.decided import Mapping
from data.importing.mapping.fields import OF_SOURCES
from data.importing.mapping.words import folded
from data.importing.raw import RawFile
from data.importing.reading import EXAMPLE

OF_ITS_SOURCE = (*OF_SOURCES, "source_id")
ON_FINDINGS = ("theme", "region", "direction", "confidence")
"""The facets of which a code of a whole source is one of each of its findings too; its levers are as well."""


@dataclass
class Gathered:
    """The sources and findings of one file by ref, and the rows that made none."""

    sources: dict[str, Draft] = field(default_factory=dict)
    findings: dict[str, Draft] = field(default_factory=dict)
    joined: int = 0
    """Rows that say something of a finding which an earlier row tells of already."""
    without_text: list[tuple[Layout, int]] = field(default_factory=list)
    idle_codings: Counter[str] = field(default_factory=Counter)
    """Codings of whole sources that became part of no finding, by code."""
    faults: list[Fault] = field(default_factory=list)


class Gatherer:
    """Gathers the rows of one file's tables."""

    def __init__(self, raw: RawFile, mapping: Mapping, reader: Reader, refs: Refs) -> None:
        self.mapping, self.reader, self.refs = mapping, reader, refs
        self.rests_on_others = raw.format in NUMBERED_ONCE
        self.found = Gathered()
        self.by_id: dict[str, str] = {}
        self.by_title: dict[str, str] = {}
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

    def _drafts(self, layout: Layout) -> Iterator[Draft]:
        for number, row in layout.table.rows:
            draft = self.reader.draft(layout, number, row)
            ref = draft.values.get("finding_id") or draft.values.get("source_id", "")
            if any(row) and not ref.startswith(EXAMPLE):
                yield draft

    def _source(self, draft: Draft) -> str:
        """Take what a row says of a source, and return the source's ref."""
        values = draft.values
        id, title = values.get("source_id", ""), values.get("title", "")
        known = self.by_id.get(id) if id else self.by_title.get(folded(title))
        if known is None:
            known = self.refs.source(id, values.get("doi", ""), title, values.get("year", ""))
            if id and known in self.found.sources:
                known = self._beside(known, draft, id)
        if id:
            self.by_id.setdefault(id, known)
        if title:
            self.by_title.setdefault(folded(title), known)
        if known in self.found.sources:
            self._agree(self.found.sources[known], draft)
            self.found.sources[known].join(draft)
        else:
            self.found.sources[known] = draft
        return known

    def _beside(self, ref: str, draft: Draft, id: str) -> str:
        """Return the ref of a record that would have another's: the same where both have one DOI, else one more."""
        first, doi = self.found.sources[ref], draft.values.get("doi", "")
        if doi and folded(doi) == folded(first.values.get("doi", "")):
            reason = f"{quoted(id)} has the DOI of row {first.row}; both are taken as one source"
            self.found.faults.append(draft.layout.table.fault(reason, draft.row, warning=True))
            return ref
        return next(other for n in count(2) if (other := f"{ref}-{n}") not in self.found.sources)

    def _agree(self, first: Draft, other: Draft) -> None:
        """Tell where a row says something else of a source than the row that told of it first."""
        for name in OF_SOURCES:
            before, now = first.values.get(name), other.values.get(name)
            if before and now and folded(before) != folded(now):
                kept = f"row {first.row} says {quoted(before)}, which is kept"
                reason = f"says {quoted(now)} of a source of which {kept}"
                column = other.layout.theirs(name)
                table = other.layout.table
                # Two rows of a list of sources with one ref and two titles are a slip; elsewhere a title varies.
                slip = name == "title" and not other.layout.tells_findings
                fault = Fault(table.file, reason, table.sheet, other.row, column, now, warning=not slip)
                self.found.faults.append(fault)

    def _finding(self, draft: Draft) -> None:
        text = draft.values.get("finding", "")
        if not text:
            self.found.without_text.append((draft.layout, draft.row))
            return
        source = self._source_of(draft)
        draft.values["source_id"] = source
        id, coder = draft.values.get("finding_id", ""), draft.values.get("coder", "")
        # Two rows to which people gave refs of their own are two findings, whatever their text.
        own = self.refs.is_own(id)
        key = (source, folded(text), coder, id if own else "")
        if ref := self._keys.get(key):
            self.found.findings[ref].join(draft)
            self.found.joined += 1
            return
        ref = self.refs.finding(id, source, text, coder)
        while ref in self.found.findings and not own:
            ref += "-2"
        self._keys[key] = ref
        if ref in self.found.findings:
            self._repeated(draft, ref, id)
        else:
            self.found.findings[ref] = draft

    def _repeated(self, draft: Draft, ref: str, id: str) -> None:
        first, table = self.found.findings[ref], draft.layout.table
        where = f"stands already in row {first.row}, for another text or coder"
        reason = f"{quoted(id)} {where}; give each finding a ref of its own"
        column = draft.layout.theirs("finding_id")
        self.found.faults.append(Fault(table.file, reason, table.sheet, draft.row, column, id))

    def _source_of(self, draft: Draft) -> str:
        """Return the ref of a finding's source, which its own row may be the first to tell of."""
        id, title = draft.values.get("source_id", ""), draft.values.get("title", "")
        told = Draft(draft.layout, draft.row)
        told.values = {name: draft.values.pop(name) for name in OF_ITS_SOURCE if name in draft.values}
        for facet in ("strand", "method"):
            if facet in draft.codes:
                told.codes[facet] = draft.codes.pop(facet)
        if "strand" in draft.unread:
            told.unread["strand"] = draft.unread.pop("strand")
        if not title and (known := self.by_id.get(id) or self.by_title.get(folded(id))):
            if told.codes or told.unread or len(told.values) > 1:
                self.found.sources[known].join(told)
            return known
        if not title and self.rests_on_others and FIT.fullmatch(id) and not (told.codes or len(told.values) > 1):
            return id  # a source of the collection, which the check looks for
        if not title:
            told.values["title"] = id or self.mapping.constants.get("title", "")
        return self._source(told)

    def _codings(self, layout: Layout) -> None:
        """Make a finding of each coding whose code the mapping names; the others of its source go to each of them."""
        others: dict[str, list[tuple[Draft, tuple[str, ...]]]] = {}
        with_finding: set[str] = set()
        for number, row in layout.table.rows:
            draft, words = self.reader.draft(layout, number, row), self.reader.codes(layout, row)
            source = self.by_id.get(draft.values.get("source_id", ""), "")
            if any(folded(word) in self.mapping.makes_findings for word in words):
                self._finding(draft)
                with_finding.add(source)
            else:
                others.setdefault(source, []).append((draft, words))
        for source, drafts in others.items():
            for draft, words in drafts:
                if source in with_finding and source in self.found.sources:
                    self.found.sources[source].join(draft)
                else:
                    self.found.idle_codings.update(words)

    def _share(self, finding: Draft) -> None:
        """Give a finding the codes of its whole source, but no second direction or confidence."""
        source = self.found.sources.get(finding.values["source_id"])
        if source is None or not (source.codes or source.levers):
            return
        shared = Draft(source.layout, source.row)
        shared.codes = {facet: dict(codes) for facet, codes in source.codes.items() if facet in ON_FINDINGS}
        shared.levers, shared.roles = dict(source.levers), [] if finding.roles else list(source.roles)
        finding.join(shared, only_where_open=True)
