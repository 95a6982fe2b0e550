"""The one palette, which figures, stylesheet, slides and workbook take every colour from: one meaning, one colour.

Colours are the UK Analysis Function's categorical and sequential palettes. Streamlit reads those of its own widgets in
.streamlit/config.toml, which a test holds to this table; how a colour is added: CONTRIBUTING.md.
"""

from types import MappingProxyType

TEXT = "#1B1B1F"
MUTED = "#505A5F"
"""Of words that stand back, such as notes and sources."""
GRID = "#E3E6EA"
"""Of lines that part rows and carry a scale."""
BORDER = "#8A8F98"
"""Of edges that have to be seen: of fields, and of a map's areas."""
ACCENT = "#12436D"
FOCUS = "#F46A25"
GROUND = "#FFFFFF"
SOFT = "#F3F5F7"
"""A ground that is told from the page's, and a count of none."""
PALE = "#D5E5F5"
ALARM = "#801650"
"""Ground of what must not be missed, such as a lost connection."""
ERROR = "#F3C9D2"
"""Ground of a cell of a person's own workbook that has to be mended."""
WARNING = "#FFF2CC"
"""Ground of a cell of a person's own workbook that has to be looked at."""

DIRECTION_COLOURS = MappingProxyType(
    {
        "strengthened": "#28A197",
        "mixed": "#A285D1",
        "impeded": ALARM,
        "unclear": BORDER,
        "context": "#BFC4CA",
    }
)
DIRECTION_INKS = MappingProxyType(
    {"strengthened": TEXT, "mixed": TEXT, "impeded": GROUND, "unclear": TEXT, "context": TEXT}
)
"""What is written on each direction's colour, with a contrast of at least 4.5 to 1."""

SEQUENCE = (SOFT, PALE, "#A9CDF2", "#6BACE6", "#2073BC", ACCENT)
"""Few to many; the first stands for none."""

PROPERTIES = MappingProxyType(
    {
        "--text": TEXT,
        "--muted": MUTED,
        "--grid": GRID,
        "--accent": ACCENT,
        "--focus": FOCUS,
        "--ground": GROUND,
        "--soft": SOFT,
        "--pale": PALE,
        "--alarm": ALARM,
    }
)
"""The colours that stylesheets name, as custom properties."""


def shade(number: float, most: float) -> str:
    """Return the colour of a count on the sequential palette; none is nearly white."""
    if number <= 0 or most <= 0:
        return SEQUENCE[0]
    return SEQUENCE[min(len(SEQUENCE) - 1, 1 + int((len(SEQUENCE) - 1) * (number / most) ** 0.5 * 0.999))]


def ink(colour: str) -> str:
    """Return dark or light text for a ground of this colour, whichever has the stronger contrast (WCAG 2.2, 1.4.3)."""
    return TEXT if _luminance(colour) > 0.2 else GROUND


def _luminance(colour: str) -> float:
    channels = (part / 255 for part in _parts(colour))
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def rgb(colour: str, opacity: int = 255) -> list[int]:
    """Return a colour as red, green, blue and opacity, each 0 to 255, as maps take it."""
    return [*_parts(colour), opacity]


def _parts(colour: str) -> tuple[int, int, int]:
    red, green, blue = bytes.fromhex(digits(colour))
    return red, green, blue


def digits(colour: str) -> str:
    """Return a colour as its six digits alone, as workbooks and slides take it."""
    return colour.removeprefix("#")
