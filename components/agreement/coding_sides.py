"""One finding's codings side by side: what each coder gave, and in words what only one of them gave."""

from collections.abc import Sequence
from typing import NamedTuple

import streamlit as st
from markupsafe import Markup

from components.figures import templates, theme
from components.store import store
from data.coders.agreement_table import NAMES
from data.coders.coding_differences import CodingDifference, Reason, alone, differing, missed
from data.coders.rounds import AGREED, CodedFinding, Round
from data.collection import clock
from data.filters.filter import Filter
from data.filters.wording import listed

SMALL = Markup('<p class="small">{}</p>')
NO_REASON = SMALL.format("No reason is recorded for how it was settled.")


class Code(NamedTuple):
    """A code of a coding: its name with its role, in what it stands apart, and whether others alone gave it."""

    name: str
    marks: str = ""
    missed: bool = False


class Side(NamedTuple):
    """One coding of a finding: whose it is, what is said of it, and its codes by facet."""

    title: str
    told: Markup
    facets: Sequence[tuple[str, Sequence[Code]]] = ()
    direction: str = ""
    differs: bool = False
    agreed: bool = False


def show(wanted: Filter, chosen: Sequence[Round], one: CodingDifference) -> None:
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
    st.html(templates.drawn(__file__, sides=[*sides, last]))


def _side(chosen: Sequence[Round], coding: Round, ref: str) -> Side:
    if ref not in coding.coded:
        return Side(coding.title, SMALL.format("Did not code this finding."))
    coded, different = coding.coded[ref], differing(chosen, ref)
    by = ", ".join(filter(None, (coded.coder, coded.coded_on))) or "coder not stated"
    facets = [
        (NAMES[facet], _codes(chosen, coding, facet, ref))
        for facet in ("theme", "lever")
        if facet in coding.covers or (facet == "lever" and "role" in coding.covers)
    ]
    if "direction" not in coding.covers:
        return Side(coding.title, SMALL.format(by), facets)
    return Side(
        coding.title, SMALL.format(by), facets, theme.with_symbol(coded.direction), differs="direction" in different
    )


def _codes(chosen: Sequence[Round], coding: Round, facet: str, ref: str) -> list[Code]:
    coded, codebook = coding.coded[ref], store.codebook()
    codes = []
    for code in sorted(coded.codes(facet)):
        marks = []
        if facet in coding.covers and alone(chosen, coding.name, facet, ref, code):
            marks.append("only here")
        if facet == "lever" and _role_differs(chosen, ref, code):
            marks.append("role differs")
        codes.append(_code(coded, facet, code, listed(marks, "and") if marks else ""))
    if facet in coding.covers:
        codes += [Code(codebook.name(facet, code), missed=True) for code in missed(chosen, coding.name, facet, ref)]
    return codes


def _code(coded: CodedFinding, facet: str, code: str, marks: str = "") -> Code:
    return Code(f"{store.codebook().name(facet, code)}{_role(coded, facet, code)}", marks)


def _role(coded: CodedFinding, facet: str, code: str) -> str:
    role = coded.role(code) if facet == "lever" else ""
    return f", {role}" if role else ""


def _role_differs(chosen: Sequence[Round], ref: str, lever: str) -> bool:
    return len({one.coded[ref].role(lever) for one in chosen if ref in one.coded} - {""}) > 1


def _agreed(coded: CodedFinding, reasons: Sequence[Reason]) -> Side:
    facets = [
        (NAMES[facet], [_code(coded, facet, code) for code in sorted(coded.codes(facet))])
        for facet in ("theme", "lever")
    ]
    return Side("Agreed now", why(reasons) or NO_REASON, facets, theme.with_symbol(coded.direction), agreed=True)


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
