"""One finding's codings side by side: what each coder gave, and in words what only one of them gave."""

from collections.abc import Sequence

import streamlit as st
from markupsafe import Markup

from components.figures import theme
from components.store import store
from data.coders.agreement_table import NAMES
from data.coders.coding_differences import Difference, Reason, alone, differing, missed
from data.coders.rounds import AGREED, Coded, Round
from data.collection import clock
from data.filters.filter import Filter
from data.filters.wording import listed

NONE_GIVEN = "none"
NO_REASON = Markup('<p class="small">No reason is recorded for how it was settled.</p>')


def show(wanted: Filter, chosen: Sequence[Round], one: Difference) -> None:
    """Draw a finding's text and source, then each coding of it, the agreed one last with the reasons it has."""
    row = store.findings(Filter(finding=(one.finding,))).iloc[0]
    agreed = store.codings(wanted)[AGREED]
    about = ", ".join(filter(None, (str(row["title"]), str(row["organisation"] or row["authors"]))))
    st.html(
        Markup('<div class="card"><p class="said">{}</p><p class="small">{} · {}</p></div>').format(
            row["finding"], about, one.finding
        )
    )
    sides = [_side(chosen, coding, one.finding) for coding in chosen if coding.name != AGREED]
    last = _agreed(agreed.coded[one.finding], one.reasons)
    st.html(Markup('<div class="codings">{}{}</div>').format(Markup("").join(sides), last))


def _side(chosen: Sequence[Round], coding: Round, ref: str) -> Markup:
    title = Markup("<h3>{}</h3>").format(coding.title)
    if ref not in coding.coded:
        return Markup('<section>{}<p class="small">Did not code this finding.</p></section>').format(title)
    coded, different = coding.coded[ref], differing(chosen, ref)
    by = ", ".join(filter(None, (coded.coder, coded.coded_on))) or "coder not stated"
    parts = [title, Markup('<p class="small">{}</p>').format(by)]
    if "direction" in coding.covers:
        differs = Markup(" <strong>(differs)</strong>") if "direction" in different else Markup("")
        parts.append(Markup("<h4>Direction</h4><p>{}{}</p>").format(theme.with_symbol(coded.direction), differs))
    for facet in ("theme", "lever"):
        if facet in coding.covers or (facet == "lever" and "role" in coding.covers):
            parts.append(_codes(chosen, coding, facet, ref))
    return Markup("<section>{}</section>").format(Markup("").join(parts))


def _codes(chosen: Sequence[Round], coding: Round, facet: str, ref: str) -> Markup:
    coded, codebook = coding.coded[ref], store.codebook()
    items = []
    for code in sorted(coded.codes(facet)):
        marks = []
        if facet in coding.covers and alone(chosen, coding.name, facet, ref, code):
            marks.append("only here")
        if facet == "lever" and _role_differs(chosen, ref, code):
            marks.append("role differs")
        mark = Markup(" <strong>({})</strong>").format(listed(marks, "and")) if marks else Markup("")
        items.append(Markup("<li>{}{}{}</li>").format(codebook.name(facet, code), _role(coded, facet, code), mark))
    if facet in coding.covers:
        items += [
            Markup("<li><strong>not given here:</strong> {}</li>").format(codebook.name(facet, code))
            for code in missed(chosen, coding.name, facet, ref)
        ]
    return Markup("<h4>{}</h4>{}").format(NAMES[facet], _list(items))


def _role(coded: Coded, facet: str, code: str) -> str:
    role = coded.role(code) if facet == "lever" else ""
    return f", {role}" if role else ""


def _role_differs(chosen: Sequence[Round], ref: str, lever: str) -> bool:
    return len({one.coded[ref].role(lever) for one in chosen if ref in one.coded} - {""}) > 1


def _list(items: Sequence[Markup]) -> Markup:
    if not items:
        return Markup('<p class="small">{}</p>').format(NONE_GIVEN)
    return Markup("<ul>{}</ul>").format(Markup("").join(items))


def _agreed(coded: Coded, reasons: Sequence[Reason]) -> Markup:
    codebook = store.codebook()
    themes = [Markup("<li>{}</li>").format(codebook.name("theme", code)) for code in sorted(coded.themes)]
    levers = [
        Markup("<li>{}{}</li>").format(codebook.name("lever", code), _role(coded, "lever", code))
        for code in sorted(coded.levers)
    ]
    return Markup(
        '<section class="agreed"><h3>Agreed now</h3>{}<h4>Direction</h4><p>{}</p><h4>{}</h4>{}<h4>{}</h4>{}</section>'
    ).format(
        why(reasons) or NO_REASON, theme.with_symbol(coded.direction), NAMES["theme"], _list(themes),
        NAMES["lever"], _list(levers),
    )  # fmt: skip


def why(reasons: Sequence[Reason]) -> Markup:
    """Return each reason once, the newest first: one settlement gives the same for every facet; nothing without any."""
    given: dict[tuple[str, str, str], bool] = {}
    for reason in reversed(reasons):
        told = (reason.why, reason.who, reason.at)
        given[told] = given.get(told, False) or reason.stands
    return Markup("").join(
        Markup('<p class="small">Settled by {who} on {at}: <strong>{why}</strong>{ended}</p>').format(
            who=who or "someone not named", at=clock.stamp_of(at) or "a day not stated", why=why,
            ended="" if stands else " (no longer stands: changed since)",
        )
        for (why, who, at), stands in given.items()
    )  # fmt: skip
