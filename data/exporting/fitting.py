"""How much room text takes on a slide, told before it is drawn: nothing on a slide may run over what stands beneath.

Widths are measured in the font that Pillow carries, drawn after Helvetica as Arial is, with something added for what
the two differ by; so a slide comes out the same on a server without fonts.
"""

from functools import lru_cache
from typing import NamedTuple

from PIL import ImageFont

MEASURED = 100
"""Points at which widths are measured."""
WIDER, BOLDER = 1.06, 1.2
"""What Arial, plain and bold, may take more than the font that is measured; test_fitting.py holds it to that."""
LINE = 1.2
"""Height of a line, as a share of the size of its type."""
EM = 0x2190
"""From here on signs are taken to be as wide as they are high: arrows and shapes, East Asian scripts, emoji."""
MOST_LINES = 999
CUT = " … (the rest stands in the notes)"


class Fitted(NamedTuple):
    """Text as it fits: what of it, at which size in points, and how high it is in points."""

    text: str
    size: int
    height: float
    cut: bool


@lru_cache(maxsize=1)
def _font() -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    return ImageFont.load_default(MEASURED)


@lru_cache(maxsize=4096)
def width(text: str, size: float, bold: bool = False) -> float:
    """Return how wide a line of text is in points, rather too wide than too narrow."""
    wide = sum(ord(sign) >= EM for sign in text)
    narrow = "".join(sign for sign in text if ord(sign) < EM)
    measured = float(_font().getlength(narrow)) / MEASURED * (BOLDER if bold else WIDER)
    return size * (measured + wide)


def lines(text: str, size: float, room: float, bold: bool = False) -> int:
    """Return how many lines text takes in a room of so many points, broken at spaces, long words anywhere."""
    return sum(_lines_of(paragraph, size, room, bold) for paragraph in text.split("\n"))


def _lines_of(paragraph: str, size: float, room: float, bold: bool) -> int:
    found, line = 1, ""
    for word in paragraph.split(" "):
        longer = f"{line} {word}" if line else word
        if width(longer, size, bold) <= room:
            line = longer
            continue
        found += bool(line)
        line = word
        if (wide := width(word, size, bold)) > room:
            found += int(wide // room)
            line = ""
    return found


def fitted(
    text: str, room: float, height: float, sizes: tuple[int, ...], bold: bool = False, most_lines: int = MOST_LINES
) -> Fitted:
    """Return text at the first of these sizes at which it fits, else cut at a word at the last of them."""
    for size in sizes:
        held = lines(text, size, room, bold)
        if held <= most_lines and held * size * LINE <= height:
            return Fitted(text, size, held * size * LINE, False)
    size = sizes[-1]
    most = max(min(most_lines, int(height // (size * LINE))), 1)
    low, high = 0, len(text)
    while low < high:  # the longest beginning that fits with the words that say it was cut
        middle = (low + high + 1) // 2
        fits = lines(f"{text[:middle]}{CUT}", size, room, bold) <= most
        low, high = (middle, high) if fits else (low, middle - 1)
    kept = text[:low].rsplit(maxsplit=1)[0] if " " in text[:low].strip() else text[:low]
    said = f"{kept.rstrip()}{CUT}"
    return Fitted(said, size, lines(said, size, room, bold) * size * LINE, True)
