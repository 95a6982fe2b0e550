"""Codings compared, as the screen asks for them: remembered by data version, and by which codings are held."""

from itertools import combinations

import pandas as pd

from components.store import store
from data.coders import agreement_summary as short
from data.coders import agreement_table, coding_differences
from data.coders.coding_differences import CodingDifference
from data.coders.rounds import AGREED, CodingsState, Round
from data.filters.filter import Filter


def chosen(wanted: Filter, names: tuple[str, ...]) -> list[Round]:
    """Return the codings of these names, each with what it makes of the filter's findings."""
    held = store.codings(wanted)
    return [held[name] for name in names]


def comparable(wanted: Filter) -> tuple[tuple[str, ...], ...]:
    """Return which codings can be compared: each two that coded the same facet of some finding, and all together."""
    held = store.codings(wanted)
    pairs = tuple((a.name, b.name) for a, b in combinations(held.values(), 2) if _meet(a, b))
    apart = tuple(name for name in held if name != AGREED)
    return (*pairs, apart) if len(apart) > 2 else pairs


def _meet(one: Round, other: Round) -> bool:
    return bool({*one.covers} & {*other.covers}) and not one.coded.keys().isdisjoint(other.coded)


def agreement_between(wanted: Filter, names: tuple[str, ...]) -> pd.DataFrame:
    """Return how far these codings agree on the filter's findings, by facet and by code."""
    return _agreement_between(wanted, names, store.coders_state())


@store.remembered
def _agreement_between(wanted: Filter, names: tuple[str, ...], _: CodingsState) -> pd.DataFrame:
    return agreement_table.compare(chosen(wanted, names), store.codebook())


def differences_between(wanted: Filter, names: tuple[str, ...]) -> tuple[CodingDifference, ...]:
    """Return the filter's findings that these codings differ on, with the reasons given for each."""
    return _differences_between(wanted, names, store.coders_state())


@store.remembered
def _differences_between(wanted: Filter, names: tuple[str, ...], _: CodingsState) -> tuple[CodingDifference, ...]:
    return coding_differences.differences(chosen(wanted, names), store.reasons(wanted))


def in_short() -> pd.DataFrame:
    """Return how far codings of the whole collection agree, in short."""
    return _in_short(store.coders_state())


@store.remembered
def _in_short(_: CodingsState) -> pd.DataFrame:
    return short.table(store.codings(Filter()))


def twice_coded() -> tuple[int, int]:
    """Return how many of the collection's findings were coded twice, and how many there are."""
    return short.twice_coded(store.codings(Filter())), store.counts(Filter()).findings


def settled_here() -> int:
    """Return how many findings of the collection have been settled in the dashboard."""
    return sum(any(reason.facet and reason.stands for reason in given) for given in store.reasons(Filter()).values())
