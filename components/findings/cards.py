"""Finding cards: the proof beneath every number, each with its direction, confidence, codes, source and permalink."""

from collections.abc import Sequence
from typing import NamedTuple

import pandas as pd
import streamlit as st
from markupsafe import Markup

from components.agreement import coding_sides
from components.figures import list_parts, plain_text, templates, theme
from components.findings import versions, whence
from components.frame import address, view_choices
from components.frame.shell import page_path
from components.store import store, visitor
from data import palette
from data.collection.codebook import Codebook
from data.exporting.citation import cite
from data.filters.filter import Filter
from data.filters.wording import listed, number_of
from data.schema import FINDING
from data.sentences import provenance

ORDER_NAMES = {
    "confidence": "Highest confidence first",
    "newest": "Newest source first",
    "ref": "By ref",
    "relevance": "Best match of the search first",
}
NOTES = {"Note": "note", "Note on the source": "source_note"}
"""What the coders remarked, which stands on a card only where they did."""

Chip = tuple[str, ...]
"""A facet and a code; of a lever, its role too."""


class Card(NamedTuple):
    """One finding, ready to be drawn: its ref, what stands in front, its codes to narrow to, and its details."""

    ref: str
    front: Markup
    chips: dict[Chip, str]
    details: Markup


def show_all(wanted: Filter, page: str, order: str = "ref", whole: bool = False) -> None:
    """Draw all of a filter's findings as cards: for a filter that names a few. With `whole`, details stand open."""
    for card in _cards(wanted, order, None, 0):
        show(card, page, whole)


@store.remembered
def _cards(wanted: Filter, order: str, limit: int | None, offset: int) -> tuple[Card, ...]:
    return tuple(cards_of(store.findings(wanted, order, limit, offset).to_dict("records"), wanted))


def cards_of(
    rows: Sequence[dict[str, object]], wanted: Filter, *, of_source: bool = True, coded: bool = True
) -> list[Card]:
    """Return the cards of a filter's findings; best matches of its search say which of its words they hold."""
    marks = store.search_marks(wanted, rows)
    return [
        card_of(row, marks.get(str(row["finding_id"]), ""), wanted, of_source=of_source, coded=coded) for row in rows
    ]


def card_of(
    row: dict[str, object],
    mark: str = "",
    wanted: Filter = whence.EVERYTHING,
    *,
    of_source: bool = True,
    coded: bool = True,
) -> Card:
    """Return the card of a finding, a row of `listing.findings`; `mark` says how it matches a search.

    A card that stands within one of its study leaves out what is told there: its source, who coded it, or both. Its way
    to Method keeps the filter.
    """
    codebook = store.codebook()
    beneath = [
        Markup('<p class="small">{}</p>').format(source(row)) if of_source else "",
        whence_of(row, wanted) if coded else "",
        Markup('<p class="small matched">{}</p>').format(mark) if mark else "",
    ]
    front = _front(row, codebook, Markup("").join(beneath))
    return Card(str(row["finding_id"]), front, _chips(row, codebook), _details(row, codebook))


def choose_order(wanted: Filter, page: str, total: int, size: int, noun: str = "Findings") -> tuple[str, int]:
    """Draw the choice of order and of which part to show; return both, parts counted from 1.

    `total` is how many there are of what the noun names, `size` how many of them make a part.
    """
    orders = view_choices.orders(wanted)
    order_key = f"{page}_order"
    if st.session_state.get(order_key) not in orders:
        st.session_state[order_key] = orders[0]
    choose, turn, told = st.columns([2, 1, 2], vertical_alignment="bottom")
    order = choose.selectbox("Order", orders, format_func=ORDER_NAMES.__getitem__, key=order_key)
    number = list_parts.choose(turn, total, size, f"{page}_part_{size}") if total > size else 1
    told.html(list_parts.told(noun, number, total, size))
    return order, number


def show(card: Card, page: str, whole: bool = False) -> None:
    """Draw one finding in a frame of its own. With `whole`, its details stand open."""
    with st.container(border=True, key=f"{page}_card_{card.ref}"):
        draw(card, page, whole)


def draw(card: Card, page: str, whole: bool = False) -> None:
    """Draw one finding. With `whole`, its details stand open."""
    st.html(card.front)
    if whole:
        _back(card, page)
        _say_how_settled(card.ref)
    else:
        with st.expander("Codes, source, citation and link"):
            _back(card, page)


def _front(row: dict[str, object], codebook: Codebook, beneath: Markup) -> Markup:
    direction = str(row["direction"])
    return templates.drawn(
        __file__,
        direction=direction_mark(direction),
        finding=row["finding"],
        confidence=str(row["confidence"]).capitalize(),
        reason=row["confidence_reason"] or "no reason given",
        where=where(row, codebook),
        ref=row["finding_id"],
        beneath=beneath,
    )


def direction_mark(direction: str) -> Markup:
    """Return a direction, or a vote, in its colour and with its symbol."""
    return Markup('<span class="direction" style="background:{};color:{}">{}</span>').format(
        palette.DIRECTION_COLOURS[direction], palette.DIRECTION_INKS[direction], theme.with_symbol(direction)
    )


def source(row: dict[str, object]) -> str:
    """Return a finding's source in a line: its title, who published it and when."""
    made = ", ".join(filter(None, (str(row["organisation"] or row["authors"]), _year(row))))
    return f"{row['title']} ({made or 'no organisation or year shown'})"


def whence_of(row: dict[str, object], wanted: Filter) -> Markup:
    """Return the line that says who coded a finding and how much was read, with the way to Method."""
    said = provenance.of_finding(row, str(row["finding_id"]) in store.settled_by_people())
    return Markup('<p class="small">{} {}</p>').format(said, whence.way(wanted))


def where(row: dict[str, object], codebook: Codebook) -> str:
    """Return where a finding is about: its place, then its regions, a place named as its region only once."""
    regions = ", ".join(codebook.name("region", code) for code in codes_in(row, "regions"))
    return " · ".join(dict.fromkeys(filter(None, (str(row["place"]), regions))))


def _year(row: dict[str, object]) -> str:
    return "" if pd.isna(row["year"]) else str(int(str(row["year"]).split(".", maxsplit=1)[0]))


def codes_in(row: dict[str, object], column: str) -> list[str]:
    """Return the codes that a row holds in a column, joined there by semicolons."""
    return [code for code in str(row[column]).split(";") if code]


def _chips(row: dict[str, object], codebook: Codebook) -> dict[Chip, str]:
    chips: dict[Chip, str] = {}
    for facet, column in (("region", "regions"), ("theme", "themes")):
        chips |= {(facet, code): plain_text.label(codebook.name(facet, code)) for code in codes_in(row, column)}
    for code, role in zip(codes_in(row, "levers"), codes_in(row, "lever_roles"), strict=True):
        chips["lever", code, role] = plain_text.label(f"{codebook.name('lever', code)} ({role})")
    return chips


def _back(card: Card, page: str) -> None:
    key = f"{page}_chips_{card.ref}"
    st.pills(
        "Narrow to all findings on",
        list(card.chips),
        format_func=card.chips.__getitem__,
        key=key,
        on_change=_narrow_to_chip,
        args=(key,),
    )
    st.html(card.details)
    if visitor.current().edits:
        versions.show(card.ref)
    st.page_link(
        page_path("findings"),
        label=plain_text.label(f"Link to this finding: {card.ref}"),
        query_params={"finding": card.ref},
    )


def _say_how_settled(ref: str) -> None:
    """Say who settled the coding of a finding that coders differed on, when and why, where that is recorded."""
    if given := store.reasons(Filter(finding=(ref,))).get(ref):
        st.html(Markup('<div class="card">{}</div>').format(coding_sides.why(given)))


def _narrow_to_chip(key: str) -> None:
    chip = st.session_state[key]
    st.session_state[key] = None
    if chip:
        facet, code, *role = chip
        address.narrow({facet: code, **({"role": role[0]} if role else {})})


def _details(row: dict[str, object], codebook: Codebook) -> Markup:
    pairs = [(codebook.name("theme", code), _defined(codebook, "theme", code)) for code in codes_in(row, "themes")]
    for code, role in zip(codes_in(row, "levers"), codes_in(row, "lever_roles"), strict=True):
        meaning = codebook.facets["role"][role].definition
        pairs.append((f"{codebook.name('lever', code)}, {role}", f"{_defined(codebook, 'lever', code)}. {meaning}."))
    direction, confidence = str(row["direction"]), str(row["confidence"])
    pairs += [
        (f"Direction: {direction}", codebook.facets["direction"][direction].definition),
        (f"Confidence: {confidence}", codebook.facets["confidence"][confidence].definition),
        *((column.on_card, str(row[column.name])) for column in FINDING if column.on_card),
        ("Coded by", f"{listed(codes_in(row, 'coder'), 'and')}, on {row['coded_on']}"),
        ("Read by the coder", str(row["read"])),
        ("Study", _study(row)),
        *((name, str(row[column])) for name, column in NOTES.items() if row[column]),
    ]
    said = Markup("").join(
        Markup("<dt>{}</dt><dd>{}</dd>").format(name, value or "not stated") for name, value in pairs
    )
    said += Markup("<dt>Citation</dt><dd>{}{}</dd>").format(cite(row), _open_source(str(row["url"])))
    return Markup('<div class="card"><dl>{}</dl></div>').format(said)


def _defined(codebook: Codebook, facet: str, code: str) -> str:
    entry = codebook.facets[facet].get(code)
    return entry.definition if entry else "not in the codebook"


def _study(row: dict[str, object]) -> str:
    if not row["study"]:
        return "this source alone"
    others = store.sources_of_study(str(row["study"]))
    return (
        f"{row['study']}: {number_of(others, 'source')} of this collection {'reports' if others == 1 else 'report'} it"
    )


def _open_source(url: str) -> Markup:
    """Return a link to a source, only where its address is one a browser opens as a page."""
    if not url.startswith(("https://", "http://")):
        return Markup("")
    return Markup(' <a href="{}" target="_blank" rel="noopener noreferrer">Open the source (new tab)</a>').format(url)
