"""One entry in the browser's history for one turn of a page, though its address is said twice.

Streamlit puts a page of the menu into the history by its bare address, and the filter that goes along is written after
it: Back led from each page to the same page without its filter. In a slow browser the filter comes first, at the
address of the page that is left: Back led to that page without what was chosen on it. A script of a few lines, with
nothing from elsewhere, lets the second address stand in the place of the first, where nobody has pressed anything
between the two.
"""

import streamlit as st

SCRIPT = """
<span class="one-entry"></span>
<script>
if (!window.evidenceTurns) {
  const turn = (window.evidenceTurns = { fresh: false, early: false });
  const entered = history.pushState.bind(history);
  const pressed = () => { turn.fresh = turn.early = false; };
  for (const kind of ["pointerdown", "keydown", "popstate"]) window.addEventListener(kind, pressed, true);
  history.pushState = (state, title, address) => {
    const to = new URL(address ?? location.href, location.href);
    const turns = to.pathname !== location.pathname;
    const completes = turns ? turn.early && to.search === location.search : turn.fresh && !location.search;
    turn.fresh = turns && !to.search;
    turn.early = !turns && !completes;
    if (completes) history.replaceState(state, title, address);
    else entered(state, title, address);
  };
}
</script>
"""


def keep() -> None:
    """See that a turn of page by the menu makes one entry in the browser's history, with the page's filter."""
    st.html(SCRIPT, unsafe_allow_javascript=True)
