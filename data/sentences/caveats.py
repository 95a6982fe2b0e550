"""What a reader of the evidence must be told before using it, with the numbers of the evidence at hand."""

import numpy as np
from sqlalchemy import select
from sqlmodel import Session, col

from data.collection.codebook import Codebook
from data.filters import selection
from data.filters.filter import Filter
from data.filters.selection import Selection
from data.filters.wording import number_of, of_total
from data.queries.counting import Counts, SetAside
from data.queries.listing import among
from data.sentences import provenance
from data.sentences.caveat_files import shipped
from data.sentences.provenance import count_if
from models import Confidence, Finding, Source

NO_PROOF = "A gap here is a gap in this collection: no finding is not the same as no effect."


def caveats(session: Session, wanted: Filter, codebook: Codebook, counts: Counts, aside: SetAside) -> list[str]:
    """Return the caveats that hold for the filter's findings, each a sentence or two, most important first.

    `counts` and `aside` are the filter's own. What a team states of its own evidence is said of that alone; the rest
    is counted anew from what is in view.
    """
    if not counts.findings:
        return [NO_PROOF]
    chosen = selection.select(session, wanted, codebook)
    first, *others = provenance.said_of(shipped(), provenance.by_coders(session, chosen)) or [""]
    return [
        *filter(None, [first]),
        _about_confidence(session, chosen, counts),
        *_about_sources(session, chosen, counts),
        *_about_places(counts, aside),
        *others,
        NO_PROOF,
    ]


def _are(part: int, total: int, noun: str) -> str:
    return f"{of_total(part, total, noun)} {'is' if part == 1 else 'are'}"


def _about_places(counts: Counts, aside: SetAside) -> list[str]:
    if not aside.without_place:
        return []
    return [f"{_are(aside.without_place, counts.findings, 'finding')} without coordinates, so on no map."]


def _about_confidence(session: Session, chosen: Selection, counts: Counts) -> str:
    query = select(count_if(col(Finding.confidence).in_([Confidence.LOW, Confidence.VERY_LOW])))
    low = session.execute(query.where(among(col(Finding.id), chosen.snapshot.ids[chosen.findings]))).scalar_one()
    return (
        f"{_are(low, counts.findings, 'finding')} of low or very low confidence. Confidence is one coder's "
        "provisional judgement of one finding. This is not GRADE-CERQual, which rates a synthesised finding."
    )


def _about_sources(session: Session, chosen: Selection, counts: Counts) -> list[str]:
    snapshot = chosen.snapshot
    query = select(count_if(col(Source.year).is_(None)))
    no_year = session.execute(query.where(among(col(Source.id), snapshot.source_ids[chosen.sources]))).scalar_one()
    by_study = np.bincount(snapshot.source_study[chosen.sources])
    several = int(by_study[by_study > 1].sum())
    said = [provenance.in_words(provenance.reading(session, chosen))]
    if no_year:
        said.append(f"{of_total(no_year, counts.sources, 'source')} {'carries' if no_year == 1 else 'carry'} no year.")
    if several:
        studies = number_of(counts.studies, "separate study", "separate studies")
        said.append(f"{of_total(several, counts.sources, 'source')} share a study, evaluation or event with another "
                    f"one here, so what is here rests on {studies}.")  # fmt: skip
    return said
