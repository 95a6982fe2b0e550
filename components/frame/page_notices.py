"""What the page says besides its evidence: parts of a URL it ignored, findings just outside, nothing found."""

from collections.abc import Callable

import streamlit as st
from markupsafe import Markup, escape

from components.figures import plain_text
from components.frame import address
from components.store import store
from data.facets import FACET_NAMES
from data.filters.filter import MOST_NAMED, Filter
from data.filters.wording import in_words, listed, number_of
from data.sentences import on_votes

KEY_NAMES = {**FACET_NAMES, "year": "Year", "q": "Search", "finding": "Finding"}


def show_ignored() -> None:
    """Name what in the address was not understood."""
    parts = address.ignored()
    if parts:
        said = Markup("").join(Markup("<li>{}</li>").format(str(part)) for part in parts[:10])
        more = len(parts) - 10
        with st.container(border=True):
            st.html(
                Markup(
                    '<div role="status"><p class="note"><strong>Part of this address was not understood, and is '
                    'left out:</strong></p><ul class="gaps">{}</ul></div>'
                ).format(said)
            )
            if more > 0:
                st.html(Markup('<p class="note">And {} more.</p>').format(more))


def show_search(wanted: Filter) -> None:
    """Say how the search was read, where it was not read as it was typed."""
    if said := store.search_notes(wanted):
        sentences = Markup(" ").join(map(escape, said))
        st.html(Markup('<p class="note" role="status">{}</p>').format(sentences))


def show_offers(wanted: Filter) -> None:
    """Offer what a search may have meant: codes of the codebook, words spelt nearly so, each with its count."""
    if offered := store.search_offers(wanted):
        st.html('<p class="note screen">Instead of these words you may look for:</p>')
        with st.container(horizontal=True):
            for place, offer in enumerate(offered):
                st.button(
                    plain_text.label(str(offer)),
                    key=f"search_offer_{place}",
                    on_click=address.changed,
                    args=(offer.wanted,),
                )


def show_nearby(wanted: Filter) -> None:
    """Say what stands just outside the filter and what it names in vain; offer wider findings, and codes for words."""
    show_offers(wanted)
    if missing := store.missing(wanted):
        st.html(Markup('<p class="note" role="status">{}</p>').format(_not_there(missing)))
    for sentence in on_votes.nearby(wanted, store.set_aside(wanted), store.codebook()):
        st.html(Markup('<p class="note">{}</p>').format(sentence))
    if wanted.wider:
        st.button("Leave out findings about the whole country", on_click=address.loosen, args=("wider",))
    elif wanted.region and store.set_aside(wanted).wider:
        st.button("Take these wider findings in", on_click=address.widen)


def nothing_found(wanted: Filter) -> None:
    """Say that the filter holds nothing, which part of it to let go, and what that would give; then stop the page."""
    st.html(Markup('<p class="lead">{}</p>').format(_why(wanted)))
    show_offers(wanted)
    if not wanted.finding:
        st.html('<p class="note">No finding in this collection is not the same as no effect.</p>')
    offers = [(key, store.counts(wanted.without(key)).findings) for key in wanted.narrowing()]
    for key, number in sorted(offers, key=lambda offer: -offer[1]):
        if number:
            _offer(f"Let go of {KEY_NAMES[key].lower()}: {number_of(number, 'finding')}", address.loosen, key)
    _offer("Clear all filters", address.changed, Filter())
    st.stop()


def _why(wanted: Filter) -> str:
    if wanted.finding and not store.counts(Filter(finding=wanted.finding)).findings:
        return _not_there(wanted.finding)
    all_of = " all of" if len(wanted.narrowing()) > 1 else ""
    return f"No finding here is for{all_of} this: {in_words(wanted, store.codebook())}."


def _not_there(refs: tuple[str, ...]) -> str:
    named = refs if len(refs) <= MOST_NAMED else (*refs[:MOST_NAMED], f"{len(refs) - MOST_NAMED:,} more")
    return (
        f"No finding with the ref {listed(named)} is shown here. It may have been withdrawn, it may be open to fewer "
        "people, or the link may be mistyped."
    )


def _offer(label: str, action: Callable[..., None], argument: object) -> None:
    st.button(label, on_click=action, args=(argument,))
