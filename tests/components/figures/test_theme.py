"""One set of symbols: a direction is never told by its colour alone."""

from components.figures import theme
from data import palette


def test_every_direction_has_a_symbol_and_a_word():
    assert {d: theme.with_symbol(d) for d in palette.DIRECTION_COLOURS} == {
        "strengthened": "▲ strengthened",
        "mixed": "◄► mixed",
        "impeded": "▼ impeded",
        "unclear": "? unclear",
        "context": "– context",
    }
