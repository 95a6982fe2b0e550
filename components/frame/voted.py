"""Parts of bars by the word that the address has for each: the studies of one vote on a lever, theme or place.

The parts of a figure are those with studies in them; a headline's also take in all studies that vote at all.
"""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

import pandas as pd

from components.figures import theme
from components.store import store
from data.filters.filter import Filter
from data.queries.bar_parts import EVERYTHING, LEVER, Bar
from data.sentences.on_votes import sides_in

ANY = "any"
"""Stands in a word for any lever, and for any vote."""


class VotedPart(NamedTuple):
    """A part of a bar as a reader meets it: what it is of, within which filter, and how many studies it holds."""

    bar: Bar
    wanted: Filter
    name: str
    studies: int

    @property
    def vote(self) -> str:
        """Return the vote in words and with its symbol."""
        return theme.with_symbol(self.bar.vote) if self.bar.vote else "any effect"


Parts = Mapping[str, VotedPart]
"""Parts by their words."""


def word(bar: Bar) -> str:
    """Return what the address calls a part of a bar, such as "lever:L1:applied:strengthened"."""
    code = (bar.code or ANY) if bar.facet == LEVER else bar.code
    said = (bar.facet, code, bar.side, bar.place, bar.vote or ANY)
    return ":".join(each.replace(" ", "-") for each in said if each)


def focus(wanted: Filter) -> str:
    """Return the one lever that the filter names, or the empty code for any."""
    return wanted.lever[0] if len(wanted.lever) == 1 else ""


@store.remembered
def of_levers(wanted: Filter) -> Parts:
    """Return the parts of levers' bars on both sides, those of any lever too."""
    return _named(_sides(wanted, store.sides_of_levers(wanted)))


@store.remembered
def of_places(wanted: Filter) -> Parts:
    """Return the parts of the bars of the UK and overseas, of the one lever that the filter names or of any."""
    table = store.sides_by_place(wanted)
    return _named(_sides(wanted, table[table["code"] == focus(wanted)]))


@store.remembered
def of_facet(wanted: Filter, facet: str) -> Parts:
    """Return the parts of the bars of themes, or of regions, where the filter's own choice of regions is set aside."""
    wanted = wanted.without("region") if facet == "region" else wanted
    table = store.direction_by(wanted, facet)
    return _named(
        VotedPart(Bar(facet, row["code"], vote=vote), wanted, row["name"], int(row[vote]))
        for row in table.to_dict("records")
        for vote in theme.VOTED
    )


@store.remembered
def of_headline(wanted: Filter, code: str = "") -> Parts:
    """Return the parts that a headline counts: on a lever, or any, by side; and over all findings of the filter."""
    votes = store.overall(wanted)
    sides = store.sides_of_levers(wanted)
    parts = [
        *_sides(wanted, sides[sides["code"] == code], whole=True),
        *(
            VotedPart(Bar(EVERYTHING, vote=vote), wanted, "All findings here", getattr(votes, vote))
            for vote in theme.VOTED
        ),
        VotedPart(Bar(EVERYTHING), wanted, "All findings here", votes.total),
    ]
    return _named(parts)


def _sides(wanted: Filter, table: pd.DataFrame, whole: bool = False) -> Iterator[VotedPart]:
    """Yield the parts of the bars of a `sides_of_levers` table; with `whole`, also all that vote on a side."""
    sides = sides_in(wanted)
    for row in table[table["side"].isin(list(sides))].to_dict("records"):
        where = {"": "", "UK": ", in the UK"}.get(row["where"], f", {row['where']}")
        name = f"{row['name']}, where {sides[row['side']]}{where}"
        for vote in (*theme.VOTED, *([""] if whole else [])):
            number = row[vote] if vote else sum(row[each] for each in theme.VOTED)
            yield VotedPart(Bar(LEVER, row["code"], row["side"], row["where"], vote), wanted, name, int(number))


def _named(parts: Iterator[VotedPart] | list[VotedPart]) -> Parts:
    return {word(part.bar): part for part in parts if part.studies}
