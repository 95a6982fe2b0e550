"""One to five findings: they are shown one by one where a page would tell ratios of more."""

from components.store import store
from data.filters.filter import Filter
from data.sentences import on_votes


def found(wanted: Filter) -> bool:
    """Tell whether the filter holds so few findings that they are shown one by one."""
    return on_votes.few(store.counts(wanted))


def title(wanted: Filter, ratio: str, neutral: str) -> str:
    """Return a figure's title: its ratio, or for few findings what it shows."""
    return neutral if found(wanted) else ratio
