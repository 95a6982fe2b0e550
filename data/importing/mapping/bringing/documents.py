"""Which document a row tells of: one that an earlier row told of, or another.

Two rows tell of one document only by its id, by its DOI, or by title, year and authors together; two different DOIs
are never one. Where rows are findings, each names its source again, often by no more than its title: then what one of
them leaves out tells nothing against the other.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from data.collection import identifiers
from data.importing.mapping.bringing.mapped_rows import MappedRow
from data.importing.mapping.cell_words import folded

TELLING = ("year", "authors")
"""What tells documents of one title apart, besides the DOI."""


class Documents:
    """The documents told of so far, by ref."""

    def __init__(self, sources: Mapping[str, MappedRow]) -> None:
        self.sources = sources
        self._by_id: dict[str, list[str]] = defaultdict(list)
        self._by_doi: dict[str, str] = {}
        self._by_title: dict[str, list[str]] = defaultdict(list)

    def add(self, ref: str, draft: MappedRow) -> None:
        """Remember by what a row names a document."""
        id, title, doi = (draft.values.get(name, "") for name in ("source_id", "title", "doi"))
        for known, key in ((self._by_id, id), (self._by_title, folded(title))):
            if key and ref not in known.get(key, ()):
                known[key].append(ref)
        if doi:
            self._by_doi.setdefault(doi_of(draft), ref)

    def of_id(self, id: str) -> str:
        """Return the ref of the first document of an id, empty where there is none."""
        return next(iter(self._by_id.get(id, ())), "")

    def titled(self, title: str) -> Sequence[str]:
        """Return the refs of all documents of a title."""
        return self._by_title.get(folded(title), ())

    def same(self, draft: MappedRow, one_title: bool = False) -> Sequence[str]:
        """Return the refs of the documents that a row may tell of: none, the one, or several that it does not part.

        With `one_title`, a person has given the title for the whole file: it is one document.
        """
        if id := draft.values.get("source_id", ""):
            return [ref for ref in self._by_id.get(id, ()) if not self._apart(ref, draft, ())][:1]
        if (doi := doi_of(draft)) and doi in self._by_doi:
            return [self._by_doi[doi]]
        title = draft.values.get("title", "")
        alike = [
            ref for ref in self.titled(title) if title and not self._apart(ref, draft, () if one_title else TELLING)
        ]
        if draft.layout.tells_findings:
            return alike
        return [ref for ref in alike if self._surely(ref, draft)][:1]

    def _apart(self, ref: str, draft: MappedRow, names: Sequence[str]) -> bool:
        """Tell whether both give a DOI, or one of these values, and not the same."""
        first = self.sources[ref]
        if doi_of(first) and doi_of(draft) and doi_of(first) != doi_of(draft):
            return True
        pairs = ((first.values.get(name, ""), draft.values.get(name, "")) for name in names)
        return any(one and other and folded(one) != folded(other) for one, other in pairs)

    def _surely(self, ref: str, draft: MappedRow) -> bool:
        """Tell whether both give year and authors, or a row only says again what the other says."""
        first = self.sources[ref].values
        return first == draft.values or all(first.get(name) and draft.values.get(name) for name in TELLING)


def doi_of(draft: MappedRow) -> str:
    """Return the DOI that a row gives, as it is compared."""
    return identifiers.bare(draft.values.get("doi", "")).casefold()
