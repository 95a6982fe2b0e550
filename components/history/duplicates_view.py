"""Likely duplicates, for a person to decide: the two side by side, and what can be done about them."""

from typing import Any

import streamlit as st
from markupsafe import Markup

from components.figures import plain_text
from components.frame import shell
from components.loading import long_work
from components.loading.draft import say
from components.loading.long_work import Work
from components.store import store
from data.collection import database, duplicates
from data.collection.access import NotAllowed, Visitor
from data.collection.database import DatabaseFault
from data.curating import study_links
from data.curating.study_links import CannotLink
from data.filters.filter import Filter
from data.filters.wording import number_of

SHOWN = 10
DECIDED = "duplicates_decided"
TOLD = "duplicates_told"


def show(who: Visitor) -> None:
    """Draw the pairs that are likely to be the same, the most alike first."""
    engine = store.engine()

    def task(under_way: Work) -> Any:
        return database.ask(engine, duplicates.duplicates, under_way.report)

    of = (store.current().number, st.session_state.get(DECIDED, 0))
    found = long_work.done("duplicates", of, "Comparing sources and findings", task)
    if long_work.failed("duplicates", found):
        return
    told = st.session_state.pop(TOLD, "")
    pairs = found.value
    say(f"{told} {number_of(len(pairs), 'pair')} likely to be the same; nothing is merged unless you do it.".strip())
    kinds = [kind for kind in ("source", "finding") if (pairs["kind"] == kind).any()]
    kind = st.pills("Kind", kinds, key="duplicates_kind") if len(kinds) > 1 else None
    shown = pairs[pairs["kind"] == kind] if kind else pairs
    for pair in shown.head(SHOWN).to_dict("records"):
        _show_pair(pair, who)
    if len(shown) > SHOWN:
        st.html(Markup('<p class="note">The {} most alike are shown; deciding brings up more.</p>').format(SHOWN))


def _show_pair(pair: dict[Any, Any], who: Visitor) -> None:
    kind, ref, other = pair["kind"], pair["ref"], pair["other"]
    linked = "; linked as one study already" if pair["same_study"] else ""
    with st.container(border=True, key=f"pair_{kind}_{ref}_{other}"):
        st.html(
            Markup('<article class="card"><p class="small">{}</p><dl><dt>{}</dt><dd>{}</dd><dt>{}</dt><dd>{}</dd></dl>'
                   "</article>").format(f"{kind.title()}s, {pair['why']}{linked}", ref, pair["text"], other,
                                        pair["other_text"])
        )  # fmt: skip
        left, middle, right = st.columns(3)
        key = f"{kind}_{ref}_{other}"
        left.button("Not the same", key=f"apart_{key}", on_click=_tell_apart, args=(kind, ref, other, who))
        if kind == "source" and not pair["same_study"]:
            middle.button("Link as one study", key=f"link_{key}", on_click=_link, args=(ref, other, who))
        if kind == "finding":
            right.page_link(
                shell.page_path("findings"), label=plain_text.label("See both findings"),
                query_params=Filter(finding=(ref, other)).to_query(),
            )  # fmt: skip


def _tell_apart(kind: str, ref: str, other: str, who: Visitor) -> None:
    try:
        duplicates.tell_apart(store.engine(), kind, ref, other, who)
        st.session_state[TOLD] = f"{ref} and {other} are kept apart."
    except (NotAllowed, DatabaseFault) as refusal:
        st.session_state[TOLD] = long_work.in_words(refusal)
    st.session_state[DECIDED] = st.session_state.get(DECIDED, 0) + 1


def _link(ref: str, other: str, who: Visitor) -> None:
    try:
        load = study_links.link_studies(store.engine(), (ref, other), who)
        st.session_state[TOLD] = f"{ref} and {other} are linked as one study, as load {load.id}."
    except (CannotLink, NotAllowed, DatabaseFault) as refusal:
        st.session_state[TOLD] = long_work.in_words(refusal)
