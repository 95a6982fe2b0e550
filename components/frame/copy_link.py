"""Copy link: the address of what is shown, into the clipboard, or into a field to copy it from.

Browsers open the clipboard to pages of https and of the machine itself alone. In a room the dashboard is reached by
http on the local network: there the older way of copying is tried, and where that is refused too, the address stands in
a field, selected, to be copied by hand.
"""

from functools import cache
from typing import Any

import streamlit as st

from components.figures import stylesheet
from components.frame import address
from data.filters.filter import Filter

HTML = """
<button type="button">Copy link</button>
<p role="status"></p>
<label hidden>Link to what is shown<input type="text" readonly></label>
"""


SCRIPT = """
async function byClipboard(link) {
  try {
    await navigator.clipboard.writeText(link);
    return true;
  } catch {
    return false;
  }
}

function bySelection(link) {
  const field = document.createElement("textarea");
  const before = document.activeElement;
  Object.assign(field, { value: link, readOnly: true });
  Object.assign(field.style, { position: "fixed", top: "0", opacity: "0" });
  document.body.append(field);
  field.select();
  let copied = false;
  try {
    copied = document.execCommand("copy");
  } catch {
    copied = false;
  }
  field.remove();
  before?.focus?.();
  return copied;
}

export default function ({ data, parentElement }) {
  const [button, said, label, field] = ["button", "p", "label", "input"].map((tag) => parentElement.querySelector(tag));
  if (field.value !== data.link) [said.textContent, label.hidden] = ["", true];
  field.value = data.link;
  button.onclick = async () => {
    const copied = (await byClipboard(data.link)) || bySelection(data.link);
    label.hidden = copied;
    said.textContent = copied ? "Link copied." : "This browser lets no page copy here: copy the link from this field.";
    if (copied) return button.focus();
    field.focus();
    field.select();
  };
}
"""


@cache
def _component() -> Any:
    return st.components.v2.component("copy_link", html=HTML, css=stylesheet.beside(__file__), js=SCRIPT)


def show(page: str, wanted: Filter) -> None:
    """Draw the button that copies the address of a page with its filter and what is chosen on it."""
    _component()(key=f"copy_link_{page}", data={"link": address.link(wanted)})
