"""Sentences of numbers about places: what a region's studies report, how findings spread, what a map leaves out."""

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from data.collection.codebook import Codebook
from data.filters.filter import Filter
from data.filters.wording import listed, number_of, of_total, region_phrase
from data.queries.counting import Counts
from data.queries.spread import Spread
from data.queries.votes import Votes

NAMED_AT_MOST = 4
NO_CLAIM = "no effect claimed"
PLACE_DIRECTIONS = ("strengthened", "impeded", "mixed")


def where(codebook: Codebook, wanted: Filter) -> str:
    """Return the filter's places as a sentence opens with them, such as "In the North East or Wales"."""
    stated = [code for code in wanted.region if codebook.facets["region"][code].kind != "global"]
    named = [region_phrase(codebook, code) for code in stated]
    if len(named) > NAMED_AT_MOST:
        named = [*named[: NAMED_AT_MOST - 1], f"{len(named) - NAMED_AT_MOST + 1} more places"]
    said = f"in {listed(named)}" if named else ""
    if len(stated) < len(wanted.region):
        said = " or ".join(filter(None, (said, "where no country is named")))
    if wanted.wider and stated:
        said += f" or about the whole that {'it lies' if len(stated) == 1 else 'they lie'} in"
    return said[:1].upper() + said[1:]


def reported(place: str, votes: Votes) -> str:
    """Say how the studies of a place vote, such as "In the North East, 5 studies report strengthening, ...".

    Without a place, which a headline has before it, the sentence begins with the number.
    """
    begun = f"{place}, " if place else ""
    if not votes.total:
        return f"{begun}no study reports an effect."
    verb = "reports" if votes.strengthened == 1 else "report"
    return (
        f"{begun}{number_of(votes.strengthened, 'study')} {verb} strengthening, {votes.impeded:,} impeding and "
        f"{votes.mixed:,} a mix."
    )


def coverage(parts: pd.DataFrame, countries: int) -> str:
    """Say how many of the UK's regions and nations, and of other countries, have findings, and how many findings.

    `parts` has phrase (a region's name as it stands in a sentence) and findings, one row a region.
    """
    held = parts[parts["findings"] > 0]
    others = f" and {number_of(countries, 'other country')}" if countries else ""
    if held.empty:
        return f"No finding here names a UK region or nation{_but(countries)}."
    missing = list(parts.loc[parts["findings"] == 0, "phrase"])
    if not missing:
        few, many = (held.loc[place] for place in (held["findings"].idxmin(), held["findings"].idxmax()))
        return (
            f"Findings cover all {len(parts)} UK regions and nations, from {few['findings']:,} about {few['phrase']} "
            f"to {many['findings']:,} about {many['phrase']}{',' if others else ''}{others}."
        )
    regions = of_total(len(held), len(parts), "UK region or nation", "UK regions and nations")
    none = f"; none names {listed(missing)}" if len(missing) <= NAMED_AT_MOST else ""
    return f"Findings cover {regions}{others}{none}."


def covered(held: int, regions: int, countries: int) -> str:
    """Say how many of the UK's regions and nations have findings, and how many other countries where any has."""
    others = f" and {number_of(countries, 'other country')}" if countries else ""
    verb = "has" if held == 1 and not countries else "have"
    return f"{held} of {regions} UK regions and nations{others} {verb} findings"


def _but(countries: int) -> str:
    return f"; {number_of(countries, 'other country')} {'has' if countries == 1 else 'have'} some" if countries else ""


def most_named(places: pd.DataFrame, most: int = 3) -> str:
    """Say which places most findings are about; `places` has phrase and findings."""
    top = places[places["findings"] > 0].nlargest(most, "findings", keep="first")
    if top.empty:
        return "No finding here is about a place on this map"
    named = listed(
        (f"{phrase} ({number:,})" for phrase, number in zip(top["phrase"], top["findings"], strict=True)), "and"
    )
    return f"Named most often: {named}"


def balance_of_places(votes: pd.DataFrame, noun: str, plural: str) -> str:
    """Say in how many places strengthening outnumbers impeding and the reverse, from rows of a direction table."""
    up = int((votes["strengthened"] > votes["impeded"]).sum())
    down = int((votes["impeded"] > votes["strengthened"]).sum())
    return (
        f"More studies report strengthening than impeding in {of_total(up, len(votes), noun, plural)}; "
        f"fewer in {down:,}"
    )


def off_home(found: Spread) -> str:
    """Say which findings are on none of the UK's regions, and where they are."""
    said = _numbered(
        (found.whole, "about England or the UK as a whole"),
        (found.overseas, "about other countries"),
        (found.unstated, "naming no country"),
    )
    return f"Not on these regions: {said}." if said else "Every finding is on at least one of these regions."


def off_world(found: Spread, without_outline: Sequence[str]) -> str:
    """Say how many findings name no country, and which countries with findings have no outline to be drawn."""
    said = _numbered((found.unstated, "naming no country"))
    sentence = f"Not on these countries: {said}." if said else "Every finding is about at least one country."
    return f"{sentence} This map has no outline for {listed(without_outline, 'and')}." if without_outline else sentence


def _numbered(*parts: tuple[int, str]) -> str:
    said = [(number, words) for number, words in parts if number]
    first = [f"{number_of(number, 'finding')} {words}" for number, words in said[:1]]
    return listed([*first, *(f"{number:,} {words}" for number, words in said[1:])], "and")


def on_points(counts: Counts, here: int, elsewhere: int, undrawn: int, map_elsewhere: str) -> str:
    """Say how many findings stand on the map's points, on those of the other map, and on none.

    `here`, `elsewhere` and `undrawn` are the findings at places drawn here, at places off this map, and at places left
    out because there are too many to draw; with those that name no place they make up the filter's count.
    """
    without = counts.findings - here - elsewhere - undrawn
    said = [f"{of_total(here, counts.findings, 'finding')} {'stands' if here == 1 else 'stand'} on a point of this map"]
    if elsewhere:
        said.append(f"{elsewhere:,} on points {map_elsewhere}")
    if undrawn:
        said.append(f"{undrawn:,} at places with fewer findings than can be drawn")
    if without:
        said.append(f"{without:,} {'names' if without == 1 else 'name'} no place that can be put on a map")
    return f"{listed(said, 'and')}."


def leading(row: Mapping[str, Any]) -> str:
    """Return the direction that more of a place's findings take than any other, or nothing.

    Nothing where two lead alike, and where most claim no effect. The row has findings, strengthened, impeded, mixed.
    """
    numbers = {direction: int(row[direction]) for direction in PLACE_DIRECTIONS}
    numbers[""] = int(row["findings"]) - sum(numbers.values())
    most = max(numbers.values())
    leaders = [direction for direction, number in numbers.items() if number == most]
    return leaders[0] if len(leaders) == 1 else ""
