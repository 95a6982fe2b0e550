"""Sentences of numbers: what a view says, computed from its evidence, claiming no more than that."""

from collections.abc import Sequence

import pandas as pd

from data.collection.codebook import Codebook
from data.filters.filter import Filter
from data.filters.wording import listed, number_of, of_total, region_phrase
from data.queries import voting_rule
from data.queries.counting import Counts, SetAside
from data.queries.votes import HARMED, SIDES, Balance, Votes, balance
from models import Role

MINUS_SURE = ("low", "very low")
NO_VOTES = Votes(0, 0, 0)
EVERYTHING = Filter()
FEW_FINDINGS = 5
"""Up to so many findings are shown one by one: ratios of so few would say more than they can bear."""
EFFECT_WORDS = {"strengthened": "strengthening", "impeded": "impeding", "mixed": "a mix"}
HOPED = {side: "impeded" if roles == HARMED else "strengthened" for side, roles in SIDES.items()}
"""The direction that is counted on each side of a lever: where it was gone, the harm that its absence did."""


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


def sides_in(wanted: Filter) -> dict[str, str]:
    """Return the sides of a lever that a filter's roles leave in, each as it is named where they take part of it.

    Such as {"applied": "applied", "withdrawn or lacking": "withdrawn"}; a filter without roles leaves both whole.
    """
    named = {
        side: " or ".join(role for role in roles if not wanted.role or role in wanted.role)
        for side, roles in SIDES.items()
    }
    return {side: name for side, name in named.items() if name}


def both_sides(
    sides: pd.DataFrame, code: str = "", where: str = "", subject: str = "", wanted: Filter = EVERYTHING
) -> str:
    """Say how many studies report strengthening where a lever was applied, impeding where withdrawn or lacking.

    Such as "Where applied, 34 of 52 studies report strengthening; where withdrawn or lacking, 28 of 31 report
    impeding." `subject` goes between "where" and "applied", such as "policy levers were". A side that the filter's
    roles leave out is not spoken of: that no study is there is the filter's doing.
    """
    votes = votes_by_side(sides)
    said: list[str] = []
    for side, name in sides_in(wanted).items():
        opened = f"where {subject} {name}" if subject and not said else f"where {name}"
        said.append(
            _side(votes.get((code, side, where), NO_VOTES), side, opened, any(" studies report" in one for one in said))
        )
    if not said:
        return "What is only proposed has no vote."
    sentence = "; ".join(said)
    return f"{sentence[0].upper()}{sentence[1:]}."


def _side(votes: Votes, side: str, opened: str, noun_said: bool) -> str:
    """Return what studies report on one side: how many strengthening where applied, impeding where it was not."""
    if not votes.total:
        return f"no study here reports an effect {opened}"
    if votes.total == 1:
        return f"{opened}, the one study reports {_effect(votes)}"
    word = HOPED[side]
    part = getattr(votes, word)
    noun = "" if noun_said else " studies"
    return f"{opened}, {part:,} of {votes.total:,}{noun} {_report(part)} {EFFECT_WORDS[word]}"


def _effect(votes: Votes) -> str:
    """Return what the one study of a vote reports."""
    return next(EFFECT_WORDS[word] for word, number in votes._asdict().items() if number)


def levers_in_words(sides: pd.DataFrame, codes: Sequence[str], wanted: Filter = EVERYTHING) -> str:
    """Say on how many of these levers more studies report strengthening than impeding where applied, and the reverse.

    A lever with no voting study on a side is left out of that side's count, a side that the filter's roles leave out
    is not spoken of.
    """
    votes = votes_by_side(sides)
    said = []
    for side, name in sides_in(wanted).items():
        found = [vote for code in codes if (vote := votes.get((code, side, ""), NO_VOTES)).total]
        if found:
            up = HOPED[side] == "strengthened"
            more = sum(vote.strengthened > vote.impeded if up else vote.impeded > vote.strengthened for vote in found)
            leads = "strengthening outnumbers impeding" if up else "impeding outnumbers strengthening"
            said.append(f"where {name}, {leads} for {of_total(more, len(found), 'lever')}")
    sentence = "; ".join(said) or "no study here reports an effect of these levers"
    return sentence[0].upper() + sentence[1:]


def _report(number: int) -> str:
    return "reports" if number == 1 else "report"


def how_much(counts: Counts) -> str:
    """Say how much evidence there is: findings, sources and studies, always together."""
    return (
        f"{number_of(counts.findings, 'finding')} from {number_of(counts.sources, 'source')}, "
        f"reporting {number_of(counts.studies, 'separate study', 'separate studies')}."
    )


def few(counts: Counts) -> bool:
    """Tell whether there are so few findings that they are shown one by one, and no ratio of them is told."""
    return 0 < counts.findings <= FEW_FINDINGS


def one_by_one(counts: Counts) -> str:
    """Say how few findings there are; they stand beneath."""
    return f"{number_of(counts.findings, 'finding')} from {number_of(counts.sources, 'source')}, shown here one by one."


def how_sure(confidence: pd.DataFrame) -> str:
    """Say how many findings are of low or very low confidence, from a tally by confidence."""
    total = int(confidence["findings"].sum())
    low = int(confidence.loc[confidence["code"].isin(MINUS_SURE), "findings"].sum())
    if not total:
        return ""
    if total == 1:
        return f"The one finding is of {'low or very low' if low else 'high or moderate'} confidence."
    if low in (0, total):
        return f"All {total:,} findings are of {'low or very low' if low else 'high or moderate'} confidence."
    verb = "is" if low == 1 else "are"
    return f"{of_total(low, total, 'finding')} ({round(100 * low / total)} %) {verb} of low or very low confidence."


def direction_of(votes: Votes) -> str:
    """Say how studies vote: strengthened, mixed and impeded, of those that report an effect."""
    if not votes.total:
        return "No study here reports an effect."
    if votes.total == 1:
        return f"The one study that reports an effect reports {_effect(votes)}."
    return (
        f"Of {number_of(votes.total, 'study')} that report an effect, "
        f"{votes.strengthened:,} {_report(votes.strengthened)} strengthening, {votes.impeded:,} impeding and "
        f"{votes.mixed:,} a mix."
    )


def vote_of(vote: str, directions: Sequence[str]) -> str:
    """Say how a study comes to its vote, from the directions of its findings; nothing where none claims an effect."""
    claims = [direction for direction in directions if direction in EFFECT_WORDS]
    if not vote:
        return ""
    if len(claims) == 1:
        return "by its one finding here that claims an effect"
    its = f"its {number_of(len(claims), 'finding')} here that claim an effect"
    if vote == "mixed":
        return voting_rule.of_mixed_vote(its)
    number = claims.count(vote)
    return f"by all {its}" if number == len(claims) else f"by {number:,} of {its}"


def share_of(votes: Votes) -> str:
    """Say the share strengthened among studies that take a side, its interval, and the sign test with its caution."""
    found = balance(votes)
    directed = votes.strengthened + votes.impeded
    if found is None:
        return "No study takes a side, so no share is given."
    if directed == 1:
        return f"The one study that took a side reports {_effect(votes._replace(mixed=0))}: too little for a share."
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


def why_numbers_differ(wanted: Filter) -> str:
    """Say why a study stands in several of a page's numbers, and why they have different totals."""
    one = (
        "where a lever was in the chosen roles"
        if wanted.role
        else "where a lever was applied, or was withdrawn or lacking"
    )
    return (
        "These numbers have different totals, and all are right: each study votes once over all its findings here, "
        f"and once over those alone that tell {one}."
    )


def why_parts_differ(whole: str) -> str:
    """Say why the numbers of a lever's parts, beside that of the whole, are others, and need not add up to it."""
    return (
        f"These bars are the parts of {whole}. A study votes once on the whole, over all its findings there, and once "
        "on each part that it tells of: the numbers differ, all are right, and the parts may add up to more or less."
    )


def nearby(wanted: Filter, aside: SetAside, codebook: Codebook) -> list[str]:
    """Say what the filter does to its own shares, and which findings stand just outside it."""
    said = []
    if wanted.direction:
        said.append("This view chooses findings by their direction, so its shares show that choice, not the evidence.")
    if wanted.role:
        said.append(_roles_left_out(wanted))
    if aside.wider:
        around = dict.fromkeys(wider for code in wanted.region for wider in codebook.ancestors("region", code))
        whole = listed(f"all of {region_phrase(codebook, code)}" for code in around)
        verb = "is" if aside.wider == 1 else "are"
        said.append(f"{number_of(aside.wider, 'more finding')} {verb} about {whole}.")
    if aside.without_year:
        verb = "is" if aside.without_year == 1 else "are"
        said.append(f"{number_of(aside.without_year, 'finding')} {verb} left out because the source shows no year.")
    if aside.coarse:
        finding, its, place = ("finding", "its", "place") if aside.coarse == 1 else ("findings", "their", "places")
        said.append(
            f"{aside.coarse:,} {finding} here {'is' if aside.coarse == 1 else 'are'} not public: in place of {its} "
            f"{place} stands {its} region, on maps and in files with its centre."
        )
    return said


def _roles_left_out(wanted: Filter) -> str:
    """Say which roles of policy levers a filter by role leaves out, so that none is taken for missing."""
    left = listed((role for role in map(str, Role) if role not in wanted.role), "and")
    if not left:
        return "This view chooses findings that name a policy lever in any role."
    return f"This view chooses policy levers by their role: what is told of them as {left} is left out, not missing."


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


def told_most(table: pd.DataFrame, noun: str, place: str = "") -> str:
    """Say which entries of a tally hold most findings, as a headline: "Told most in the community strand are ..."."""
    number = int((table["findings"] > 0).sum())
    if not number:
        return f"No {noun} is coded here."
    return f"Told most{f' {place}' if place else ''} {'is' if number == 1 else 'are'} {most_told(table, noun)}."


def top_of(table: pd.DataFrame, most: int = 3) -> pd.DataFrame:
    """Return the entries of a tally that hold most findings, in the order in which they are told."""
    return table[table["findings"] > 0].nlargest(most, "findings", keep="first")


def most_told(table: pd.DataFrame, noun: str, most: int = 3) -> str:
    """Say which entries of a tally hold most findings, with their counts of findings and studies."""
    top = top_of(table, most)
    if top.empty:
        return f"no {noun} is coded here"
    return listed(
        (f"{row.name_} ({number_of(row.findings, 'finding')}, {number_of(row.studies, 'study')})"
         for row in top.rename(columns={"name": "name_"}).itertuples()),
        "and",
    )  # fmt: skip
