"""The stylesheet: .css files beside the components, whose colours are the palette's custom properties.

dashboard.css is drawn into every page, after the colours; what only one page may have, or a component that stands by
itself, has a file of its own beside it. Nothing here is asked for by the browser: all of it stands in the page.
"""

from functools import cache
from pathlib import Path

from data import palette

DASHBOARD = Path(__file__).parent / "dashboard.css"


@cache
def of_dashboard() -> str:
    """Return what every page is drawn with: the colours, then dashboard.css."""
    colours = "; ".join(f"{name}: {colour}" for name, colour in palette.PROPERTIES.items())
    return f"<style>\n:root {{ {colours}; }}\n{DASHBOARD.read_text(encoding='utf-8')}</style>"


@cache
def beside(module: str) -> str:
    """Return the rules of the .css file that stands beside a module, given its `__file__`, and has its name."""
    return Path(module).with_suffix(".css").read_text(encoding="utf-8")
