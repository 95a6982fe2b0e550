"""The one set of symbols, and the stylesheet: the same meaning has the same colour, symbol and word everywhere."""

from types import MappingProxyType

NAME = "Social infrastructure evidence"
"""What the dashboard is called, on the screen and in the browser's tab."""

DIRECTION_SYMBOLS = MappingProxyType(
    {"strengthened": "▲", "mixed": "◄►", "impeded": "▼", "unclear": "?", "context": "–"}
)

VOTED = ("strengthened", "mixed", "impeded")
"""The order in which directions stand in bars, legends and tables."""


def with_symbol(direction: str) -> str:
    """Return a direction with its symbol: never colour alone."""
    return f"{DIRECTION_SYMBOLS[direction]} {direction}"
