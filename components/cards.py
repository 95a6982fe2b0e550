"""Finding cards: the proof beneath every number, each with its direction, confidence, codes, source and permalink."""

import pandas as pd
import streamlit as st
from markupsafe import Markup

from components import address, plain, store, theme
from components.shell import page_path
from data.codebook import Codebook
from data.exporting.citation import cite
from data.filters import Filter
from data.queries.listing import ORDERS
from data.wording import number_of

ORDER_NAMES = {
    "confidence": "Highest confidence first",
    "newest": "Newest source first",
    "ref": "By ref",
    "relevance": "Best match of the search first",
}
PAGE_SIZE = 5


def show_findings(wanted: Filter, page: str, heading: str = "The findings beneath") -> None:
    """Draw the filter's findings as cards, a few at a time, with the order to choose."""
    total = store.counts(wanted).findings
    st.html(Markup('<h2 class="figure-title">{}</h2>').format(heading))
    order, number = choose_order(wanted, page, total, PAGE_SIZE)
    for row in store.findings(wanted, order, PAGE_SIZE, (number - 1) * PAGE_SIZE).to_dict("records"):
        show(row, page)


def choose_order(wanted: Filter, page: str, total: int, size: int) -> tuple[str, int]:
    """Draw the choice of order and of which part to show; return both, parts counted from 1."""
    orders = ORDERS[::-1] if wanted.q else tuple(order for order in ORDERS if order != "relevance")
    parts = max(1, -(-total // size))
    order_key, part_key = f"{page}_order", f"{page}_part_{size}"
    if st.session_state.get(order_key) not in orders:
        st.session_state[order_key] = orders[0]
    st.session_state[part_key] = min(int(st.session_state.get(part_key, 1)), parts)
    choose, turn, told = st.columns([2, 1, 2], vertical_alignment="bottom")
    order = choose.selectbox("Order", orders, format_func=ORDER_NAMES.__getitem__, key=order_key)
    number = int(turn.number_input(f"Part, of {parts:,}", 1, parts, key=part_key, disabled=parts == 1))
    first, last = (number - 1) * size + 1, min(number * size, total)
    told.html(Markup('<p class="note">Findings {} to {} of {}.</p>').format(f"{first:,}", f"{last:,}", f"{total:,}"))
    return order, number


def show(row: dict[str, object], page: str, whole: bool = False) -> None:
    """Draw one finding: a row of `listing.findings`. With `whole`, its details stand open."""
    codebook = store.codebook()
    with st.container(border=True, key=f"{page}_card_{row['finding_id']}"):
        st.html(_front(row, codebook))
        if whole:
            _back(row, codebook, page)
        else:
            with st.expander("Codes, source, citation and link"):
                _back(row, codebook, page)


def _front(row: dict[str, object], codebook: Codebook) -> Markup:
    direction = str(row["direction"])
    regions = ", ".join(codebook.name("region", code) for code in codes_in(row, "regions"))
    source = ", ".join(filter(None, (str(row["organisation"] or row["authors"]), _year(row))))
    return Markup(
        '<article class="card"><p class="said"><span class="direction" style="background:{ground};color:{ink}">{said}'
        '</span> {finding}</p><p class="small"><strong>{confidence} confidence</strong>: {reason}. {where}</p>'
        '<p class="small">{title} ({source}) · {ref}</p></article>'
    ).format(
        ground=theme.DIRECTION_COLOURS[direction],
        ink=theme.DIRECTION_INKS[direction],
        said=theme.with_symbol(direction),
        finding=row["finding"],
        confidence=str(row["confidence"]).capitalize(),
        reason=row["confidence_reason"] or "no reason given",
        where=" · ".join(filter(None, (str(row["place"]), regions))),
        title=row["title"],
        source=source or "no organisation or year shown",
        ref=row["finding_id"],
    )


def _year(row: dict[str, object]) -> str:
    return "" if pd.isna(row["year"]) else str(int(str(row["year"]).split(".", maxsplit=1)[0]))


def codes_in(row: dict[str, object], column: str) -> list[str]:
    """Return the codes that a row holds in a column, joined there by semicolons."""
    return [code for code in str(row[column]).split(";") if code]


def _back(row: dict[str, object], codebook: Codebook, page: str) -> None:
    chips = {("region", code): codebook.name("region", code) for code in codes_in(row, "regions")}
    chips |= {("theme", code): codebook.name("theme", code) for code in codes_in(row, "themes")}
    for code, role in zip(codes_in(row, "levers"), codes_in(row, "lever_roles"), strict=True):
        chips["lever", code, role] = f"{codebook.name('lever', code)} ({role})"  # type: ignore[index]
    key = f"{page}_chips_{row['finding_id']}"
    st.pills(
        "Narrow to all findings on",
        list(chips),
        format_func=lambda chip: plain.label(chips[chip]),
        key=key,
        on_change=_narrow_to_chip,
        args=(key,),
    )
    st.html(_details(row, codebook))
    ref = str(row["finding_id"])
    st.page_link(
        page_path("findings"), label=plain.label(f"Link to this finding: {ref}"), query_params={"finding": ref}
    )


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
        ("Population", str(row["population"])),
        ("Period", str(row["period"])),
        ("Coded by", f"{row['coder']}, on {row['coded_on']}"),
        ("Read by the coder", str(row["read"])),
        ("Study", _study(row)),
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
