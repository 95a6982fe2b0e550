"""What people mean by social infrastructure: published definitions, who holds them, and what each counts in."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from types import MappingProxyType

import pandas as pd
from sqlmodel import Session, select

from data.collection.codebook import countries
from data.filters.wording import listed, number_of, of_total
from models import Definition, Included

ELEMENT_NAMES = MappingProxyType(
    {
        "physical_places": "Physical places",
        "organisations": "Organisations",
        "activities_and_relationships": "Activities and relationships",
        "public_services": "Public services",
        "green_and_public_space": "Green and public space",
        "digital": "Digital",
        "commercial_third_places": "Commercial third places",
        "transport_and_housing": "Transport and housing",
    }
)
KIND_NAMES = MappingProxyType(
    {
        "community": "Communities",
        "local government": "Local government",
        "national government": "National government",
        "academic": "Academics",
        "civil society": "Civil society",
        "international body": "International bodies",
        "investor": "Investors",
    }
)
"""Kinds of holder in the order they are shown; a kind that is not here follows them under its own name."""
BREADTH_MEANINGS = MappingProxyType(
    {
        "narrow": "places only",
        "middle": "places with organisations and activities",
        "broad": "also services, networks, digital or economic infrastructure",
    }
)
UNITED_KINGDOM = MappingProxyType({"GBR": "United Kingdom"})
LED_BY = ("physical_places", "public_services", "commercial_third_places")
"""What the answer tells: what most would expect, what governments add, and what communities add."""
COMMUNITIES = "Communities"
SPEAKERS = MappingProxyType(
    {
        COMMUNITIES: ("community",),
        "Governments": ("local government", "national government"),
        "Academics": ("academic",),
        "Investors": ("investor",),
    }
)
"""The voices that are set beside each other."""
SECOND_HAND = "community"
"""The kind of holder of which only reports by others are at hand (data/shipped/strands/README.md)."""
NEIGHBOURING = ("DEF-022", "DEF-023", "DEF-024", "DEF-031", "DEF-032")
"""Definitions of a neighbouring term, such as community infrastructure (data/shipped/strands/README.md)."""
OPENING = "opening of page"
FEW = 10
"""With fewer definitions than this, a group's numbers are examples and not shares."""


def read(session: Session) -> pd.DataFrame:
    """Return every definition by ref, one row each; columns: those of Definition, then kind and place.

    `year` is a whole number or missing; the eight columns of Definition.ELEMENTS hold yes, no or not said; `kind` is
    the holder's kind as a heading names it, `place` the country by name where the file gives a code.
    """
    rows = [definition.model_dump() for definition in session.exec(select(Definition).order_by(Definition.ref))]
    table = pd.DataFrame(rows, columns=list(Definition.model_fields))
    named = countries() | UNITED_KINGDOM
    return table.assign(
        year=table["year"].astype("Int64"),
        kind=[kind_name(kind) for kind in table["holder_kind"]],
        place=[named.get(country, country) for country in table["country"]],
    )


def kind_name(kind: str) -> str:
    """Return a kind of holder as a heading names it."""
    return KIND_NAMES.get(kind, f"{kind[:1].upper()}{kind[1:]}")


def kinds(table: pd.DataFrame) -> tuple[str, ...]:
    """Return the kinds of holder in a table of definitions, in the order they are shown."""
    return _in_order(table["holder_kind"], KIND_NAMES)


def breadths(table: pd.DataFrame) -> tuple[str, ...]:
    """Return the breadths in a table of definitions, narrowest first."""
    return _in_order(table["breadth"], BREADTH_MEANINGS)


def _in_order(values: Iterable[str], known: Mapping[str, str]) -> tuple[str, ...]:
    held = set(values)
    return (*(value for value in known if value in held), *sorted(held - set(known)))


def narrowed(table: pd.DataFrame, of_kinds: Collection[str] = (), of_breadths: Collection[str] = ()) -> pd.DataFrame:
    """Return the definitions of these kinds of holder and breadths; none named means any. Ordered by kind, then ref."""
    kept = table
    if of_kinds:
        kept = kept[kept["holder_kind"].isin(list(of_kinds))]
    if of_breadths:
        kept = kept[kept["breadth"].isin(list(of_breadths))]
    order = {kind: place for place, kind in enumerate(kinds(table))}
    return kept.sort_values(["holder_kind", "ref"], key=lambda c: c.map(order) if c.name == "holder_kind" else c)


def each_kind(table: pd.DataFrame) -> dict[str, tuple[str, ...]]:
    """Return the kinds of holder in a table as groups, each of one kind, by name."""
    return {kind_name(kind): (kind,) for kind in kinds(table)}


def counted_in(table: pd.DataFrame, groups: Mapping[str, Sequence[str]]) -> pd.DataFrame:
    """Return how many definitions of each group of kinds count each element in.

    One row an element and group, in that order; columns: element, name, group, definitions (how many the group
    holds), yes, no, not_said.
    """
    kinds = table["holder_kind"].tolist()
    cells = {element: table[element].tolist() for element in ELEMENT_NAMES}
    places = {group: [at for at, kind in enumerate(kinds) if kind in set(held)] for group, held in groups.items()}
    rows = []
    for element, name in ELEMENT_NAMES.items():
        for group, held in places.items():
            said = [cells[element][at] for at in held]
            rows.append((element, name, group, len(said), *(said.count(word.value) for word in Included)))
    return pd.DataFrame(rows, columns=["element", "name", "group", "definitions", "yes", "no", "not_said"])


def answer(table: pd.DataFrame) -> str:
    """Say what communities name most often, and how many of these definitions include what tells them apart.

    Such as "Communities name most often physical places (4 of 4) and green and public space (2 of 4); of 45
    definitions in all, 36 include physical places, 28 public services and 14 commercial third places."
    """
    if table.empty:
        return "There is no definition to show."
    names = [ELEMENT_NAMES[element].lower() for element in LED_BY]
    numbers = [_yes(table, element) for element in LED_BY]
    own = table[table["holder_kind"].isin(SPEAKERS[COMMUNITIES])]
    led = "" if own.empty else _named_most(COMMUNITIES, counted_in(own, {COMMUNITIES: SPEAKERS[COMMUNITIES]}))
    if len(own) == len(table):
        return led
    of = f"of {number_of(len(table), 'definition')}"
    begun = f"{led.rstrip('.')}; {of} in all, " if led else f"O{of[1:]}, "
    first = f"{numbers[0]:,} {'includes' if numbers[0] == 1 else 'include'} {names[0]}"
    rest = [f"{number:,} {name}" for number, name in zip(numbers[1:], names[1:], strict=True)]
    return f"{begun}{listed([first, *rest], 'and')}."


def _yes(table: pd.DataFrame, element: str) -> int:
    return int((table[element] == Included.YES).sum())


def how_many(shown: int, total: int) -> str:
    """Say how many of the collection's definitions are shown, and that the filter does not narrow them."""
    every = f"All {number_of(total, 'definition')}" if shown == total else of_total(shown, total, "definition")
    return (
        f"{every} {'is' if shown == 1 and total != 1 else 'are'} shown. The filter panel narrows findings, not "
        "definitions: the choices on this page do that."
    )


def cautions(table: pd.DataFrame) -> list[str]:
    """Say what to know before comparing these definitions: those second-hand, and of neighbouring terms."""
    said = []
    reported = int((table["holder_kind"] == SECOND_HAND).sum())
    if reported:
        said.append(
            f"{of_total(reported, len(table), 'definition')} {_is(reported)} second-hand: what researchers report "
            "communities to say."
        )
    beside = [ref for ref in NEIGHBOURING if ref in set(table["ref"])]
    if beside:
        said.append(
            f"{of_total(len(beside), len(table), 'definition')} {_is(len(beside))} of a neighbouring term, such as "
            f"community infrastructure ({listed(beside, 'and')})."
        )
    return said


def how_read(table: pd.DataFrame) -> str:
    """Say what "not said" means, and of how many of these definitions no more than the opening of a page was read."""
    opened = int((table["read"] == OPENING).sum())
    told = "“Not said” is not “no”: the text read does not mention it."
    if not opened:
        return told
    return f"{told} {of_total(opened, len(table), 'definition')} {_is(opened)} taken from the opening of a page."


def _is(number: int) -> str:
    return "is" if number == 1 else "are"


def most_counted_in(counts: pd.DataFrame) -> str:
    """Say which elements come first for how many kinds of holder, from a `counted_in` table of kinds; ties count."""
    held = counts[(counts["definitions"] > 0) & (counts["yes"] > 0)]
    if held.empty:
        return "No element is included by any of these definitions"
    groups = held["group"].nunique()
    first = held[held["yes"] == held.groupby("group")["yes"].transform("max")]
    if groups == 1:
        most = of_total(int(first["yes"].iloc[0]), int(first["definitions"].iloc[0]), "definition")
        return f"Most often included: {listed((name.lower() for name in first['name']), 'and')}, in {most}"
    places = first.groupby("name", sort=False).size().sort_values(ascending=False, kind="stable")
    leader, *others = (f"{name.lower()}, by {number}" for name, number in places.items())
    return f"Most often included: {'; '.join([f'{leader} of {groups} kinds of holder', *others])}"


def voices(table: pd.DataFrame) -> list[str]:
    """Say what each of the SPEAKERS counts in most often, how communities differ from each, and who is few.

    Differences are ranked by share; what is told are the numbers. A voice that holds no definition is left out.
    """
    counts = counted_in(table, SPEAKERS)
    heard = {group: rows for group, rows in counts.groupby("group", sort=False) if rows["definitions"].iloc[0]}
    said = [_named_most(group, rows) for group, rows in heard.items()]
    if COMMUNITIES in heard:
        said += [_apart(heard[COMMUNITIES], group, rows) for group, rows in heard.items() if group != COMMUNITIES]
    few = [f"{group.lower()} ({size})" for group, rows in heard.items() if (size := rows["definitions"].iloc[0]) < FEW]
    if few:
        said.append(
            f"Fewer than {FEW} definitions each: {listed(few, 'and')}. Read their numbers as examples, not as shares."
        )
    return said


def _named_most(group: str, rows: pd.DataFrame, most: int = 3) -> str:
    top = rows[rows["yes"] > 0].nlargest(most, "yes", keep="first")
    if top.empty:
        return f"{group} name none of the eight elements."
    told = (f"{row.name_.lower()} ({row.yes} of {row.definitions})"
            for row in top.rename(columns={"name": "name_"}).itertuples())  # fmt: skip
    return f"{group} name most often {listed(told, 'and')}."


def _apart(own: pd.DataFrame, group: str, other: pd.DataFrame, most: int = 2) -> str:
    both = own[["name", "yes", "definitions"]].reset_index(drop=True)
    both[["their_yes", "their_definitions"]] = other[["yes", "definitions"]].to_numpy()
    gap = (both["yes"] / both["definitions"] - both["their_yes"] / both["their_definitions"]).abs().round(9)
    widest = both[gap > 0].loc[gap[gap > 0].nlargest(most, keep="first").index]
    if widest.empty:
        return f"Communities and {group.lower()} do not differ on any element."
    told = (
        f"{name.lower()} ({yes} of {held} beside {theirs} of {they_hold})"
        for name, yes, held, theirs, they_hold in widest.itertuples(index=False)
    )
    return f"Communities beside {group.lower()} are furthest apart on {listed(told, 'and')}."
