"""Definitions side by side: holders in rows, what they count in as columns, each cell a sign, a word and a colour."""

import pandas as pd
from markupsafe import Markup

from components.figures import templates
from data.queries.definition_counts import ELEMENT_NAMES, kind_name, kinds
from models import Included

SIGNS = {Included.YES: "✓", Included.NO: "✕", Included.NOT_SAID: "·"}
CLASSES = {Included.YES: "yes", Included.NO: "no", Included.NOT_SAID: "unsaid"}
MEANINGS = {
    Included.YES: "the definition counts it in",
    Included.NO: "the definition leaves it out, in so many words",
    Included.NOT_SAID: "the text read does not mention it",
}


def legend() -> Markup:
    """Return what each sign of the grid means."""
    signs = Markup("").join(Markup("<li>{} {}</li>").format(_sign(word), MEANINGS[word]) for word in Included)
    return Markup('<div class="legend"><ul>{}</ul></div>').format(signs)


def _sign(word: Included) -> Markup:
    return Markup('<span class="mark {}">{}</span>').format(CLASSES[word], _said(word))


def _said(word: Included) -> Markup:
    return Markup('<span aria-hidden="true">{}</span> {}').format(SIGNS[word], word.value)


def grid(table: pd.DataFrame, caption: str) -> Markup:
    """Return a table of definitions as HTML: a row each, grouped by kind of holder, a column for each element."""
    groups = [(kind_name(kind), _rows(table[table["holder_kind"] == kind])) for kind in kinds(table)]
    return templates.drawn(__file__, caption=caption, elements=tuple(ELEMENT_NAMES.values()), groups=groups)


def _rows(table: pd.DataFrame) -> list[tuple[object, str, list[tuple[str, Markup]]]]:
    """Return of each definition its holder, what is said of it, and for each element a class and what stands there."""
    return [(row["holder"], _about(row), _marks(row)) for row in table.to_dict("records")]


def _about(row: dict[str, object]) -> str:
    return ", ".join(filter(None, (year_of(row), str(row["place"]), str(row["breadth"]))))


def _marks(row: dict[str, object]) -> list[tuple[str, Markup]]:
    words = [Included(str(row[element])) for element in ELEMENT_NAMES]
    return [(CLASSES[word], _said(word)) for word in words]


def year_of(row: dict[str, object]) -> str:
    """Return a definition's year, or nothing where none is known."""
    return "" if pd.isna(row["year"]) else str(row["year"])
