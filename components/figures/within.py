"""Links of the dashboard to itself: followed where the page stands, without loading it anew.

A link within written HTML would end the session, with what is typed in it, and begin another. This component, of a few
lines of its own script, puts the address into the browser's history and says that it has changed, as Back does; then
Streamlit runs the page that the address asks for. Without the script a link leads to the same page by loading it.
"""

from functools import cache
from typing import Any

import streamlit as st

KEY = "links_within"
SCRIPT = """
function plain(event) {
  return event.button === 0 && !(event.defaultPrevented || event.ctrlKey || event.metaKey || event.shiftKey
    || event.altKey);
}

function follow(event) {
  const link = event.target.closest?.("a.within");
  if (!link || !plain(event) || link.origin !== location.origin) return;
  event.preventDefault();
  const elsewhere = link.pathname !== location.pathname;
  if (link.href !== location.href) history.pushState({}, "", link.href);
  dispatchEvent(new PopStateEvent("popstate", { state: {} }));
  if (elsewhere) document.querySelector("[data-testid=stMain]")?.scrollTo(0, 0);
}

export default function () {
  document.addEventListener("click", follow);
  document.documentElement.dataset.within = "listening";
  return () => {
    document.removeEventListener("click", follow);
    delete document.documentElement.dataset.within;
  };
}
"""


@cache
def _component() -> Any:
    return st.components.v2.component(KEY, js=SCRIPT)


def listen() -> None:
    """Have the browser follow links of the class "within" without loading a page anew; it takes no room."""
    with st.container(key=KEY):
        _component()(key="links_within_script", height=1)
