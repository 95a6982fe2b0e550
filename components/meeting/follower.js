// Follows a meeting: holds the server's stream, draws what the room sees, and says so when the connection is lost.
// What arrives was made on this server with every text in it escaped; nothing is asked of any other host.

const KEY = "meeting-device";
const SILENT = 12000; // milliseconds; the stream says every five seconds that it is there

function deviceKey() {
  // A key of this device's own, so that it answers once however often the page is loaded; it names nobody.
  try {
    const kept = window.localStorage.getItem(KEY) ?? newKey();
    window.localStorage.setItem(KEY, kept);
    return kept;
  } catch {
    return newKey(); // a browser that keeps nothing, as some private windows, is another device each time
  }
}

function newKey() {
  const bytes = window.crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

function draw(held, html, revision) {
  // What a session's own run brings may be older than what the stream has brought meanwhile.
  if (held.html === html || revision < held.revision) return;
  const first = held.html === undefined;
  held.html = html;
  held.revision = revision;
  held.page.innerHTML = html;
  const heading = held.page.querySelector("h2, p");
  if (!first && heading) held.said.textContent = heading.textContent;
}

function take(held, told) {
  draw(held, told.html, told.revision);
  const form = JSON.stringify([told.open, told.ended, told.open ? told.slide : ""]);
  // Only where the question opens or closes does the session run again: a form is drawn there.
  if (form !== held.form) {
    held.form = form;
    if (told.open) held.said.textContent = "The question is open for answers. The form is beneath the slide.";
    held.send("turned", told.revision);
  }
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
  return held;
}

export default function ({ data, parentElement, setStateValue, setTriggerValue }) {
  let held = parentElement.held;
  const first = !held;
  if (first) held = parentElement.held = begin(parentElement, data);
  if (held.address !== data.stream) Object.assign(held, { address: data.stream, revision: -1, source: undefined });
  held.send = setTriggerValue;
  held.form = data.form;
  draw(held, data.html, data.revision);
  const key = deviceKey();
  if (data.device !== key) setStateValue("device", key);
  if (!held.source || held.source.readyState === EventSource.CLOSED) listen(held);
  return () => {
    window.clearTimeout(held.silent);
    window.removeEventListener("offline", held.offline);
    window.removeEventListener("online", held.online);
    held.source?.close();
    parentElement.held = undefined;
  };
}
