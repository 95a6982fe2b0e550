"""How far coders agree, on the page: which codings, the answer, each facet and code with its interval, and the file."""

import pandas as pd
import streamlit as st
from markupsafe import Markup

from components.figures import exhibit
from components.figures.charts.agreement_chart import agreement_points
from components.figures.exhibit import Exhibit
from components.frame import address, numbered
from components.frame.downloads import Tables
from components.frame.numbered import Number
from components.frame.view_choice import ViewChoice
from components.frame.view_choices import ALL, BETWEEN, CODES, LEAST, LISTED, MEASURE, compared
from components.store import compared_codings, store
from data.coders.agreement_table import FEW, MEASURES, NAMES
from data.coders.measures import SEED, resamples
from data.exporting.workbook import ViewTable
from data.filters.filter import Filter
from data.filters.wording import name_alone, number_of
from data.sentences import on_agreement as statements

MEASURE_NAMES = {"alpha": "Krippendorff's alpha", "kappa": "Cohen's kappa", "agree": "Share that agrees"}
SHORT_NAMES = {"alpha": "Alpha", "kappa": "Kappa", "agree": "Share that agrees"}
HOW_MANY = {LEAST: "Those agreed on least", ALL: "All"}
SHOWN = 12
"""Codes drawn at first: those that coders agree on least."""
HEADINGS = {
    "name": "Of what",
    "compared": "Codes compared",
    "findings": "Findings",
    "used": "Given by any",
    "shared": "Given by all",
    "agree": "Share that agrees",
    "kappa": "Cohen's kappa",
    "alpha": "Krippendorff's alpha",
    "overlap": "Mean Jaccard index",
    **{
        f"{measure}_{end}": f"{said}, interval {word}"
        for measure, said in (("agree", "Share"), ("kappa", "Kappa"), ("alpha", "Alpha"), ("overlap", "Jaccard"))
        for end, word in (("low", "from"), ("high", "to"))
    },
    "few": "Caution",
}
Names = tuple[str, ...]


def chosen(wanted: Filter) -> Names:
    """Return the names of the codings that are now compared; none where there are none to compare."""
    offered = {compared(names): names for names in compared_codings.comparable(wanted)}
    return offered.get(BETWEEN.value()) or next(iter(offered.values()), ())


def answer(wanted: Filter) -> str:
    """Say how far the chosen codings agree."""
    names = chosen(wanted)
    if not names:
        return "No two codings of these findings are held, so how far coders agree is not known"
    return statements.answer(compared_codings.agreement_between(wanted, names), compared_codings.chosen(wanted, names))


def numbers(wanted: Filter) -> list[Number]:
    """Return the number of findings in the answer, where all of the filter were compared: it leads to their list."""
    held, names = store.counts(wanted).findings, chosen(wanted)
    rows = compared_codings.agreement_between(wanted, names) if names else None
    if rows is None or not ((rows["code"] == "") & (rows["facet"] == "direction") & (rows["compared"] == held)).any():
        return []
    return [numbered.counted(held, "finding", address.way("findings", wanted))]


def beyond_chance(wanted: Filter) -> str:
    """Say how far the chosen codings agree beyond chance."""
    names = chosen(wanted)
    return statements.beyond_chance(compared_codings.agreement_between(wanted, names)) if names else ""


def how_sure(wanted: Filter) -> str:
    """Say how wide the intervals are, and what the numbers are measured by."""
    names = chosen(wanted)
    if not names:
        return "Bring codings in with: python -m data codings load FILE.csv --name NAME."
    return statements.how_sure(compared_codings.agreement_between(wanted, names))


def show_controls(wanted: Filter) -> None:
    """Draw the choice of codings."""
    offered = {compared(names): names for names in compared_codings.comparable(wanted)}
    if not offered:
        return
    held = store.codings(wanted)

    def label(word: str) -> str:
        names = offered[word]
        both = statements.titled([held[name] for name in names])
        return f"All codings: {both[:1].lower()}{both[1:]}" if len(names) > 2 else both

    st.selectbox("Codings compared", list(offered), format_func=label, key=BETWEEN.widget)


def show(wanted: Filter) -> None:
    """Draw agreement by facet, and what to make of it, beside agreement by code."""
    names = chosen(wanted)
    if not names:
        return
    table = compared_codings.agreement_between(wanted, names)
    left, right = st.columns(2, gap="large")
    with left:
        exhibit.show(_facets(table), key="agreement_facets")
        exhibit.heading("What to make of it")
        st.html(_made_of_it(table))
    with right:
        _show_codes(table)


def _made_of_it(table: pd.DataFrame) -> Markup:
    """Return what Krippendorff's rule says of each facet, and on which themes and levers coders agree least."""
    measure = "kappa" if table["kappa"].notna().any() else "alpha"
    said = [statements.by_the_rule(table)]
    for facet in ("theme", "lever"):
        if ((table["facet"] == facet) & (table["code"] != "")).any():
            said.append(f"{NAMES[facet]}, {MEASURE_NAMES[measure]}. {statements.least(table, facet, measure)}")
    said.append(statements.NOT_RIGHT)
    return Markup('<ul class="gaps">{}</ul>').format(
        Markup("").join(Markup("<li>{}</li>").format(sentence) for sentence in said)
    )


def _facets(table: pd.DataFrame) -> Exhibit:
    rows = table[table["code"] == ""].assign(code=table["facet"])
    return exhibit.of(
        "How far coders agree beyond chance, by facet",
        "Krippendorff's alpha with its 95 % interval: 1 is full agreement, 0 what chance would give. Direction and "
        "roles are one code each; themes and levers are sets, and sets that share some codes count as agreeing in "
        "part (MASI distance). Dotted lines: what "
        f"Krippendorff asks for. {statements.unreckoned(table)}",
        agreement_points(
            rows, "alpha", "Krippendorff's alpha", [False] * len(rows),
            [(statements.TENTATIVE, ".667"), (statements.RELIABLE, ".80")],
        ),
        _readable(rows),
        HEADINGS,
    )  # fmt: skip


def _show_codes(table: pd.DataFrame) -> None:
    facets = [facet for facet in NAMES if ((table["facet"] == facet) & (table["code"] != "")).any()]
    if not facets:
        return
    measures = [measure for measure in MEASURE_NAMES if table.loc[table["code"] != "", measure].notna().any()]
    facet = _pick(CODES, "Codes of", facets, NAMES)
    measure = _pick(MEASURE, "Measured by", measures, SHORT_NAMES)
    many = _pick(LISTED, "Show", list(HOW_MANY), HOW_MANY)
    exhibit.show(
        _codes(table, facet, measure, many == ALL),
        key=f"agreement_codes_{facet}",
        pick=lambda data: address.narrow({facet: str(data[0])}),
    )


def _pick(choice: ViewChoice, label: str, options: list[str], names: dict[str, str]) -> str:
    if st.session_state.get(choice.widget) not in options:
        usual = str(choice.usual(Filter()))
        st.session_state[choice.widget] = usual if usual in options else options[0]
    return str(st.segmented_control(label, options, format_func=names.__getitem__, key=choice.widget, required=True))


def _codes(table: pd.DataFrame, facet: str, measure: str, whole: bool) -> Exhibit:
    codes = table[(table["facet"] == facet) & (table["code"] != "")].sort_values([measure, "code"], kind="stable")
    few = codes["used"] < FEW
    # Those given too seldom to tell stand last: a measure that one finding can swing should not head the list.
    codes = pd.concat([codes[~few], codes[few]])
    shown = codes if whole or len(codes) <= SHOWN else codes.head(SHOWN)
    cut = (
        f" {len(shown)} of {number_of(len(codes), 'code')} are drawn; the table has all."
        if len(shown) < len(codes)
        else ""
    )
    rare = f" “Few” marks codes given to fewer than {FEW} findings: one finding would swing them." if few.any() else ""
    first = codes.iloc[0]
    return exhibit.of(
        f"{NAMES[facet]}: agreed on least is {first['name']}",
        f"{MEASURE_NAMES[measure]} of whether a finding carries a code, with its 95 % interval; least agreement first. "
        f"Choose a point to narrow to its findings.{rare}{cut}",
        agreement_points(shown, measure, MEASURE_NAMES[measure], list(shown["used"] < FEW)),
        _readable(codes),
        HEADINGS,
    )  # fmt: skip


def _readable(table: pd.DataFrame) -> pd.DataFrame:
    """Return a table as it is read: two decimals, [z] where a measure does not apply, and few uses named."""
    number = [column for column in table.columns if column.split("_")[0] in MEASURES]
    shown = table.drop(columns=["facet", "code"]).assign(
        **{column: [_decimals(value) for value in table[column]] for column in number}
    )
    if table["used"].isna().all():
        return shown.drop(columns=["used", "shared"])
    few = [f"fewer than {FEW} findings" if used < FEW else "[z]" for used in table["used"]]
    return shown.assign(used=table["used"].astype(int), shared=table["shared"].astype(int), few=few)


def _decimals(value: float) -> str:
    return "[z]" if pd.isna(value) else f"{value:.2f}"


def download_tables(wanted: Filter) -> Tables:
    """Return what makes the tables of the comparison that is now shown, for the workbook."""
    names = chosen(wanted)
    return lambda: _tables(wanted, names) if names else ()


def _tables(wanted: Filter, names: Names) -> tuple[ViewTable, ...]:
    table, rounds = compared_codings.agreement_between(wanted, names), compared_codings.chosen(wanted, names)
    files = "; ".join(f"{one.title}: {name_alone(one.file)} (SHA-256 {one.sha256[:12]})" for one in rounds if one.file)
    drawn = resamples(int(table["findings"].max()) if len(table) else 0)
    note = (
        f"{statements.titled(rounds)}. {files}. Intervals: 95 %, percentile bootstrap over findings, {drawn:,} "
        f"resamples, seed {SEED}. [z] where a measure does not apply."
    )
    whole, codes = table[table["code"] == ""], table[table["code"] != ""]
    return (
        ViewTable("Agreement by facet", "How far codings agree, by facet", note,
                  _for_file(whole.drop(columns=["code", "used", "shared"]))),
        ViewTable("Agreement by code", "How far codings agree on whether a finding carries a code", note,
                  _for_file(codes.assign(few=["yes" if used < FEW else "no" for used in codes["used"]]))),
    )[: 2 if len(codes) else 1]  # fmt: skip


def _for_file(table: pd.DataFrame) -> pd.DataFrame:
    """Return a table as a file holds it: numbers as numbers, what does not apply empty, as the file's [z]."""
    names = {**HEADINGS, "facet": "Facet", "code": "Code", "few": f"Given to fewer than {FEW} findings"}
    shown = table.assign(facet=[NAMES[facet] for facet in table["facet"]]).astype(object)
    measured = [column for column in table.columns if column.split("_")[0] in MEASURES]
    for column in measured:
        shown[column] = ["" if pd.isna(value) else round(float(value), 4) for value in table[column]]
    return shown.rename(columns=names)
