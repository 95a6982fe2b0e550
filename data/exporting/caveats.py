"""What a reader of the evidence must be told before using it, with the numbers of the evidence at hand."""

import numpy as np
from sqlalchemy import ColumnElement, case, func, or_, select
from sqlmodel import Session, col

from data import selection
from data.codebook import Codebook
from data.filters import Filter
from data.queries.counting import Counts, SetAside
from data.queries.links import findings_by_code
from data.queries.listing import among
from data.selection import Selection
from data.wording import number_of, of_total
from models import Confidence, Finding, Settlement, Source, StrandCode

UNREVIEWED_CODER = "C[1-7]"
"""The coder marks of the shipped evidence, as an SQLite pattern; README.md beside it says who they are."""
GLANCES, WHOLE = ("abstract", "summary"), "full page"
OPENING = "opening of page"


def caveats(session: Session, wanted: Filter, codebook: Codebook, counts: Counts, aside: SetAside) -> list[str]:
    """Return the caveats that hold for the filter's findings, each a sentence or two, most important first.

    `counts` and `aside` are the filter's own. The words follow data/strands/README.md, its numbers counted anew.
    """
    if not counts.findings:
        return [PURPOSIVE]
    chosen = selection.select(session, wanted, codebook)
    return [
        *_about_coding(session, chosen, counts),
        *_about_sources(session, chosen, counts),
        *_about_places(counts, aside),
        *_about_strands(chosen),
        PURPOSIVE,
    ]


PURPOSIVE = (
    "This is a purposive collection, not a systematic search: a gap in it is a gap in the collection, and no finding "
    "is not the same as no effect. The programme's own field notes and the case studies of its international review "
    "are not among its sources."
)


def _are(part: int, total: int, noun: str) -> str:
    return f"{of_total(part, total, noun)} {'is' if part == 1 else 'are'}"


def _about_places(counts: Counts, aside: SetAside) -> list[str]:
    if not aside.without_place:
        return []
    return [f"{_are(aside.without_place, counts.findings, 'finding')} without coordinates, so on no map."]


def _about_coding(session: Session, chosen: Selection, counts: Counts) -> list[str]:
    coder = col(Finding.coder)
    unreviewed = or_(coder.op("GLOB")(UNREVIEWED_CODER), coder.op("GLOB")(f"{UNREVIEWED_CODER};{UNREVIEWED_CODER}"))
    by_hand = col(Finding.ref).in_(select(col(Settlement.finding)).where(col(Settlement.facet) != ""))
    query = select(
        count_if(unreviewed),
        count_if(unreviewed & by_hand),
        count_if(col(Finding.confidence).in_([Confidence.LOW, Confidence.VERY_LOW])),
    ).where(among(col(Finding.id), chosen.snapshot.ids[chosen.findings]))
    unreviewed_findings, settled, low = session.execute(query).one()
    said = [
        f"{_are(low, counts.findings, 'finding')} of low or very low confidence. Confidence is one coder's "
        "provisional judgement of one finding. This is not GRADE-CERQual, which rates a synthesised finding."
    ]
    if unreviewed_findings:
        since = f"a person has since settled {settled:,} of them, and none has yet reviewed the others"
        reviewed = since if settled else "no person has yet reviewed them"
        said.insert(0, f"{of_total(unreviewed_findings, counts.findings, 'finding')} (coders C1 to C7) "
                       f"{'was' if unreviewed_findings == 1 else 'were'} coded, coded a second time and settled by "
                       "language models from the text of each page; " + f"{reviewed}.")  # fmt: skip
        said.append("Agreement between the first two codings was only fair on policy levers, and good after the "
                    "definitions were sharpened; counts by lever are approximate all the same.")  # fmt: skip
    return said


def _about_sources(session: Session, chosen: Selection, counts: Counts) -> list[str]:
    snapshot = chosen.snapshot
    held = among(col(Source.id), snapshot.source_ids[chosen.sources])
    read = col(Source.read)
    opening, glances, whole, no_year = session.execute(
        select(count_if(read == OPENING), count_if(read.in_(GLANCES)), count_if(read == WHOLE),
               count_if(col(Source.year).is_(None))).where(held)
    ).one()  # fmt: skip
    by_study = np.bincount(snapshot.source_study[chosen.sources])
    several = int(by_study[by_study > 1].sum())
    said = [
        f"The coders read the opening of the page of {of_total(opening, counts.sources, 'source')}, an abstract or "
        f"summary of {glances:,}, the full page of {whole:,}: seldom the whole report.",
        f"{of_total(no_year, counts.sources, 'source')} {'carries' if no_year == 1 else 'carry'} no year. Years and "
        "authors are missing where the text seen did not show them; titles in square brackets are descriptive; most "
        "accents are left off.",
    ]
    if several:
        studies = number_of(counts.studies, "separate study", "separate studies")
        said.append(f"{of_total(several, counts.sources, 'source')} share a study, evaluation or event with another "
                    f"one here, so what is here rests on {studies}. Some of these links are judgements.")  # fmt: skip
    return said


def _about_strands(chosen: Selection) -> list[str]:
    links = chosen.snapshot.links["strand"]
    findings = dict(zip(links.codes, findings_by_code(chosen, links).tolist(), strict=True))
    said = []
    if number := findings.get(StrandCode.COMMUNITY):
        said.append(f"Many sources of the community strand ({number_of(number, 'finding')} here) are funders, "
                    "advocates or local press, so “strengthened” is probably inflated in it.")  # fmt: skip
    if number := findings.get(StrandCode.ROUNDTABLE):
        said.append(f"What the roundtable strand holds ({number_of(number, 'finding')} here) is mostly opinion.")
    return said


def count_if(condition: ColumnElement[bool]) -> ColumnElement[int]:
    """Return the number of rows that meet a condition."""
    return func.coalesce(func.sum(case((condition, 1), else_=0)), 0)
