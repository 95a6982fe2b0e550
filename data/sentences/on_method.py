"""What the method page says: how far coders agree in words, and the nine items of SWiM for this collection."""

import math
from collections.abc import Sequence

import pandas as pd

from data.collection import clock
from data.curating.visible_loads import LoadTold
from data.filters.wording import number_of
from data.queries import voting_rule
from data.queries.votes import FEW_STUDIES

TOLD = {"agree": "{:.0%} agree", "kappa": "Cohen's kappa {:.2f}", "overlap": "sets overlap {:.2f} (Jaccard)"}


def answer(agreement: pd.DataFrame) -> str:
    """Say in how many findings two blind codings gave the same direction."""
    told = alike(agreement)
    if told is None:
        return "How far coders agree is not known for this collection"
    same, findings = told
    return (
        f"Two blind codings gave the same direction to {same:,} of {number_of(findings, 'finding')} "
        f"({same / findings:.0%})"
    ).replace("%", " %")


def alike(agreement: pd.DataFrame) -> tuple[int, int] | None:
    """Return to how many findings two blind codings gave the same direction, and how many both coded."""
    row = agreement[agreement["measure"] == "Direction"].head(1)
    if row.empty:
        return None
    first = row.iloc[0]
    return round(first["agree"] * first["findings"]), int(first["findings"])


def agreed(agreement: pd.DataFrame) -> list[str]:
    """Return a sentence for each comparison of two codings: how far they agree on each dimension."""
    said = []
    for what, rows in agreement.groupby("what", sort=False):
        parts = [_agreed(row) for row in rows.to_dict("records")]
        said.append(f"{what}, {number_of(int(rows['findings'].max()), 'finding')}: {'; '.join(parts)}.")
    return said


def _agreed(row: dict[str, float]) -> str:
    told = [words.format(row[key]) for key, words in TOLD.items() if not math.isnan(row[key] or math.nan)]
    things = f"{number_of(int(row['compared']), 'lever')} in {number_of(int(row['findings']), 'finding')}, "
    things = things if row["compared"] != row["findings"] else ""
    return f"{str(row['measure']).lower()}: {things}{', '.join(told)}".replace("%", " %")


def share_known(known: int, total: int) -> str:
    """Say how many findings of the collection the codings speak of, where that is not all of them."""
    if known == total:
        return "Every finding of the collection was coded twice."
    return (
        f"{known:,} of the collection's {number_of(total, 'finding')} were coded twice; of how far coders agree on the "
        "others nothing is known here."
    )


SWIM = (
    ("Grouping of studies",
     "Findings are grouped by codes fixed beforehand: themes, policy levers, regions and strands. A lever is read only "
     "with its role: where it was applied beside where it was withdrawn or lacking; proposals are counted and never "
     "vote. A wider code takes in the codes below it."),
    ("Metric",
     "Direction of effect: what a finding says happened to social infrastructure or to what it does for people. The "
     "sources report no common measure of size, so none is made up; statistical significance plays no part."),
    ("Method of synthesis",
     "Vote counting by study. A study is a source, or all sources that report one piece of work. {rule} Of the studies "
     "that take a side, the share strengthened is given with its 95 % Wilson interval and a two-sided sign test; below "
     f"{FEW_STUDIES} such studies with a caution."),
    ("What is put first",
     "Nothing is weighted. Findings are listed by confidence, highest first, unless the reader chooses another order; "
     "levers and themes by how many studies speak of them, never by a score."),
    ("Differences between results",
     "Looked into by setting groups side by side: UK and overseas, region and region, strand and strand, and any "
     "filter of the reader's. No test of such differences is made."),
    ("Certainty of the evidence",
     "Each finding carries one coder's confidence with its reason. It is not GRADE-CERQual, which rates a synthesised "
     "finding by four components (Lewin and others 2018, doi 10.1186/s13012-017-0688-3); no such rating has been "
     "made."),
    ("How results are shown",
     "Bars of studies by direction with symbol, word and colour; maps; gap maps with the number in every cell, zero "
     "included. Beside each stand its message, its numbers as a table and the findings beneath."),
    ("What results are reported",
     "Every count is of findings, sources and studies apart, for any filter, and every number opens the findings it "
     "rests on. The workbook of a view holds all of them."),
    ("Limits of the synthesis",
     "Votes say how often a direction is reported, not how large an effect is. What sources choose to report, how "
     "they were chosen and how much of them was read all bear on the votes; see the limits on this page."),
)  # fmt: skip
"""The nine items of SWiM, each answered for this collection (Campbell and others 2020, doi 10.1136/bmj.l6890).

The voting rule is told in them at {rule}.
"""


def swim() -> pd.DataFrame:
    """Return the nine items with their answers: item, what, here."""
    rule = voting_rule.of_method()
    rows = [(number, what, here.replace("{rule}", rule)) for number, (what, here) in enumerate(SWIM, start=1)]
    return pd.DataFrame(rows, columns=["item", "what", "here"])


def history(loads: Sequence[LoadTold]) -> pd.DataFrame:
    """Return the loads as rows, newest first.

    Columns: version, at, added, changed, withdrawn, codebook_changes, digest, files.
    """
    return pd.DataFrame(
        [
            (load.version, clock.stamp(load.at), load.added, load.changed, load.withdrawn, load.codebook_changes,
             load.digest[:12], "; ".join(f"{name} ({sha256[:12]})" for name, sha256 in load.files))
            for load in loads
        ],
        columns=["version", "at", "added", "changed", "withdrawn", "codebook_changes", "digest", "files"],
    )  # fmt: skip
