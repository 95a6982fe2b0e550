"""How far coders agree, in sentences that say their numbers and claim no more."""

import math
from collections.abc import Sequence
from typing import Any

import pandas as pd

from data.coders.agreement_table import FEW, NAMES
from data.coders.coding_differences import CodingDifference
from data.coders.measures import LEVEL, MOST_SETS, resamples
from data.coders.rounds import Round
from data.filters.wording import listed, number_of, of_total
from data.sentences import on_votes

RELIABLE, TENTATIVE = 0.8, 0.667
"""What Krippendorff asks of alpha: for conclusions, and at the least for tentative ones (Content Analysis, 2004)."""
VERDICTS = (("falls short of both", "fall short of both"), ("allows tentative conclusions",
            "allow tentative conclusions"), ("meets it", "meet it"))  # fmt: skip
"""What is said of a facet, and of several, by how many of the two bounds its alpha reaches."""
FEW_FINDINGS = 30
UNITS = {"direction": "finding", "role": "lever"}
"""The facets of one code a thing, and what the thing is."""
NOT_RIGHT = "Agreement says how alike coders code, not whether they are right."


def titled(chosen: Sequence[Round]) -> str:
    """Return the titles of codings as a sentence begins with them: "First coding and second coding"."""
    return listed([chosen[0].title, *(one.title[:1].lower() + one.title[1:] for one in chosen[1:])], "and")


def answer(table: pd.DataFrame, chosen: Sequence[Round]) -> str:
    """Say how far codings agree in numbers that need no statistic: the same direction or role, and codes in common.

    Of one to five findings no share is told.
    """
    facets = {row["facet"]: row for row in table[table["code"] == ""].to_dict("records")}
    if not facets:
        return f"{titled(chosen)} have no finding here in common."
    two = len(chosen) == 2
    findings = int(max(row["findings"] for row in facets.values()))
    if findings <= on_votes.FEW_FINDINGS:
        return _few(facets, titled(chosen), findings, two)
    same = [_same(facets[facet], facet, two) for facet in UNITS if facet in facets]
    shared = [f"{_share(row['overlap'])} of {NAMES[facet].lower()}" for facet, row in facets.items()
              if facet not in UNITS and not math.isnan(row["overlap"])]  # fmt: skip
    by = "both" if two else "any two of them"
    told = [*same, f"on average {by} give {listed(shared, 'and')} that either gives"] if shared else same
    return f"{titled(chosen)} {'; '.join(told)}." if same else f"{titled(chosen)}: {'; '.join(told)}."


def _few(facets: dict[str, dict[str, Any]], codings: str, findings: int, two: bool) -> str:
    """Say of few findings how many were coded alike, without a share that one of them would swing."""
    same = [f"give the same {facet} to {_alike(facets[facet], facet)}" for facet in UNITS if facet in facets]
    told = "; ".join(same) if two and same else f"have {number_of(findings, 'finding')} here in common"
    return f"{codings} {told}: too few for shares."


def _same(row: dict[str, float], facet: str, two: bool) -> str:
    if not two:
        return f"agree on {facet} in {_share(row['agree'])} of comparisons"
    return f"give the same {facet} to {_alike(row, facet)} ({_share(row['agree'])})"


def _alike(row: dict[str, float], facet: str) -> str:
    return of_total(round(row["agree"] * row["compared"]), int(row["compared"]), UNITS[facet])


def _share(share: float) -> str:
    return f"{share:.0%}".replace("%", " %")


def beyond_chance(table: pd.DataFrame) -> str:
    """Say how far codings agree beyond chance, by facet: Cohen's kappa of two codings, and Krippendorff's alpha.

    Of one to five findings neither is told.
    """
    rows = table[(table["code"] == "") & (table["findings"] > on_votes.FEW_FINDINGS)].to_dict("records")
    said = [
        f"{name} is {listed(told, 'and')}"
        for name, measure in (("Cohen's kappa", "kappa"), ("Krippendorff's alpha", "alpha"))
        if (told := _each(rows, measure))
    ]
    return f"Beyond chance: {'; '.join(said)}." if said else "How far they agree beyond chance cannot be told here."


def most_and_least(table: pd.DataFrame) -> str:
    """Say on which facet codings agree most beyond chance, and on which least, without a statistic's name."""
    rows = table[(table["code"] == "") & table["alpha"].notna()].sort_values("alpha")
    if len(rows) < 2 or rows["alpha"].iloc[0] == rows["alpha"].iloc[-1]:
        return "How far coders agree beyond chance, by facet"
    least, most = (NAMES[rows["facet"].iloc[place]].lower() for place in (0, -1))
    return f"Beyond chance, coders agree most on {most} and least on {least}"


def _each(rows: Sequence[dict[str, Any]], measure: str) -> list[str]:
    """Return a measure of each facet that has it."""
    return [f"{row[measure]:.2f} for {NAMES[row['facet']].lower()}" for row in rows if not math.isnan(row[measure])]


def how_sure(table: pd.DataFrame) -> str:
    """Say the interval of each facet's alpha, how it was made, and where there are few findings to go by."""
    rows = table[(table["code"] == "") & table["alpha_low"].notna()]
    if rows.empty:
        return "There is too little here to say how sure these numbers are."
    said = [
        f"{NAMES[row['facet']].lower()} {row['alpha_low']:.2f} to {row['alpha_high']:.2f}"
        for row in rows.to_dict("records")
    ]
    few, most = int(rows["findings"].min()), int(rows["findings"].max())
    caution = f" With {number_of(few, 'finding')} they are wide and rough." if few < FEW_FINDINGS else ""
    return (
        f"{LEVEL:.0%} intervals of Krippendorff's alpha: {listed(said, 'and')}, from {resamples(most):,} "
        f"resamples of the findings.{caution}"
    ).replace("%", " %", 1)


def unreckoned(table: pd.DataFrame) -> str:
    """Say where the alpha of sets of codes is left out because too many different ones were given."""
    rows = table[(table["code"] == "") & table["overlap"].notna() & table["alpha"].isna()]
    if rows.empty or int(rows["findings"].max()) < MOST_SETS / 2:
        return ""
    facets = listed((NAMES[facet].lower() for facet in rows["facet"]), "and")
    return f"Alpha is not reckoned for {facets}: more than {MOST_SETS:,} different sets of codes were given."


def by_the_rule(table: pd.DataFrame) -> str:
    """Say which facets' alpha meets what Krippendorff asks, and which falls short."""
    rows = table[(table["code"] == "") & table["alpha_low"].notna()]
    groups: dict[int, list[str]] = {}
    for row in rows.to_dict("records"):
        groups.setdefault(sum(row["alpha"] >= bound for bound in (TENTATIVE, RELIABLE)), []).append(row["facet"])
    if not groups:
        return "There is no alpha to hold against a rule here."
    told = "; ".join(
        f"{listed((NAMES[facet].lower() for facet in facets), 'and')} {VERDICTS[met][_plural(facets)]}"
        for met, facets in sorted(groups.items(), reverse=True)
    )
    return (
        f"By Krippendorff's rule of thumb, an alpha of {RELIABLE:.2f}, or at the least {TENTATIVE:.3f} for tentative "
        f"conclusions, {told}."
    )


def _plural(facets: Sequence[str]) -> bool:
    return len(facets) > 1 or facets[0] in ("theme", "lever")


def least(table: pd.DataFrame, facet: str, measure: str, most: int = 3) -> str:
    """Say on which codes of a facet coders agree least, of those used often enough to tell, and how many are not."""
    codes = table[(table["code"] != "") & (table["facet"] == facet)]
    often = codes[(codes["used"] >= FEW) & codes[measure].notna()].sort_values([measure, "code"])
    seldom = int((codes["used"] < FEW).sum())
    rare = f" Left out: {number_of(seldom, 'code')} given to fewer than {FEW} findings, where one would swing it."
    rare = rare if seldom else ""
    if often.empty:
        return f"No code was given to {FEW} findings or more here.{rare}"
    named = [
        f"{row['name']} ({row[measure]:.2f}; of {number_of(int(row['used']), 'finding')} that any coder gave it, "
        f"{row['shared']:.0f} by all)"
        for row in often.head(most).to_dict("records")
    ]
    return f"Agreed on least: {listed(named, 'and')}.{rare}"


def progress(found: Sequence[CodingDifference]) -> str:
    """Say how many of the findings that codings differ on have been settled here, and how many carry a reason."""
    if not found:
        return "These codings do not differ on any finding of this filter."
    here = sum(one.settled_here for one in found)
    before = sum(bool(one.reasons) and not one.settled_here for one in found)
    came = f"; {before:,} more came with the reason they were settled by" if before else ""
    return f"{of_total(here, len(found), 'differing finding')} settled here{came}."
