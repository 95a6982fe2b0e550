"""The numbers and names that a message may use, each by a name of its own, counted anew from the slide's filter.

Votes stand by side of a lever, `applied` or `gone` (withdrawn or lacking), because a lever's effect is never read
without its role; a filter that names levers may use bare votes only where it names roles too.
"""

from collections.abc import Callable, Collection, Iterable
from typing import NamedTuple

import pandas as pd
from sqlmodel import Session

from data.collection.codebook import Codebook
from data.filters.filter import Filter
from data.filters.wording import listed, region_phrase
from data.presenting.claims import ClaimFault
from data.queries import counting, definition_counts, gap_counts
from data.queries import votes as synthesis
from data.queries.links import SURE
from data.queries.spread import home_parts
from data.queries.votes import SIDES, Votes
from data.sentences import on_regions, on_votes

Values = dict[str, int | str]
SIDE_NAMES = dict(zip(("applied", "gone"), SIDES, strict=True))
PLACES = ("", "UK", "overseas")
VOTED = Votes._fields
DIRECTIONS = (*VOTED, "voting")
RANKS = 5


class NumberRequest(NamedTuple):
    """What numbers are asked of: a session on the evidence, the slide's filter, the codebook."""

    session: Session
    wanted: Filter
    codebook: Codebook


def _counts(asked: NumberRequest) -> Values:
    return dict(counting.counts(*asked)._asdict())


def _confidence(asked: NumberRequest) -> Values:
    table = counting.tally(*asked, "confidence")
    sure = int(table.loc[table["code"].isin([str(word) for word in SURE]), "findings"].sum())
    return {"sure": sure, "unsure": int(table["findings"].sum()) - sure}


def _votes(prefix: str, votes: Votes) -> Values:
    return {f"{prefix}{name}": number for name, number in (*votes._asdict().items(), ("voting", votes.total))}


def _overall(asked: NumberRequest) -> Values:
    return _votes("", synthesis.overall(*asked))


def _sides(asked: NumberRequest) -> Values:
    """Return votes by side, of the one lever that the filter names, else of any it takes in."""
    lever = asked.wanted.lever[0] if len(asked.wanted.lever) == 1 else ""
    found: Values = {}
    for by_place in (False, True):
        votes = on_votes.votes_by_side(synthesis.sides_of_levers(*asked, by_place))
        for place in PLACES:
            if bool(place) == by_place:
                for name, side in SIDE_NAMES.items():
                    prefix = f"{place}.{name}." if place else f"{name}."
                    found |= _votes(prefix, votes.get((lever, side, place), on_votes.NO_VOTES))
    return found


def _lever_counts(asked: NumberRequest) -> Values:
    """Return for how many broad levers with a voting study strengthening or impeding leads, by side."""
    votes = on_votes.votes_by_side(synthesis.sides_of_levers(*asked))
    found: Values = {}
    for name, side in SIDE_NAMES.items():
        held = [vote for code in asked.codebook.parts("lever", None) if (vote := votes.get((code, side, "")))]
        held = [vote for vote in held if vote.total]
        found[f"levers.{name}.voting"] = len(held)
        found[f"levers.{name}.strengthened"] = sum(vote.strengthened > vote.impeded for vote in held)
        found[f"levers.{name}.impeded"] = sum(vote.impeded > vote.strengthened for vote in held)
    return found


def _proposed(asked: NumberRequest) -> Values:
    return {"proposed": counting.counts(asked.session, asked.wanted.narrowed(role="proposed"), asked.codebook).findings}


def _strands(asked: NumberRequest) -> Values:
    table = counting.tally(*asked, "strand")
    return {f"strand.{code}": int(number) for code, number in zip(table["code"], table["findings"], strict=True)}


def _told_most(asked: NumberRequest) -> Values:
    """Return the narrow themes that most studies are about, first to fifth, with their findings and studies."""
    table = counting.tally(*asked, "theme")
    table = table[table["code"].isin(asked.codebook.leaves("theme"))]
    table = table.sort_values(["studies", "findings"], ascending=False, kind="stable").head(RANKS)
    found: Values = {}
    for rank, row in enumerate(table.to_dict("records"), start=1):
        found[f"theme.{rank}"] = str(row["name"])
        found |= {f"theme.{rank}.{key}": int(row[key]) for key in ("findings", "studies")}
    return found


def _regions(asked: NumberRequest) -> Values:
    asked = asked._replace(wanted=asked.wanted.without("region"))
    table = counting.tally(*asked, "region")
    parts = table[table["code"].isin(home_parts(asked.codebook))].sort_values("findings", kind="stable")
    abroad = table[table["code"].isin(asked.codebook.overseas())]
    found: Values = {
        "regions": len(parts),
        "regions.held": int((parts["findings"] > 0).sum()),
        "countries.held": int((abroad["findings"] > 0).sum()),
    }
    for name, at in (("fewest", 0), ("most", -1)):
        found[f"regions.{name}"] = region_phrase(asked.codebook, str(parts["code"].iloc[at]))
        found[f"regions.{name}.findings"] = int(parts["findings"].iloc[at])
    return found


def _gaps(asked: NumberRequest) -> Values:
    table = counting.crosstab(*asked, "theme", "lever")
    narrow = table["row"].isin(asked.codebook.leaves("theme")) & table["column"].isin(asked.codebook.leaves("lever"))
    found = gap_counts.gaps(pd.DataFrame(table[narrow]))
    return {f"gaps.{name}": number for name, number in found._asdict().items()}


def _definitions(asked: NumberRequest) -> Values:
    table = definition_counts.read(asked.session)
    groups = {
        "": definition_counts.kinds(table),
        "communities.": definition_counts.SPEAKERS[definition_counts.COMMUNITIES],
    }
    counted = definition_counts.counted_in(table, groups)
    found: Values = {
        f"definitions.{row['group']}{row['element']}": int(row["yes"]) for row in counted.to_dict("records")
    }
    for group, rows in counted.groupby("group", sort=False):
        found[f"definitions.{group}total"] = int(rows["definitions"].iloc[0])
    return found


def _names(asked: NumberRequest) -> Values:
    names = [region_phrase(asked.codebook, code) for code in asked.wanted.region]
    return {
        "place": listed(names) or "every place",
        "lever": listed(asked.codebook.name("lever", code) for code in asked.wanted.lever) or synthesis.ANY_LEVER,
        "theme": listed(asked.codebook.name("theme", code) for code in asked.wanted.theme) or "Any theme",
    }


def _sentences(asked: NumberRequest) -> Values:
    """Return whole sentences of numbers, which hold their grammar and their truth however few the numbers are."""
    wanted, codebook = asked.wanted, asked.codebook
    lever = wanted.lever[0] if len(wanted.lever) == 1 else ""
    leaves = counting.tally(*asked, "theme")
    sides = synthesis.sides_of_levers(*asked)
    place = on_regions.where(codebook, wanted) or "Everywhere"
    subject = "" if lever else "policy levers were"
    both = on_votes.both_sides(sides, lever, subject=subject, wanted=wanted).rstrip(".")
    return {
        "says.counts": on_votes.how_much(counting.counts(*asked)).rstrip("."),
        "says.confidence": on_votes.how_sure(counting.tally(*asked, "confidence")).rstrip(".")
        or "No finding, so no confidence",
        "says.votes": on_regions.reported(place, synthesis.overall(*asked)).rstrip("."),
        "says.sides": f"{place}, {both[0].lower()}{both[1:]}" if wanted.region else both,
        "says.levers": on_votes.levers_in_words(sides, codebook.parts("lever", None), wanted),
        "says.themes": on_votes.most_told(leaves[leaves["code"].isin(codebook.leaves("theme"))], "theme"),
        "says.place": place,
    }


def _known(prefixes: Iterable[str], endings: Collection[str]) -> list[str]:
    return [f"{prefix}{ending}" for prefix in prefixes for ending in endings]


SIDED = [f"{place}{'.' if place else ''}{side}." for place in PLACES for side in SIDE_NAMES]
ELEMENTS = ("total", *definition_counts.ELEMENT_NAMES)
FAMILIES: tuple[tuple[Callable[[NumberRequest], Values], tuple[str, ...]], ...] = (
    (_counts, ("findings", "sources", "studies")),
    (_confidence, ("sure", "unsure")),
    (_overall, DIRECTIONS),
    (_sides, tuple(_known(SIDED, DIRECTIONS))),
    (_lever_counts, tuple(_known((f"levers.{side}." for side in SIDE_NAMES), ("voting", "strengthened", "impeded")))),
    (_proposed, ("proposed",)),
    (_strands, ("strand.community", "strand.international", "strand.roundtable", "strand.literature")),
    (_told_most, tuple(f"theme.{rank}{end}" for rank in range(1, RANKS + 1) for end in ("", ".findings", ".studies"))),
    (_regions, ("regions", "regions.held", "countries.held", *_known(("regions.fewest", "regions.most"),
                                                                      ("", ".findings")))),
    (_gaps, ("gaps.pairs", "gaps.empty", "gaps.unsure")),
    (_definitions, tuple(_known(("definitions.", "definitions.communities."), ELEMENTS))),
    (_names, ("place", "lever", "theme")),
    (_sentences, ("says.counts", "says.confidence", "says.votes", "says.sides", "says.levers", "says.themes",
                  "says.place")),
)  # fmt: skip
"""What makes each family of numbers, and the names it gives them."""
FAMILY_OF = {name: family for family, known in FAMILIES for name in known}
WORDS = frozenset(
    {"place", "lever", "theme", "regions.fewest", "regions.most", *(f"theme.{rank}" for rank in range(1, RANKS + 1))}
    | {name for name in FAMILY_OF if name.startswith("says.")}
)
"""The names that stand for words; all others stand for whole numbers, which a claim may compare."""


def read(session: Session, wanted: Filter, codebook: Codebook, names: tuple[str, ...]) -> Values:
    """Return the values of these names for a filter; raises KeyError for a name that is not known.

    A rank that the evidence does not reach, such as a fifth theme of four, is 0 or empty.
    """
    found: Values = {}
    for family in dict.fromkeys(FAMILY_OF[name] for name in names):
        found |= family(NumberRequest(session, wanted, codebook))
    return {name: found.get(name, "" if name in WORDS else 0) for name in names}


def comparable(names: Iterable[str]) -> None:
    """Raise ClaimFault for a name that is no number: a word, or not known at all."""
    for name in names:
        if name not in FAMILY_OF or name in WORDS:
            raise ClaimFault(f'"{name}" is no number that a claim can compare')
