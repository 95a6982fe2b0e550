"""Sentences of numbers: what a view says, computed from its evidence, claiming no more than that."""

from collections.abc import Sequence

import pandas as pd

from data.codebook import Codebook
from data.filters import Filter
from data.queries.counting import Counts, SetAside
from data.synthesis import Balance, Votes, balance
from data.wording import listed, number_of, of_total, region_phrase

MINUS_SURE = ("low", "very low")
NO_VOTES = Votes(0, 0, 0)


def votes_by_side(sides: pd.DataFrame) -> dict[tuple[str, str, str], Votes]:
    """Return how studies vote by lever, side and place, from a `sides_of_levers` table; the empty code is any lever."""
    columns = ("code", "side", "where", *Votes._fields)
    return {
        (code, side, where): Votes(*votes)
        for code, side, where, *votes in zip(*(sides[column].tolist() for column in columns), strict=True)
    }


def side_votes(sides: pd.DataFrame, code: str, side: str, where: str = "") -> Votes:
    """Return how studies vote on one lever on one side, from a `sides_of_levers` table; the empty code is any lever."""
    return votes_by_side(sides).get((code, side, where), NO_VOTES)


def both_sides(sides: pd.DataFrame, code: str = "", where: str = "", subject: str = "") -> str:
    """Say how many studies report strengthening where a lever was applied, impeding where withdrawn or lacking.

    Such as "Where applied, 34 of 52 studies report strengthening; where withdrawn or lacking, 28 of 31 report
    impeding." `subject` goes between "where" and "applied", such as "policy levers were".
    """
    opened = f"Where {subject}".rstrip()
    votes = votes_by_side(sides)
    applied, gone = (votes.get((code, side, where), NO_VOTES) for side in ("applied", "withdrawn or lacking"))
    first = (
        f"{opened} applied, {of_total(applied.strengthened, applied.total, 'study')} "
        f"{_report(applied.strengthened)} strengthening"
        if applied.total
        else "No study here reports an effect where applied"
    )
    second = (
        f"where withdrawn or lacking, {_part(gone.impeded, gone.total, bool(applied.total))} "
        f"{_report(gone.impeded)} impeding"
        if gone.total
        else "no study here reports an effect where withdrawn or lacking"
    )
    return f"{first}; {second}."


def levers_in_words(sides: pd.DataFrame, codes: Sequence[str]) -> str:
    """Say on how many of these levers more studies report strengthening than impeding where applied, and the reverse.

    A lever with no voting study on a side is left out of that side's count.
    """
    votes = votes_by_side(sides)
    first, second = (
        [found for code in codes if (found := votes.get((code, side, ""), NO_VOTES)).total]
        for side in ("applied", "withdrawn or lacking")
    )
    said = []
    if first:
        more = sum(found.strengthened > found.impeded for found in first)
        said.append(f"where applied, strengthening outnumbers impeding for {of_total(more, len(first), 'lever')}")
    if second:
        more = sum(found.impeded > found.strengthened for found in second)
        said.append(
            f"where withdrawn or lacking, impeding outnumbers strengthening for {of_total(more, len(second), 'lever')}"
        )
    sentence = "; ".join(said) or "no study here reports an effect of these levers"
    return sentence[0].upper() + sentence[1:]


def _report(number: int) -> str:
    return "reports" if number == 1 else "report"


def _part(part: int, total: int, noun_said: bool) -> str:
    return f"{part:,} of {total:,}" if noun_said else of_total(part, total, "study")


def how_much(counts: Counts) -> str:
    """Say how much evidence there is: findings, sources and studies, always together."""
    return (
        f"{number_of(counts.findings, 'finding')} from {number_of(counts.sources, 'source')}, "
        f"reporting {number_of(counts.studies, 'separate study', 'separate studies')}."
    )


def how_sure(confidence: pd.DataFrame) -> str:
    """Say how many findings are of low or very low confidence, from a tally by confidence."""
    total = int(confidence["findings"].sum())
    low = int(confidence.loc[confidence["code"].isin(MINUS_SURE), "findings"].sum())
    if not total:
        return ""
    if total == 1:
        return f"The one finding is of {'low or very low' if low else 'high or moderate'} confidence."
    verb = "is" if low == 1 else "are"
    return f"{of_total(low, total, 'finding')} ({round(100 * low / total)} %) {verb} of low or very low confidence."


def direction_of(votes: Votes, subject: str = "studies") -> str:
    """Say how studies vote: strengthened, mixed and impeded, of those that report an effect."""
    if not votes.total:
        return "No study here reports an effect."
    return (
        f"Of {number_of(votes.total, 'study')} that {'reports' if votes.total == 1 else 'report'} an effect, "
        f"{votes.strengthened:,} {_report(votes.strengthened)} strengthening, {votes.impeded:,} impeding and "
        f"{votes.mixed:,} a mix."
    )


def share_of(votes: Votes) -> str:
    """Say the share strengthened among studies that take a side, its interval, and the sign test with its caution."""
    found = balance(votes)
    directed = votes.strengthened + votes.impeded
    if found is None:
        return "No study takes a side, so no share is given."
    sentence = (
        f"Of the {number_of(directed, 'study')} that took a side, {votes.strengthened:,} "
        f"({_percent(found.share)}) {_report(votes.strengthened)} strengthening; 95 % Wilson interval "
        f"{_percent(found.low)} to {_percent(found.high)}; two-sided sign test {_p_value(found)}."
    )
    return sentence + (" Fewer than ten studies: read the test with caution." if found.few else "")


def _percent(share: float) -> str:
    return f"{100 * share:.0f} %"


def _p_value(found: Balance) -> str:
    return "p < 0.001" if found.p < 0.001 else f"p = {found.p:.3f}" if found.p < 0.1 else f"p = {found.p:.2f}"


def nearby(wanted: Filter, aside: SetAside, codebook: Codebook) -> list[str]:
    """Say what the filter does to its own shares, and which findings stand just outside it."""
    said = []
    if wanted.direction:
        said.append("This view chooses findings by their direction, so its shares show that choice, not the evidence.")
    if aside.wider:
        around = dict.fromkeys(wider for code in wanted.region for wider in codebook.ancestors("region", code))
        whole = listed(f"all of {region_phrase(codebook, code)}" for code in around)
        verb = "is" if aside.wider == 1 else "are"
        said.append(f"{number_of(aside.wider, 'more finding')} {verb} about {whole}.")
    if aside.without_year:
        verb = "is" if aside.without_year == 1 else "are"
        said.append(f"{number_of(aside.without_year, 'finding')} {verb} left out because the source shows no year.")
    if aside.coarse:
        finding, its, point = ("finding", "its", "point") if aside.coarse == 1 else ("findings", "their", "points")
        said.append(
            f"{aside.coarse:,} {finding} here {'is' if aside.coarse == 1 else 'are'} not public: {its} {point} on maps "
            f"and in files {'is' if aside.coarse == 1 else 'are'} the centre of {its} region."
        )
    return said


def withheld(number: int) -> str:
    """Say how many findings of the collection are left out because fewer people may see them; nothing where none is."""
    if not number:
        return ""
    verb, they = ("is", "it is") if number == 1 else ("are", "they are")
    return (
        f"{number_of(number, 'finding')} of the whole collection {verb} withheld here, because {they} open to fewer "
        "people. The number does not depend on the filter."
    )


def without_place(counts: Counts, aside: SetAside) -> str:
    """Say how many findings of the filter are on no map."""
    if not aside.without_place:
        return "Every finding here names a place."
    verb = "names" if aside.without_place == 1 else "name"
    return f"{of_total(aside.without_place, counts.findings, 'finding')} here {verb} no place, so no point shows them."


def most_told(table: pd.DataFrame, noun: str, most: int = 3) -> str:
    """Say which entries of a tally hold most findings, with their counts of findings and studies."""
    top = table[table["findings"] > 0].nlargest(most, "findings", keep="first")
    if top.empty:
        return f"no {noun} is coded here"
    return listed(
        (f"{row.name_} ({number_of(row.findings, 'finding')}, {number_of(row.studies, 'study')})"
         for row in top.rename(columns={"name": "name_"}).itertuples()),
        "and",
    )  # fmt: skip
