"""Claims: what must hold for a message to be true, in a language of comparisons and nothing else.

Such as "applied.strengthened * 2 > applied.studies and gone.impeded > gone.strengthened": names of numbers, whole
numbers, + - *, the comparisons < <= > >= = !=, and "and". Nothing is evaluated by Python.
"""

import operator
import re
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import NamedTuple

from data.faults import ForPeople

NAME = r"[A-Za-z]\w*(?:\.\w+)*"
TOKEN = re.compile(rf"\s*(?:(?P<number>\d{{1,12}})|(?P<name>{NAME})|(?P<sign><=|>=|!=|[<>=+*-]))")
COMPARISONS: Mapping[str, Callable[[int, int], bool]] = MappingProxyType(
    {"<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge, "=": operator.eq, "!=": operator.ne}
)
ACROSS = MappingProxyType({"+": 1, "-": -1})
LONGEST = 500


class ClaimFault(ForPeople, ValueError):
    """A claim is not in the language; the message says where and what would be right."""


class Product(NamedTuple):
    """Factors that are multiplied, each a whole number or the name of one, added or taken away."""

    sign: int
    factors: tuple[int | str, ...]


class Comparison(NamedTuple):
    """Two sums and how they compare."""

    left: tuple[Product, ...]
    comparison: str
    right: tuple[Product, ...]


def parse(claim: str) -> tuple[Comparison, ...]:
    """Return the comparisons that must all hold; nothing for an empty claim. Raises ClaimFault."""
    tokens = _tokens(claim)
    if not tokens:
        return ()
    parts: list[list[int | str]] = [[]]
    for token in tokens:
        if token == "and":
            parts.append([])
        else:
            parts[-1].append(token)
    return tuple(_comparison(part) for part in parts)


def _tokens(claim: str) -> list[int | str]:
    if len(claim) > LONGEST:
        raise ClaimFault(f"the claim is longer than {LONGEST} characters")
    tokens: list[int | str] = []
    at, claim = 0, claim.rstrip()
    while at < len(claim):
        match = TOKEN.match(claim, at)
        if not match:
            raise ClaimFault(f'"{claim[at:].strip()[:20]}" is no part of a claim; write, for instance, findings > 10')
        tokens.append(int(match["number"]) if match["number"] else match["name"] or match["sign"])
        at = match.end()
    return tokens


def _comparison(tokens: list[int | str]) -> Comparison:
    signs = [at for at, token in enumerate(tokens) if token in COMPARISONS]
    if len(signs) != 1:
        told = " ".join(map(str, tokens))
        raise ClaimFault(f'"{told}" needs one comparison, such as findings > 10; join several by "and"')
    at = signs[0]
    return Comparison(_sum(tokens[:at]), str(tokens[at]), _sum(tokens[at + 1 :]))


def _sum(tokens: list[int | str]) -> tuple[Product, ...]:
    products: list[Product] = []
    sign, factors = 1, list[int | str]()
    for place, token in enumerate(tokens):
        expects_factor = place % 2 == 0
        if expects_factor == (token in ACROSS or token == "*"):
            break
        if expects_factor:
            factors.append(token)
        elif token in ACROSS:
            products.append(Product(sign, tuple(factors)))
            sign, factors = ACROSS[str(token)], []
    else:
        if len(tokens) % 2:
            return (*products, Product(sign, tuple(factors)))
    told = " ".join(map(str, tokens)) or "nothing"
    raise ClaimFault(f'"{told}" is no sum of numbers; write, for instance, applied.strengthened + applied.mixed')


def names(claim: str) -> tuple[str, ...]:
    """Return the names of the numbers that a claim rests on, each once; raises ClaimFault."""
    return tuple(
        dict.fromkeys(
            factor
            for comparison in parse(claim)
            for product in (*comparison.left, *comparison.right)
            for factor in product.factors
            if isinstance(factor, str)
        )
    )


def holds(claim: str, numbers: Mapping[str, int]) -> bool:
    """Tell whether every comparison of a claim holds for these numbers; an empty claim does. Raises ClaimFault."""
    return all(
        COMPARISONS[comparison.comparison](_worth(comparison.left, numbers), _worth(comparison.right, numbers))
        for comparison in parse(claim)
    )


def _worth(products: tuple[Product, ...], numbers: Mapping[str, int]) -> int:
    total = 0
    for product in products:
        worth = product.sign
        for factor in product.factors:
            worth *= numbers[factor] if isinstance(factor, str) else factor
        total += worth
    return total
