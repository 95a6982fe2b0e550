"""Definitions side by side: holders in rows, what they count in as columns, each cell a sign, a word and a colour."""

import pandas as pd
from markupsafe import Markup

from components.figures import theme
from data.queries.definition_counts import ELEMENT_NAMES, kind_name, kinds
from models import Included

SIGNS = {Included.YES: "✓", Included.NO: "✕", Included.NOT_SAID: "·"}
CLASSES = {Included.YES: "yes", Included.NO: "no", Included.NOT_SAID: "unsaid"}
MEANINGS = {
    Included.YES: "the definition counts it in",
    Included.NO: "the definition leaves it out, in so many words",
    Included.NOT_SAID: "the text read does not mention it",
}
STYLE = f"""
<style>
.holders {{ overflow: auto; max-height: 85vh; border: 1px solid {theme.GRID}; }}
.holders table {{ border-collapse: separate; border-spacing: 0; font-size: .86rem; width: 100%; }}
.holders caption {{ text-align: left; color: {theme.MUTED}; padding: .3rem .5rem; }}
.holders th, .holders td {{ padding: .3rem .25rem; border-bottom: 1px solid {theme.GRID}; font-weight: 400;
  text-align: center; vertical-align: middle; line-height: 1.25; }}
.holders thead th {{ position: sticky; top: 0; z-index: 2; background: {theme.GROUND}; font-weight: 600;
  vertical-align: bottom; border-bottom: 2px solid {theme.TEXT}; min-width: 3.9rem; font-size: .78rem; }}
.holders td {{ border-right: 2px solid {theme.GROUND}; }}
.holders th:first-child {{ position: sticky; left: 0; z-index: 1; background: {theme.GROUND}; text-align: left;
  min-width: 11rem; padding-left: .5rem; border-right: 1px solid {theme.GRID}; overflow-wrap: anywhere; }}
.holders thead th:first-child {{ z-index: 3; }}
.holders .kind th {{ background: {theme.SEQUENCE[0]}; font-weight: 600; text-align: left; }}
.holders .kind td {{ background: {theme.SEQUENCE[0]}; }}
.holders .about {{ color: {theme.MUTED}; display: block; font-size: .84rem; }}
.mark {{ white-space: nowrap; }}
.mark.yes {{ background: {theme.ACCENT}; color: {theme.GROUND}; font-weight: 600; }}
.mark.no {{ background: {theme.FOCUS}; color: {theme.TEXT}; font-weight: 600; }}
.mark.unsaid {{ color: {theme.MUTED}; }}
.legend .mark {{ padding: 0 .5em; border-radius: 3px; }}
@media (max-width: 640px) {{ .holders th:first-child {{ min-width: 8.5rem; max-width: 8.5rem; }} }}
@media print {{ .holders {{ max-height: none; overflow: visible; }} }}
</style>
"""


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
