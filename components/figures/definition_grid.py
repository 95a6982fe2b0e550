"""Definitions side by side: holders in rows, what they count in as columns, each cell a sign, a word and a colour."""

import pandas as pd
from markupsafe import Markup

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
    head = Markup("").join(Markup('<th scope="col">{}</th>').format(name) for name in ELEMENT_NAMES.values())
    groups = Markup("").join(_group(kind, table[table["holder_kind"] == kind]) for kind in kinds(table))
    return Markup(
        '<div class="holders" tabindex="0" role="region" aria-label="{caption}"><table><caption>{caption}</caption>'
        '<thead><tr><th scope="col">Who holds it</th>{head}</tr></thead>{groups}</table></div>'
    ).format(caption=caption, head=head, groups=groups)


def _group(kind: str, rows: pd.DataFrame) -> Markup:
    heading = Markup('<tr class="kind"><th scope="rowgroup">{} ({})</th><td colspan="{}"></td></tr>').format(
        kind_name(kind), len(rows), len(ELEMENT_NAMES)
    )
    body = Markup("").join(_row(row) for row in rows.to_dict("records"))
    return Markup("<tbody>{}{}</tbody>").format(heading, body)


def _row(row: dict[str, object]) -> Markup:
    words = [Included(str(row[element])) for element in ELEMENT_NAMES]
    cells = Markup("").join(Markup('<td class="mark {}">{}</td>').format(CLASSES[word], _said(word)) for word in words)
    about = ", ".join(filter(None, (year_of(row), str(row["place"]), str(row["breadth"]))))
    return Markup('<tr><th scope="row">{} <span class="about">{}</span></th>{}</tr>').format(
        row["holder"], about, cells
    )


def year_of(row: dict[str, object]) -> str:
    """Return a definition's year, or nothing where none is known."""
    return "" if pd.isna(row["year"]) else str(row["year"])
