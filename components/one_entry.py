"""One entry in the browser's history for one turn of a page, though its address is said twice.

Streamlit puts a page of the menu into the history by its bare address, and the filter that goes along is written after
it: Back led from each page to the same page without its filter. A script of a few lines, with nothing from elsewhere,
lets the second address stand in the place of the first, where nobody has pressed anything between the two.
"""

import streamlit as st

SCRIPT = """
<span class="one-entry"></span>
<script>
if (!window.evidenceTurns) {
  const turn = (window.evidenceTurns = { fresh: false });
  const entered = history.pushState.bind(history);
  const pressed = () => { turn.fresh = false; };
  for (const kind of ["pointerdown", "keydown", "popstate"]) window.addEventListener(kind, pressed, true);
  history.pushState = (state, title, address) => {
    const to = new URL(address ?? location.href, location.href);
    const completes = turn.fresh && to.pathname === location.pathname && !location.search;
    turn.fresh = to.pathname !== location.pathname && !to.search;
    if (completes) history.replaceState(state, title, address);
    else entered(state, title, address);
  };
}
</script>
"""
STYLE = "<style>.stElementContainer:has(.one-entry) { display: none; }</style>"


def keep() -> None:
    """See that a turn of page by the menu makes one entry in the browser's history, with the page's filter."""
    st.html(STYLE + SCRIPT, unsafe_allow_javascript=True)
