"""The one palette and the one set of symbols: the same meaning has the same colour, symbol and word everywhere.

Colours are the UK Analysis Function's categorical and sequential palettes.
"""

from types import MappingProxyType

NAME = "Social infrastructure evidence"
"""What the dashboard is called, on the screen and in the browser's tab."""

TEXT = "#1B1B1F"
MUTED = "#505A5F"
GRID = "#E3E6EA"
ACCENT = "#12436D"
FOCUS = "#F46A25"
GROUND = "#FFFFFF"

DIRECTION_COLOURS = MappingProxyType(
    {
        "strengthened": "#28A197",
        "mixed": "#A285D1",
        "impeded": "#801650",
        "unclear": "#8A8F98",
        "context": "#BFC4CA",
    }
)
DIRECTION_INKS = MappingProxyType(
    {"strengthened": TEXT, "mixed": TEXT, "impeded": GROUND, "unclear": TEXT, "context": TEXT}
)
"""What is written on each direction's colour, with a contrast of at least 4.5 to 1."""

DIRECTION_SYMBOLS = MappingProxyType(
    {"strengthened": "▲", "mixed": "◄►", "impeded": "▼", "unclear": "?", "context": "–"}
)

VOTED = ("strengthened", "mixed", "impeded")
"""The order in which directions stand in bars, legends and tables."""

SEQUENCE = ("#F3F5F7", "#D5E5F5", "#A9CDF2", "#6BACE6", "#2073BC", "#12436D")
"""Few to many; the first stands for none."""


def with_symbol(direction: str) -> str:
    """Return a direction with its symbol: never colour alone."""
    return f"{DIRECTION_SYMBOLS[direction]} {direction}"


def shade(number: float, most: float) -> str:
    """Return the colour of a count on the sequential palette; none is nearly white."""
    if number <= 0 or most <= 0:
        return SEQUENCE[0]
    return SEQUENCE[min(len(SEQUENCE) - 1, 1 + int((len(SEQUENCE) - 1) * (number / most) ** 0.5 * 0.999))]


def ink(colour: str) -> str:
    """Return dark or light text for a ground of this colour, whichever has the stronger contrast (WCAG 2.2, 1.4.3)."""
    return TEXT if _luminance(colour) > 0.2 else GROUND


def _luminance(colour: str) -> float:
    channels = (int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5))
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def rgb(colour: str, opacity: int = 255) -> list[int]:
    """Return a colour as red, green, blue and opacity, each 0 to 255, as maps take it."""
    return [*(int(colour[place : place + 2], 16) for place in (1, 3, 5)), opacity]


STYLE = f"""
<style>
.stMainBlockContainer {{ padding: 3.6rem 3rem 4rem 3rem; max-width: 1560px; }}
.answer {{ font-size: 1.75rem; line-height: 1.28; font-weight: 650; margin: 0; padding: 0; max-width: 46em; }}
.brand {{ color: {ACCENT}; font-weight: 650; font-size: 1.05rem; margin: -1.6rem 0 .2rem 0; }}
.banner {{ border-left: 4px solid {ACCENT}; background: {GROUND}; padding: .4rem .6rem; margin: 0; font-size: .9rem;
  line-height: 1.4; overflow-wrap: anywhere; }}
.steps {{ display: flex; flex-wrap: wrap; gap: .2rem 1.6rem; list-style: none; counter-reset: step; padding: 0;
  margin: .3rem 0 .6rem 0; font-size: .94rem; color: {MUTED}; }}
ol.steps {{ padding-left: 0 !important; }}
.steps li {{ counter-increment: step; margin: 0 !important; }}
.steps li::before {{ content: counter(step) ". "; }}
.steps li[aria-current] {{ color: {TEXT}; font-weight: 650; border-bottom: 3px solid {ACCENT}; }}
.eyebrow {{ color: {MUTED}; font-size: 1rem; margin: 0; }}
.lead {{ font-size: 1.1rem; line-height: 1.5; margin: 0; max-width: 62em; }}
.lead p {{ margin: 0 0 .3em 0; overflow-wrap: anywhere; }}
.note {{ color: {MUTED}; font-size: .94rem; line-height: 1.45; margin: 0; max-width: 62em; }}
.theirs {{ margin: 0; overflow-wrap: anywhere; }}
.figure-title {{ font-size: 1.2rem; font-weight: 600; margin: .3rem 0 .1rem 0; padding: 0; line-height: 1.35; }}
.counts {{ width: 100%; overflow-x: auto; container-type: inline-size; }}
.counts table {{ border-collapse: collapse; font-variant-numeric: tabular-nums; font-size: .94rem; }}
.counts caption {{ text-align: left; color: {MUTED}; padding: 0 0 .4rem 0; caption-side: top;
  max-width: 100cqw; }}
.counts th, .counts td {{ padding: .3rem .8rem .3rem 0; border-bottom: 1px solid {GRID}; text-align: left;
  vertical-align: top; font-weight: 400; }}
.counts thead th {{ font-weight: 600; vertical-align: bottom; border-bottom: 2px solid {TEXT}; }}
.counts tbody .short {{ white-space: nowrap; }}
.counts .long {{ min-width: min(12rem, 42vw); overflow-wrap: anywhere; }}
.counts .number {{ text-align: right; padding-right: 1.2rem; }}
.counts td.number {{ white-space: nowrap; }}
/* Numbers that lead to their list keep the look of their sentence, with a line beneath. */
.answer a {{ color: inherit !important; text-decoration: underline; text-decoration-thickness: 1px;
  text-underline-offset: .14em; }}
.answer a:hover {{ color: {ACCENT} !important; text-decoration-thickness: 3px; }}
.card a, .lead a, .note a, .counts a {{ color: {ACCENT}; }}
.card p {{ margin: 0 0 .35rem 0; line-height: 1.5; }}
.card .said {{ font-size: 1.08rem; }}
.stPageLink a span, .stPageLink a p {{ white-space: normal; overflow: visible; }}
.card .small {{ color: {MUTED}; font-size: .94rem; }}
.card .study-title {{ font-size: 1.08rem; font-weight: 600; line-height: 1.4; margin: 0 0 .2rem 0; padding: 0;
  overflow-wrap: anywhere; }}
.card dl {{ display: grid; grid-template-columns: fit-content(16rem) 1fr; gap: .25rem 1.5rem; margin: .4rem 0 0 0;
  padding: 0 !important; }}
.card dt {{ color: {MUTED}; }} .card dd {{ margin: 0; overflow-wrap: anywhere; }}
.direction {{ display: inline-block; padding: 0 .5em; border-radius: 3px; font-weight: 600; white-space: nowrap; }}
.section {{ margin-top: 1.2rem; font-size: 1.35rem; scroll-margin-top: 4rem; }}
.contents ul {{ columns: 2 16rem; list-style: none; padding: 0; }}
.gaps {{ margin: 0; padding-left: 1.2rem; line-height: 1.55; }}
.legend p {{ margin: .2rem 0 .1rem 0; font-size: .94rem; }}
.legend ul {{ list-style: none; display: flex; flex-wrap: wrap; gap: .1rem 1rem; margin: 0 0 .3rem 0;
  padding: 0; font-size: .94rem; }}
.swatch {{ display: inline-block; width: 1.1em; height: 1.1em; margin-right: .4em; vertical-align: -.15em;
  border: 1px solid {MUTED}; }}
.swatch.dot {{ width: .9em; height: .9em; border-radius: 50%; border-color: {GROUND}; }}
/* The panel stands still while its choices and counts change, so that a click lands on the chip that it was meant for:
   what is chosen stays on one line, which scrolls, and each chip has a line of its own. */
.stSidebar [data-testid=stMultiSelectTagsContainer] {{ flex-wrap: nowrap; overflow-x: auto; scrollbar-width: thin; }}
.stSidebar [data-testid=stMultiSelectTagsContainer] > *,
.stSidebar [data-testid=stMultiSelectTagsContainer] [role=group] > * {{ flex-shrink: 0; }}
.stSidebar [data-testid=stMultiSelect] [role=group] {{ height: 2.5rem; }}
.stSidebar [data-testid=stButtonGroup] [role=toolbar] {{ flex-direction: column; align-items: flex-start; }}
/* A finger that moves up or down over a map moves the page. */
.stDeckGlJsonChart * {{ touch-action: pan-y !important; }}
@media (max-width: 640px) {{
  .stMainBlockContainer {{ padding: 3.6rem 1rem 3rem 1rem; }}
  .answer {{ font-size: 1.35rem; }}
  .card dl {{ grid-template-columns: 1fr; gap: 0; }} .card dd {{ margin-bottom: .4rem; }}
}}
</style>
"""
