"""Coverage: where the evidence is, by strand and region, and where it is thinnest."""

import streamlit as st
from markupsafe import Markup

from components.figures import exhibit
from components.figures.charts.bar_charts import count_bars
from components.figures.exhibit import Exhibit
from components.findings import few_findings
from components.frame import address
from components.store import store
from data.filters.filter import Filter
from data.filters.wording import of_total
from data.queries import gap_counts
from data.sentences import on_regions


def show(wanted: Filter) -> None:
    """Draw findings by strand and by UK region or nation, and say which data version they are of."""
    exhibit.show(by_strand(wanted), key="overview_strands", pick=lambda data: address.narrow({"strand": str(data[0])}))
    exhibit.show(by_region(wanted), key="overview_regions", pick=lambda data: address.narrow({"region": str(data[0])}))
    st.html(Markup('<p class="note">Data version {}.</p>').format(str(store.current())))


@store.remembered
def by_strand(wanted: Filter) -> Exhibit:
    """Return findings by strand."""
    strands = store.tally(wanted, "strand")
    top = strands.loc[strands["findings"].idxmax()]
    largest = of_total(int(top["findings"]), int(strands["findings"].sum()), "finding")
    return exhibit.of(
        few_findings.title(
            wanted, f"The largest strand is {top['name'].lower()}: {largest}", "These findings by strand"
        ),
        "Findings by strand; the table also counts sources and studies.",
        count_bars(strands),
        strands.drop(columns="code"),
    )


@store.remembered
def by_region(wanted: Filter) -> Exhibit:
    """Return findings by UK region or nation."""
    codebook = store.codebook()
    regions = store.tally(wanted, "region")
    leaves = [code for code in codebook.leaves("region") if "UK" in codebook.ancestors("region", code)]
    uk = regions[regions["code"].isin(leaves)].sort_values("findings", ascending=False, kind="stable")
    countries = int((regions["code"].isin(codebook.overseas()) & (regions["findings"] > 0)).sum())
    covered = int((uk["findings"] > 0).sum())
    return exhibit.of(
        few_findings.title(
            wanted, on_regions.covered(covered, len(uk), countries), "These findings by UK region or nation"
        ),
        "Findings by UK region or nation; the table adds countries. A finding about the whole of England or the UK is "
        "in no region's count.",
        count_bars(uk),
        regions[regions["findings"] > 0].drop(columns="code"),
    )


def show_thinnest(wanted: Filter) -> None:
    """Name the themes, levers and UK regions that the fewest findings carry."""
    exhibit.heading("Where the evidence is thinnest", "A gap here is a gap in this collection, not proof of no effect.")
    st.html(_thinnest(wanted))


@store.remembered
def _thinnest(wanted: Filter) -> Markup:
    codebook = store.codebook()
    said = []
    for facet, noun in (("theme", "theme"), ("lever", "policy lever")):
        table = store.tally(wanted, facet)
        leaves = table[table["code"].isin(codebook.leaves(facet))]
        said.append((f"Fewest by {noun}", gap_counts.emptiest(leaves)))
    uk = store.tally(wanted, "region")
    leaves = uk[uk["code"].isin([c for c in codebook.leaves("region") if "UK" in codebook.ancestors("region", c)])]
    said.append(("Fewest by UK region", gap_counts.emptiest(leaves)))
    return Markup('<ul class="gaps">{}</ul>').format(
        Markup("").join(
            Markup("<li><strong>{}</strong>: {}</li>").format(title, "; ".join(names)) for title, names in said
        )
    )
