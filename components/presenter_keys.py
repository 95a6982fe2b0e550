"""The presenter's keys: arrows, space, a clicker's Page Up and Down, a number and Enter, B, F, Q and Esc.

`st.button(shortcut=)` gives a button one key, and no button can wait for a number and Enter; so this component, of a
few lines of its own script and nothing from elsewhere, listens for them all and says what was asked. Each has a button
too.
"""

from collections.abc import Callable

import streamlit as st
from streamlit.components.v2 import component

KEY = "present_keys"
HTML = '<output class="typed" aria-live="polite"></output>'
CSS = """
.typed { position: fixed; right: 2vw; top: 2vh; font: 650 3rem var(--st-font); color: var(--st-text-color); }
"""
SCRIPT = """
const STEPS = { ArrowRight: 1, ArrowDown: 1, PageDown: 1, " ": 1, ArrowLeft: -1, ArrowUp: -1, PageUp: -1 };
const SCROLLS = ["ArrowDown", "ArrowUp", " "];
const PANES = { b: "blank", ".": "blank", f: "findings", q: "question" };
const WAIT = 1500;

function asked(event, state) {
  const { data } = state;
  if (/^[0-9]$/.test(event.key)) { state.digits = (state.digits + event.key).slice(-3); return {}; }
  if (event.key === "Enter") return state.digits ? { slide: Number(state.digits) } : null;
  if (event.key === "Escape") return state.digits ? {} : { pane: "leave" };
  if (event.key === "Home") return { slide: 1 };
  if (event.key === "End") return { slide: data.slides };
  if (data.scrolls && SCROLLS.includes(event.key)) return null;
  const step = STEPS[event.key];
  if (step) return { slide: state.slide + (event.shiftKey ? -step : step) };
  const pane = PANES[event.key.toLowerCase()];
  return pane ? { pane } : null;
}

function press(event, state) {
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
  const at = event.composedPath()[0];
  if (at.closest?.("input, textarea, select, [contenteditable=true], [role=listbox], [role=dialog]")) return;
  if ([" ", "Enter"].includes(event.key) && at.closest?.("button, a, summary") && !state.digits) return;
  const wish = asked(event, state);
  if (wish === null) return;
  event.preventDefault();
  if (!/^[0-9]$/.test(event.key)) state.digits = "";
  state.output.textContent = state.digits;
  if (wish.slide) {
    // Counted here, not on the server: of two quick presses none is lost, whichever is drawn first.
    state.slide = Math.min(Math.max(wish.slide, 1), state.data.slides);
    state.asked = Date.now();
    wish.slide = state.slide;
  }
  if (wish.slide || wish.pane) state.send("pressed", { ...wish, at: Date.now() });
}

const states = new WeakMap();

export default function ({ data, parentElement, setTriggerValue }) {
  const state = states.get(parentElement) ?? { digits: "", asked: 0, slide: data.slide };
  states.set(parentElement, state);
  Object.assign(state, { data, send: setTriggerValue, output: parentElement.querySelector(".typed") });
  if (data.slide === state.slide || Date.now() - state.asked > WAIT) state.slide = data.slide;
  if (!state.listener) {
    state.listener = (event) => press(event, state);
    document.addEventListener("keydown", state.listener);
  }
  return () => {
    document.removeEventListener("keydown", state.listener);
    state.listener = null;
  };
}
"""
_listening = component("presenter_keys", html=HTML, css=CSS, js=SCRIPT)


def listen(slide: int, slides: int, scrolls: bool, go: Callable[[int], None], turn: Callable[[str], None]) -> None:
    """Listen for keys while a slide is shown: `go` is called with the slide that is asked for, `turn` with the pane.

    Panes are blank, findings and question, or leave. Where the pane `scrolls`, what scrolls it is left alone.
    """

    def react() -> None:
        pressed = st.session_state[KEY]["pressed"]
        if not isinstance(pressed, dict):
            return
        number, pane = pressed.get("slide"), pressed.get("pane")
        if isinstance(number, int) and 1 <= number <= slides:
            go(number)
        elif pane in ("blank", "findings", "question", "leave"):
            turn(pane)

    _listening(key=KEY, data={"slide": slide, "slides": slides, "scrolls": scrolls}, on_pressed_change=react)
