"""One palette, and text on it that can be read."""

import pytest

from components.figures import theme


def contrast(first: str, second: str) -> float:
    """Return the contrast ratio of two colours (WCAG 2.2)."""

    def luminance(colour: str) -> float:
        linear = [
            c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4
            for c in (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
        ]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    low, high = sorted((luminance(first), luminance(second)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("direction", theme.DIRECTION_COLOURS)
def test_a_direction_is_written_on_its_colour_with_enough_contrast(direction):
    assert contrast(theme.DIRECTION_COLOURS[direction], theme.DIRECTION_INKS[direction]) >= 4.5


@pytest.mark.parametrize("colour", theme.SEQUENCE)
def test_a_count_is_written_on_its_shade_with_enough_contrast(colour):
    assert contrast(colour, theme.ink(colour)) >= 4.5


def test_muted_text_can_be_read_on_the_ground():
    assert contrast(theme.MUTED, theme.GROUND) >= 4.5


def test_every_direction_has_a_symbol_and_a_word():
    assert {d: theme.with_symbol(d) for d in theme.DIRECTION_COLOURS} == {
        "strengthened": "▲ strengthened",
        "mixed": "◄► mixed",
        "impeded": "▼ impeded",
        "unclear": "? unclear",
        "context": "– context",
    }


def test_none_is_palest_and_the_most_is_darkest():
    assert (theme.shade(0, 9), theme.shade(9, 9)) == (theme.SEQUENCE[0], theme.SEQUENCE[-1])
