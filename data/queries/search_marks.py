"""Which of a search's words each finding holds, where no finding holds all of them and the best matches are shown."""

from collections.abc import Iterable

from sqlmodel import Session

from data.collection.codebook import Codebook
from data.filters.filter import Filter
from data.filters.selection import select
from data.filters.wording import quoted_terms
from data.search.reading import Reading, holding, reading


def held(session: Session, wanted: Filter, codebook: Codebook, refs: Iterable[str]) -> dict[str, str]:
    """Return for each of these findings, by ref, a sentence on which parts of the search it holds and which not.

    Nothing where there is no search, or where what is found holds all of it.
    """
    named = tuple(refs)
    read = reading(session, wanted.q) if wanted.q and named else Reading()
    if not 0 < read.at_most < len(read.terms):
        return {}
    chosen = select(session, Filter(finding=named), codebook)
    snapshot = chosen.snapshot
    by_term = [(term, holding(session, snapshot, term.expression)) for term in read.terms]
    said = {}
    for place in chosen.findings.tolist():
        has = tuple(term for term, held_by in by_term if held_by[place])
        lacks = tuple(term for term in read.terms if term not in has)
        if has and lacks:
            said[snapshot.refs[snapshot.ref[place]]] = (
                f"Holds {quoted_terms(has, 'and')} of the search, not {quoted_terms(lacks)}."
            )
    return said
