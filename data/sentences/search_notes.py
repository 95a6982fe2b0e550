"""What a reader is told of how a search was read, in sentences: the same on screen, in files, on the command line."""

from sqlmodel import Session

from data.collection.codebook import Codebook
from data.filters.filter import Filter
from data.filters.wording import listed, number_of, quoted_terms
from data.search.reading import reading


def sentences(session: Session, wanted: Filter, codebook: Codebook) -> list[str]:
    """Return what in the filter's search was read otherwise than typed or let go; nothing where all was found."""
    if not wanted.q:
        return []
    read = reading(session, wanted.q)
    said = []
    if read.operators:
        said.append(
            f"{listed(read.operators, 'and')} changes nothing in a search here: findings that hold every word are "
            "looked for. Quotes make a phrase, and a star ends the beginning of a word."
        )
    if read.beginnings:
        said.append(f"No finding here holds the word {quoted_terms(read.beginnings)}: words that begin so are found.")
    if read.missing:
        left = "; it is left out of the search" if len(read.missing) == 1 else "; they are left out of the search"
        said.append(f"No finding here holds {quoted_terms(read.missing)}{left if read.terms else ''}.")
    if 0 < read.at_most < len(read.terms):
        said.append(
            f"No finding here holds {quoted_terms(read.terms, 'and')} together: those are found that hold "
            f"{read.at_most} of these {number_of(len(read.terms), 'part')}, the most that one finding holds."
        )
    return said
