"""Where findings come from: who coded them, whether people settled them, and how much of their sources was read."""

from collections.abc import Iterable
from typing import NamedTuple

from sqlalchemy import ColumnElement, case, func, select
from sqlmodel import Session, col

from data.collection.codebook import Codebook
from data.filters import selection
from data.filters.filter import Filter
from data.filters.selection import Selection
from data.filters.wording import number_of, of_total
from data.queries.listing import among
from data.sentences.caveat_files import Caveat, filled, shipped
from models import Finding, Settlement, Source

GLANCES, WHOLE, OPENING = ("abstract", "summary"), "full page", "opening of page"
"""How much of a source a coder read, as files say it."""


class CodedStrand(NamedTuple):
    """How many findings of one strand have these coders and refs, and how many of them people have settled since."""

    strand: str
    coders: str
    series: str
    """What their refs begin with, up to the first hyphen."""
    findings: int
    settled: int


class SourcesRead(NamedTuple):
    """Of how many sources the coders read so much; the others do not say."""

    opening: int
    glances: int
    whole: int
    total: int

    @property
    def unsaid(self) -> int:
        """Return of how many sources it is not said."""
        return self.total - self.opening - self.glances - self.whole


def by_coders(session: Session, chosen: Selection) -> tuple[CodedStrand, ...]:
    """Return a selection's findings counted by strand, coders and the beginning of their refs."""
    series = func.substr(col(Finding.ref), 1, func.instr(col(Finding.ref), "-") - 1)
    query = (
        select(col(Source.strand), col(Finding.coder), series, func.count(), count_if(_settled_by_people()))
        .join(Source, col(Source.id) == col(Finding.source_id))
        .where(among(col(Finding.id), chosen.snapshot.ids[chosen.findings]))
        .group_by(col(Source.strand), col(Finding.coder), series)
    )
    return tuple(CodedStrand(*row) for row in session.execute(query))


def _settled_by_people() -> ColumnElement[bool]:
    return col(Finding.ref).in_(select(col(Settlement.finding)).where(col(Settlement.facet) != ""))


def count_if(condition: ColumnElement[bool]) -> ColumnElement[int]:
    """Return the number of rows that meet a condition."""
    return func.coalesce(func.sum(case((condition, 1), else_=0)), 0)


def reading(session: Session, chosen: Selection) -> SourcesRead:
    """Return how much the coders read of a selection's sources."""
    read, ids = col(Source.read), chosen.snapshot.source_ids[chosen.sources]
    query = select(
        count_if(read == OPENING), count_if(read.in_(GLANCES)), count_if(read == WHOLE), func.count()
    ).where(among(col(Source.id), ids))  # fmt: skip
    return SourcesRead(*session.execute(query).one())


def said_of(caveats: Iterable[Caveat], coded: Iterable[CodedStrand], key: str = "text") -> list[str]:
    """Return what these caveats say that is true of any of these findings, each with how many it speaks of.

    `key` names what is wanted of each: its text, its coding or its licence; one that lacks it says nothing.
    """
    held = tuple(coded)
    total, said = sum(group.findings for group in held), []
    for caveat in caveats:
        own = [group for group in held if _speaks_of(caveat, group)]
        if own and (text := getattr(caveat, key)):
            findings, settled = sum(group.findings for group in own), sum(group.settled for group in own)
            said.append(filled(text, findings, total, _reviewed(findings, settled)))
    return said


def _speaks_of(caveat: Caveat, group: CodedStrand) -> bool:
    return caveat.speaks_of(group.strand, group.coders, group.series)


def coding(session: Session, wanted: Filter, codebook: Codebook) -> list[str]:
    """Return how the filter's findings were coded, a paragraph each, as far as their teams state it."""
    coded = by_coders(session, selection.select(session, wanted, codebook))
    return [paragraph for text in said_of(shipped(), coded, "coding") for paragraph in text.split("\n\n")]


def licences(session: Session, wanted: Filter, codebook: Codebook) -> list[str]:
    """Return under which terms the filter's findings stand, as far as their teams state it."""
    return said_of(shipped(), by_coders(session, selection.select(session, wanted, codebook)), "licence")


def settled_by_people(session: Session) -> frozenset[str]:
    """Return the refs of findings that people have settled in the dashboard."""
    return frozenset(session.execute(select(col(Settlement.finding)).where(col(Settlement.facet) != "")).scalars())


def _reviewed(findings: int, settled: int) -> str:
    if not settled:
        return f"no person has yet reviewed {'it' if findings == 1 else 'them'}"
    if settled == findings:
        return f"a person has since settled {'it' if findings == 1 else 'all of them'}"
    return f"a person has since settled {settled:,} of them, and none has yet reviewed the others"


def line(session: Session, wanted: Filter, codebook: Codebook) -> str:
    """Say in one line who coded the filter's findings, whether people reviewed that, and how much was read.

    Such as "Coded by language models, reviewed by no person; the full page was read of 15 of 461 sources."; who coded
    is said of those findings alone whose team states it.
    """
    chosen = selection.select(session, wanted, codebook)
    coded, read = by_coders(session, chosen), reading(session, chosen)
    parts = [*_coded_in_short(shipped(), coded), _read_in_short(read)]
    sentence = "; ".join(filter(None, parts))
    return f"{sentence[:1].upper()}{sentence[1:]}." if sentence else ""


def _coded_in_short(caveats: Iterable[Caveat], coded: tuple[CodedStrand, ...]) -> list[str]:
    total, said = sum(group.findings for group in coded), []
    for caveat in caveats:
        own = [group for group in coded if caveat.in_short and _speaks_of(caveat, group)]
        findings, settled = sum(group.findings for group in own), sum(group.settled for group in own)
        if not findings:
            continue
        part = "" if findings == total else f"{of_total(findings, total, 'finding')} "
        since = "reviewed by no person" if not settled else f"{settled:,} since settled by people"
        since = "since settled by people" if settled == findings else since
        said.append(f"{part}{caveat.in_short}, {since}")
    return said


def _read_in_short(read: SourcesRead) -> str:
    if not read.total:
        return ""
    if read.unsaid == read.total:
        return f"how much of {'its source' if read.total == 1 else 'their sources'} was read is not said"
    if read.total == 1:
        part = (
            "the full page" if read.whole else "an abstract or summary" if read.glances else "the opening of the page"
        )
        return f"of the one source {part} was read"
    return f"the full page was read of {of_total(read.whole, read.total, 'source')}"


def of_finding(row: dict[str, object], settled: bool) -> str:
    """Say the same of one finding, a row of `listing.findings`, such as a card says it."""
    read, (series, hyphen, _) = str(row["read"]), str(row["finding_id"]).partition("-")
    coded = CodedStrand(str(row["strand"]), str(row["coder"]), series if hyphen else "", 1, int(settled))
    said = _coded_in_short(shipped(), (coded,))
    sentence = "; ".join([*said, f"read: {read}" if read else "how much was read is not said"])
    return f"{sentence[:1].upper()}{sentence[1:]}."


def in_words(read: SourcesRead) -> str:
    """Say how much the coders read of how many sources; nothing where none of them says."""
    if read.unsaid == read.total:
        return (
            f"Of {number_of(read.total, 'source')} it is not said how much of it the coders read." if read.total else ""
        )
    rest = f", and of {read.unsaid:,} it is not said" if read.unsaid else ""
    return (
        f"The coders read the opening of the page of {of_total(read.opening, read.total, 'source')}, an abstract or "
        f"summary of {read.glances:,}, the full page of {read.whole:,}{rest}."
    )
