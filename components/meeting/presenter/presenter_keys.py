"""The presenter's keys: arrows, space, a clicker's Page Up and Down, a number and Enter, B, F, J, Q and Esc.

`st.button(shortcut=)` gives a button one key, and no button can wait for a number and Enter; so this component, of a
few lines of its own script and nothing from elsewhere, listens for them all and says what was asked. Each has a button
too.
"""

from collections.abc import Callable

import streamlit as st
from streamlit.components.v2 import component

from components.figures import stylesheet

KEY, HEARD = "present_keys", "present_heard"
ASKED = ("slide", "findings", "question", "blank", "join", "left")
HTML = '<output class="typed" aria-live="polite"></output>'


SCRIPT = """
const STEPS = { ArrowRight: 1, ArrowDown: 1, PageDown: 1, " ": 1, ArrowLeft: -1, ArrowUp: -1, PageUp: -1 };
const SCROLLS = ["ArrowDown", "ArrowUp", " "];
const PANES = { b: "blank", ".": "blank", f: "findings", q: "question", j: "join" };
const WAIT = 1500;

function asked(event, state) {
  const { data } = state;
  if (/^[0-9]$/.test(event.key)) { state.digits = (state.digits + event.key).slice(-3); return {}; }
  if (event.key === "Enter") return state.digits ? { slide: Number(state.digits) } : null;
  if (event.key === "Escape") return state.digits ? {} : { pane: state.pane === "slide" ? "left" : "slide" };
  if (event.key === "Home") return { slide: 1 };
  if (event.key === "End") return { slide: data.slides };
  if (state.pane === "findings" && SCROLLS.includes(event.key)) return null;
  const step = STEPS[event.key];
  if (step) return { slide: state.slide + (event.shiftKey ? -step : step) };
  const pane = PANES[event.key.toLowerCase()];
  return pane ? { pane: state.pane === pane ? "slide" : pane } : null;
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
  if (wish.slide === undefined && !wish.pane) return;
  // Where to go is counted here and said whole: of two quick presses none is lost, whichever is drawn first.
  const seen = state.slide; // which quick presses may have brought further than what is drawn
  if (wish.slide !== undefined) state.slide = Math.min(Math.max(wish.slide, state.data.first), state.data.slides);
  const pane = wish.pane ?? "slide";
  if (pane !== "join") state.pane = pane; // the code stands beside whatever is shown
  state.asked = Date.now();
  state.send("pressed", { slide: state.slide, pane, seen, at: state.asked });
}

const states = new WeakMap();

export default function ({ data, parentElement, setTriggerValue }) {
  const state = states.get(parentElement) ?? { digits: "", asked: 0, slide: data.slide, pane: data.pane };
  states.set(parentElement, state);
  Object.assign(state, { data, send: setTriggerValue, output: parentElement.querySelector(".typed") });
  const answered = data.heard === state.asked || Date.now() - state.asked > WAIT;
  if (answered) Object.assign(state, { slide: data.slide, pane: data.pane });
  if (!state.listener) {
    state.listener = (event) => press(event, state);
    document.addEventListener("keydown", state.listener);
    state.output.dataset.listening = "yes";
  }
  return () => {
    document.removeEventListener("keydown", state.listener);
    state.listener = null;
  };
}
"""
_listening = component("presenter_keys", html=HTML, css=stylesheet.beside(__file__), js=SCRIPT)


def listen(places: tuple[int, int, int], pane: str, go: Callable[[int, str, int], None]) -> None:
    """Listen for keys while a slide and a pane of it are shown: `go` is called with those that are asked for.

    `places` are the first one, that of the slide, and the last one.

    It is also told the slide that was on screen when they were, as another may be drawn meanwhile.

    A pane is the slide itself, findings, question or blank; join shows or hides the code to join with, left ends the
    presentation.
    """
    first, slide, slides = places

    def react() -> None:
        pressed = st.session_state[KEY]["pressed"]
        if not isinstance(pressed, dict):
            return
        number, wanted, seen = pressed.get("slide"), pressed.get("pane"), pressed.get("seen")
        if type(number) is int and first <= number <= slides and wanted in ASKED and type(seen) is int:
            st.session_state[HEARD] = pressed.get("at")
            go(number, str(wanted), seen)

    told = {"first": first, "slide": slide, "slides": slides, "pane": pane, "heard": st.session_state.get(HEARD)}
    _listening(key=KEY, data=told, on_pressed_change=react)
