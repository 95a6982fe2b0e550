"""Findings by study: each study once, where its first finding stands, and the studies that a part of a bar is of."""

from collections import defaultdict

import pytest

from data.filters.filter import Filter
from data.queries.bar_parts import Bar
from data.queries.by_study import studies
from data.queries.votes import direction_by, overall, sides_of_levers
from tests.data.reckoning import CONFIDENCES, EFFECTS, OVERSEAS, SIDE_OF_ROLE, inside, roles_of, votes, wide

FILTERS = [
    Filter(),
    Filter(region=("UK",)),
    Filter(strand=("community",), theme=("T1",)),
    Filter(role=("withdrawn",)),
    Filter(lever=("L1", "L6.1"), role=("applied", "lacking")),
]


def expected(rows) -> dict[str, set[str]]:  # type: ignore[no-untyped-def]
    """Return the refs of each study, from the files."""
    found = defaultdict(set)
    for row in rows:
        found[row.study].add(row.ref)
    return dict(found)


def held(found) -> dict[str, set[str]]:  # type: ignore[no-untyped-def]
    """Return the refs of each study that a query gives."""
    return {study.study: {row["finding_id"] for row in study.findings} for study in found}


@pytest.mark.parametrize("wanted", FILTERS)
def test_each_study_is_listed_once_with_all_its_findings_in_the_filter(session, codebook, wanted):
    found = studies(session, wanted, codebook)
    rows = inside(wanted)
    assert held(found) == expected(rows)
    assert len(found) == len({study.study for study in found})
    by_ref = {row.ref: row for row in rows}
    for study in found:
        own = [by_ref[row["finding_id"]] for row in study.findings]
        assert study.sources == len({row.source for row in own})
        assert study.title == min(row.cells["title"] for row in own)
        *_, up, down, mixed = votes(own)
        assert study.vote == next((word for word, n in zip(EFFECTS, (up, down, mixed), strict=True) if n), "")


def test_a_study_stands_where_its_first_finding_does(session, codebook):
    rows = sorted(inside(Filter(region=("UK",))), key=lambda row: (CONFIDENCES.index(row.confidence), row.ref))
    found = studies(session, Filter(region=("UK",)), codebook, "confidence")
    assert [study.study for study in found] == list(dict.fromkeys(row.study for row in rows))
    first = found[0]
    assert [row["finding_id"] for row in first.findings] == [row.ref for row in rows if row.study == first.study]


def test_parts_follow_each_other_and_leave_none_out(session, codebook):
    whole = studies(session, Filter(), codebook)
    parts = [study for start in range(0, len(whole), 50) for study in studies(session, Filter(), codebook, "confidence",
                                                                              50, start)]  # fmt: skip
    assert parts == list(whole)


def on_side(rows, lever: str, side: str, wanted: Filter):  # type: ignore[no-untyped-def]
    """Return the findings that tell a lever, or any of the filter's, on a side, in the filter's roles."""
    return [
        row
        for row in rows
        if any(
            (lever == code or (not lever and (not wanted.lever or code in wanted.lever)))
            and SIDE_OF_ROLE.get(role) == side
            and (not wanted.role or role in wanted.role)
            for code, role in roles_of(row)
        )
    ]


@pytest.mark.parametrize("wanted", FILTERS)
def test_each_part_of_a_levers_bar_holds_as_many_studies_as_the_figure_says(session, codebook, wanted):
    table, rows, seen = sides_of_levers(session, wanted, codebook), inside(wanted), 0
    for row in table[table["code"].isin(["", "L1", "L2", "L6", "L6.1"])].itertuples():
        parts = [
            held(studies(session, wanted, codebook, bar=Bar("lever", row.code, row.side, vote=vote)))
            for vote in EFFECTS
        ]
        assert [len(part) for part in parts] == [row.strengthened, row.impeded, row.mixed]
        every = held(studies(session, wanted, codebook, bar=Bar("lever", row.code, row.side)))
        assert every == {study: refs for part in parts for study, refs in part.items()}
        own = expected(on_side(rows, row.code, row.side, wanted))
        assert every == {study: own[study] for study in every}
        seen += len(every)
    assert seen


@pytest.mark.parametrize("place", ["UK", "overseas"])
def test_a_bar_of_a_place_holds_findings_about_it_alone(session, codebook, place):
    sides = sides_of_levers(session, Filter(), codebook, by_place=True)
    about = {"UK": {"UK"}, "overseas": OVERSEAS}[place]
    row = sides[(sides["code"] == "") & (sides["side"] == "applied") & (sides["where"] == place)].iloc[0]
    found = held(studies(session, Filter(), codebook, bar=Bar("lever", "", "applied", place, "strengthened")))
    rows = [one for one in on_side(inside(Filter()), "", "applied", Filter()) if wide(one.regions) & about]
    assert len(found) == row["strengthened"] > 0
    assert found == {study: refs for study, refs in expected(rows).items() if study in found}


@pytest.mark.parametrize("facet", ["theme", "region"])
def test_each_part_of_the_bar_of_a_theme_or_region_holds_the_studies_that_vote_so(session, codebook, facet):
    wanted = Filter(strand=("international", "literature"))
    table, rows = direction_by(session, wanted, codebook, facet), inside(wanted)
    for row in table.nlargest(6, "studies").itertuples():
        own = expected([one for one in rows if row.code in wide(getattr(one, f"{facet}s"))])
        for vote in EFFECTS:
            found = held(studies(session, wanted, codebook, bar=Bar(facet, row.code, vote=vote)))
            assert len(found) == getattr(row, vote)
            assert found == {study: own[study] for study in found}


def test_all_findings_together_vote_as_the_headline_of_places_says(session, codebook):
    wanted = Filter(region=("TLC",))
    votes_here = overall(session, wanted, codebook)
    for vote in EFFECTS:
        assert len(studies(session, wanted, codebook, bar=Bar("all", vote=vote))) == getattr(votes_here, vote)
    assert len(studies(session, wanted, codebook, bar=Bar("all"))) == votes_here.total
