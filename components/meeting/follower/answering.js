// The form of an open question: filled with what this device answered before, sent to the server, and told what came
// of it. A page that keeps nothing, as in some private windows, just begins with an empty form.

const ANSWERS = "meeting-answers";
const PATIENCE = 15000; // milliseconds until an answer that nobody confirms counts as one that did not arrive
const SEND = "Send my answer";
const LOST = "It did not arrive. Check the connection and send it again.";

function answersKept(held) {
  // Of one meeting only: the next one begins with none.
  try {
    const kept = JSON.parse(window.localStorage.getItem(ANSWERS));
    return kept?.meeting === held.answers ? kept.slides : {};
  } catch {
    return {};
  }
}

function keepAnswer(held, slide, value) {
  try {
    const slides = { ...answersKept(held), [slide]: value };
    window.localStorage.setItem(ANSWERS, JSON.stringify({ meeting: held.answers, slides }));
  } catch {
    // It counts all the same; only a reload will not show it.
  }
}

function fields(form) {
  return [...form.elements].filter((field) => field.name === "answer");
}

function ticked(field) {
  return field.type === "radio" || field.type === "checkbox";
}

function given(form) {
  const filled = fields(form).filter((field) => (ticked(field) ? field.checked : field.value));
  return filled.map((field) => field.value);
}

function fill(form, value) {
  fields(form).forEach((field, place) => {
    if (ticked(field)) field.checked = value.includes(field.value);
    else field.value = value[place] ?? "";
  });
  chooseOnce(form);
}

function chooseOnce(form) {
  // What one place of a ranking holds cannot be chosen for another.
  const places = fields(form).filter((field) => field.tagName === "SELECT");
  const chosen = places.map((place) => place.value);
  for (const place of places) {
    for (const option of place.options) {
      option.disabled = option.value !== "" && option.value !== place.value && chosen.includes(option.value);
    }
  }
}

function drawForm(held, html) {
  held.form = html;
  held.answer.innerHTML = html;
  const form = held.answer.querySelector("form");
  if (!form) return;
  held.answered.textContent = "";
  fill(form, answersKept(held)[form.dataset.slide] ?? []);
  form.onchange = () => chooseOnce(form);
  form.onsubmit = (event) => {
    event.preventDefault();
    sendAnswer(held, form);
  };
}

async function sendAnswer(held, form) {
  const button = form.querySelector("button");
  if (button.getAttribute("aria-disabled") === "true") return;
  const answer = { device: held.device, slide: form.dataset.slide, value: given(form) };
  button.setAttribute("aria-disabled", "true");
  button.textContent = "Sending …";
  held.answered.textContent = "";
  const { said, counted } = await post(held.answers, answer);
  button.removeAttribute("aria-disabled");
  button.textContent = SEND;
  if (counted) {
    keepAnswer(held, answer.slide, answer.value);
    // As it counts: a ranking's places that were left out are closed up. What was changed meanwhile stays.
    if (JSON.stringify(given(form)) === JSON.stringify(answer.value)) fill(form, answer.value);
  }
  if (held.slide === answer.slide) held.answered.textContent = said;
}

async function post(address, answer) {
  const patience = new AbortController();
  const waiting = window.setTimeout(() => patience.abort(), PATIENCE);
  try {
    const response = await fetch(address, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(answer),
      signal: patience.signal,
    });
    const { said } = await response.json();
    return { said: said ?? LOST, counted: response.ok };
  } catch {
    return { said: LOST, counted: false };
  } finally {
    window.clearTimeout(waiting);
  }
}
