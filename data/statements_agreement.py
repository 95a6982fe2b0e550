"""How far coders agree, in sentences that say their numbers and claim no more."""

import math
from collections.abc import Sequence

import pandas as pd

from data.coders.agreement import FEW, NAMES
from data.coders.differences import Difference
from data.coders.measures import LEVEL, RESAMPLES
from data.coders.rounds import Round
from data.wording import listed, number_of, of_total

RELIABLE, TENTATIVE = 0.8, 0.667
"""What Krippendorff asks of alpha: for conclusions, and at the least for tentative ones (Content Analysis, 2004)."""
FEW_FINDINGS = 30
NOT_RIGHT = "Agreement says how alike coders code, not whether they are right."


def titled(chosen: Sequence[Round]) -> str:
    """Return the titles of codings as a sentence begins with them: "First coding and second coding"."""
    return listed([chosen[0].title, *(one.title[:1].lower() + one.title[1:] for one in chosen[1:])], "and")


def answer(table: pd.DataFrame, chosen: Sequence[Round]) -> str:
    """Say how far codings agree on direction, or on roles, and their alpha on sets of codes."""
    facets = {row["facet"]: row for row in table[table["code"] == ""].to_dict("records")}
    if not facets:
        return f"{titled(chosen)} have no finding here in common"
    said = []
    for facet, what in (("direction", "finding"), ("role", "lever")):
        if facet in facets:
            said.append(_one_code(facets[facet], facet, what))
            break
    sets = [
        f"{facets[facet]['alpha']:.2f} for {NAMES[facet].lower()}"
        for facet in ("theme", "lever")
        if facet in facets and not math.isnan(facets[facet]["alpha"])
    ]
    if sets:
        said.append(f"Krippendorff's alpha is {listed(sets, 'and')}")
    return f"{titled(chosen)} {'; '.join(said)}." if len(said) > 1 or not sets else f"{titled(chosen)}: {said[0]}."


def _one_code(row: dict[str, float], facet: str, what: str) -> str:
    same = round(row["agree"] * row["compared"])
    measure = "kappa" if not math.isnan(row["kappa"]) else "alpha"
    name = "Cohen's kappa" if measure == "kappa" else "Krippendorff's alpha"
    strength = f"; {name} {row[measure]:.2f}" if not math.isnan(row[measure]) else ""
    if measure == "alpha" and strength:
        return f"agree on {facet} in {row['agree']:.0%} of pairs of codes{strength}".replace("%", " %")
    share = f"{row['agree']:.0%}".replace("%", " %")
    return f"give the same {facet} to {of_total(same, int(row['compared']), what)} ({share}{strength})"


def how_sure(table: pd.DataFrame) -> str:
    """Say the interval of each facet's alpha, how it was made, and where there are few findings to go by."""
    rows = table[(table["code"] == "") & table["alpha_low"].notna()]
    if rows.empty:
        return "There is too little here to say how sure these numbers are."
    said = [
        f"{NAMES[row['facet']].lower()} {row['alpha_low']:.2f} to {row['alpha_high']:.2f}"
        for row in rows.to_dict("records")
    ]
    few = int(rows["findings"].min())
    caution = f" With {number_of(few, 'finding')} they are wide and rough." if few < FEW_FINDINGS else ""
    return (
        f"{LEVEL:.0%} intervals of Krippendorff's alpha: {listed(said, 'and')}, from {RESAMPLES:,} resamples of the "
        f"findings.{caution}"
    ).replace("%", " %", 1)


def by_the_rule(table: pd.DataFrame) -> str:
    """Say which facets' alpha meets what Krippendorff asks, and which falls short."""
    rows = table[(table["code"] == "") & table["alpha"].notna()]
    groups: dict[str, list[str]] = {}
    for row in rows.to_dict("records"):
        verdict = (
            "meets it" if row["alpha"] >= RELIABLE else
            "allows tentative conclusions" if row["alpha"] >= TENTATIVE else "falls short of both"
        )  # fmt: skip
        groups.setdefault(verdict, []).append(NAMES[row["facet"]].lower())
    if not groups:
        return NOT_RIGHT
    told = "; ".join(f"{listed(facets, 'and')}: {verdict}" for verdict, facets in groups.items())
    return (
        f"By Krippendorff's rule of thumb, an alpha of {RELIABLE:.2f} and at the least {TENTATIVE:.3f} for tentative "
        f"conclusions, {told}. {NOT_RIGHT}"
    )


def least(table: pd.DataFrame, measure: str, most: int = 3) -> str:
    """Say on which codes coders agree least, of those used often enough to tell, and how many are used too seldom."""
    codes = table[(table["code"] != "") & (table["facet"] != "direction")]
    often = codes[(codes["used"] >= FEW) & codes[measure].notna()].sort_values([measure, "code"])
    seldom = int((codes["used"] < FEW).sum())
    rare = (
        f" {number_of(seldom, 'code')} given to fewer than {FEW} findings {'is' if seldom == 1 else 'are'} left out of "
        "this: one finding would swing the measure."
        if seldom
        else ""
    )
    if often.empty:
        return f"No code was given to {FEW} findings or more here.{rare}"
    told = [
        f"{row['name']} ({row[measure]:.2f}; {row['shared']:.0f} of {number_of(int(row['used']), 'finding')} given it "
        "by all)"
        for row in often.head(most).to_dict("records")
    ]
    return f"Agreed on least: {listed(told, 'and')}.{rare}"


def progress(found: Sequence[Difference]) -> str:
    """Say how many of the findings that codings differ on have been settled here, and how many carry a reason."""
    if not found:
        return "These codings do not differ on any finding of this filter."
    here = sum(one.settled_here for one in found)
    before = sum(bool(one.reasons) and not one.settled_here for one in found)
    came = f"; {before:,} more came with the reason they were settled by" if before else ""
    return f"{of_total(here, len(found), 'differing finding')} settled here{came}."
