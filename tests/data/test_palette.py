"""One palette, text on it that can be read, and no colour that is written anywhere else."""

import ast
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from data import palette


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


@pytest.mark.parametrize("direction", palette.DIRECTION_COLOURS)
def test_a_direction_is_written_on_its_colour_with_enough_contrast(direction):
    assert contrast(palette.DIRECTION_COLOURS[direction], palette.DIRECTION_INKS[direction]) >= 4.5


@pytest.mark.parametrize("colour", palette.SEQUENCE)
def test_a_count_is_written_on_its_shade_with_enough_contrast(colour):
    assert contrast(colour, palette.ink(colour)) >= 4.5


def test_muted_text_can_be_read_on_the_ground():
    assert contrast(palette.MUTED, palette.GROUND) >= 4.5


def test_none_is_palest_and_the_most_is_darkest():
    assert (palette.shade(0, 9), palette.shade(9, 9)) == (palette.SEQUENCE[0], palette.SEQUENCE[-1])


ROOT = Path(palette.__file__).parents[1]
WRITTEN = re.compile(
    r"#(?:[0-9a-f]{8}|[0-9a-f]{6}|[0-9a-f]{3,4})\b|\b(?:rgb|hsl|hwb|lab|lch|oklab|oklch)a?\([\d.]"
    r"|\b(?:color|background|fill|stroke|border[a-z-]*|outline)[\"']?[:=][^;\"'}]*"
    r"\b(?:black|white|red|green|blue|gr[ae]y|silver|yellow|orange|purple|navy|maroon)\b",
    re.IGNORECASE,
)
"""A colour as a stylesheet, a figure or a script has it: in digits, as a function's numbers, or by name."""
SIX_DIGITS = re.compile(r"[0-9A-Fa-f]{6}")
"""A colour as a workbook or a file of slides has it."""
TEXTS = (".css", ".html", ".js", ".svg")


def strings(source: str) -> Iterator[str]:
    """Yield what stands between quotation marks in Python, without documentation."""
    tree = ast.parse(source)
    said = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in said:
            yield node.value


def colours(file: Path) -> list[str]:
    """Return the colours that are written in a file."""
    text = file.read_text(encoding="utf-8")
    parts = list(strings(text)) if file.suffix == ".py" else [text]
    return [m[0] for part in parts for m in WRITTEN.finditer(part)] + [p for p in parts if SIX_DIGITS.fullmatch(p)]


def test_no_colour_is_written_but_in_the_palette():
    chapters = [ROOT / "dashboard.py", ROOT / "models.py"]
    chapters += [f for room in ("components", "data", "pages") for f in (ROOT / room).rglob("*") if f.is_file()]
    files = [file for file in chapters if file.suffix in (".py", *TEXTS)]
    assert {str(file.relative_to(ROOT)): found for file in files if (found := colours(file))} == {
        "data/palette.py": colours(Path(palette.__file__))
    }


def test_the_palette_has_each_colour_once():
    found = colours(Path(palette.__file__))
    assert (len(found), set(found)) == (len(set(found)), {*palette.SEQUENCE, *palette.DIRECTION_COLOURS.values(),
        palette.TEXT, palette.MUTED, palette.GRID, palette.BORDER, palette.ACCENT, palette.FOCUS, palette.GROUND,
        palette.SOFT, palette.ALARM, palette.ERROR, palette.WARNING})  # fmt: skip


def test_the_frame_s_own_widgets_have_the_palette_s_colours():
    theme = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))["theme"]
    assert {name: colour for name, colour in theme.items() if name.endswith("Color")} == {
        "primaryColor": palette.ACCENT,
        "backgroundColor": palette.GROUND,
        "secondaryBackgroundColor": palette.SOFT,
        "textColor": palette.TEXT,
        "linkColor": palette.ACCENT,
        "borderColor": palette.BORDER,
    }


@pytest.mark.parametrize(
    "text",
    ['X = "#abc"', 'X = "12436D"', 'X = f"<b style=\'color: #12436D\'>{y}</b>"', 'X = "background: rgba(0, 0, 0, .5)"',
     'X = "border: 1px solid white;"'],
)  # fmt: skip
def test_a_colour_is_found_however_it_is_written(text, tmp_path):
    (tmp_path / "one.py").write_text(text, encoding="utf-8")
    assert len(colours(tmp_path / "one.py")) == 1


@pytest.mark.parametrize("text", ['X = "see #13"', "X = 124360", '"""As #RRGGBB, or #12436D."""'])
def test_what_is_no_colour_is_none(text, tmp_path):
    (tmp_path / "one.py").write_text(text, encoding="utf-8")
    assert colours(tmp_path / "one.py") == []
