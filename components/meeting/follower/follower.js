// Follows a meeting: holds the server's stream, draws what the room sees, and says so when the connection is lost.
// What arrives was made on this server with every text in it escaped; nothing is asked of any other host.

const KEY = "meeting-device";
const OPENED = "The question is open for answers. The form is above the slide.";
const CLOSED = "The question is closed.";
const SILENT = 12000; // milliseconds; the stream says every five seconds that it is there

function deviceKey(known) {
  // A key of this device's own, so that it answers once however often the page is loaded; it names nobody.
  const key = known || newKey();
  try {
    const kept = window.localStorage.getItem(KEY) ?? key;
    window.localStorage.setItem(KEY, kept);
    return kept;
  } catch {
    return key; // a browser that keeps nothing, as some private windows, is another device with each load
  }
}

function newKey() {
  const bytes = window.crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

function draw(held, told) {
  // What a session's own run brings may be older than what the stream has brought meanwhile.
  if (told.revision < held.revision) return;
  const first = held.html === undefined;
  const moved = told.slide !== held.slide;
  let said = "";
  Object.assign(held, { revision: told.revision, slide: told.slide });
  if (moved) held.answered.textContent = "";
  if (told.html !== held.html) {
    held.html = told.html;
    held.page.innerHTML = told.html;
    said = held.page.querySelector("h2, p")?.textContent ?? "";
  }
  // A form that someone fills in is left alone while it stays the same, whatever the slide above it does.
  if (told.form !== held.form) {
    if (told.form) said = OPENED;
    else if (!moved && !told.ended) said = CLOSED;
    drawForm(held, told.form);
    if (told.form && !first) held.answer.scrollIntoView({ block: "nearest" });
  }
  if (!first && said) held.said.textContent = said;
}

function take(held, told) {
  draw(held, told);
  // Only at the meeting's end does the session run again: what a follower may say of themselves goes.
  if (told.ended !== held.ended) held.send("turned", told.revision);
  held.ended = told.ended;
}

function here(held) {
  held.lost.replaceChildren();
  window.clearTimeout(held.silent);
  held.silent = window.setTimeout(() => again(held), SILENT);
}

function gone(held) {
  if (!held.lost.textContent) held.lost.textContent = "The connection is lost. Trying again …";
}

function again(held) {
  // A network that goes without a word, as one does where a phone leaves it, ends no connection: begin a new one.
  gone(held);
  listen(held);
}

function listen(held) {
  held.source?.close();
  window.clearTimeout(held.silent);
  held.silent = window.setTimeout(() => again(held), SILENT);
  const source = new EventSource(held.address);
  held.source = source;
  source.onopen = () => here(held);
  source.addEventListener("here", () => here(held));
  source.onmessage = (event) => {
    here(held);
    take(held, JSON.parse(event.data));
  };
  source.onerror = () => {
    gone(held);
    // Where the server answers that there is no such stream, the session itself knows why; ask it now and then.
    if (source.readyState === EventSource.CLOSED) held.send("turned", Date.now());
  };
}

function begin(parentElement, data) {
  const held = {
    page: parentElement.querySelector(".room-page"),
    answer: parentElement.querySelector(".room-answer"),
    answered: parentElement.querySelector(".room-answered"),
    said: parentElement.querySelector(".room-said"),
    lost: parentElement.querySelector(".room-lost"),
    revision: -1,
  };
  for (const way of parentElement.querySelectorAll("[data-to]")) {
    way.onclick = () => held.send("leave", way.dataset.to);
  }
  held.offline = () => gone(held);
  held.online = () => listen(held);
  window.addEventListener("offline", held.offline);
  window.addEventListener("online", held.online);
  held.address = data.stream;
  held.device = deviceKey(data.device);
  return held;
}

export default function ({ data, parentElement, setStateValue, setTriggerValue }) {
  let held = parentElement.held;
  const first = !held;
  if (first) held = parentElement.held = begin(parentElement, data);
  if (held.address !== data.stream) {
    held.source?.close();
    Object.assign(held, { address: data.stream, revision: -1, source: undefined, html: undefined, form: undefined });
  }
  held.send = setTriggerValue;
  held.answers = data.answers;
  held.ended = data.ended;
  draw(held, data);
  if (data.device !== held.device) setStateValue("device", held.device);
  if (!held.source || held.source.readyState === EventSource.CLOSED) listen(held);
  return () => {
    window.clearTimeout(held.silent);
    window.removeEventListener("offline", held.offline);
    window.removeEventListener("online", held.online);
    held.source?.close();
    parentElement.held = undefined;
  };
}
