// Follows a meeting: holds the server's stream, draws what the room sees, and says so when the connection is lost.
// What arrives was made on this server with every text in it escaped; nothing is asked of any other host.

const KEY = "meeting-device";

function deviceKey() {
  // A key of this device's own, so that it answers once however often the page is loaded; it names nobody.
  try {
    const kept = window.localStorage.getItem(KEY);
    if (kept) return kept;
  } catch {
    return newKey();
  }
  const made = newKey();
  window.localStorage.setItem(KEY, made);
  return made;
}

function newKey() {
  const bytes = window.crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

function draw(held, html) {
  if (held.html === html) return;
  const first = held.html === undefined;
  held.html = html;
  held.page.innerHTML = html;
  const heading = held.page.querySelector("h2, p");
  if (!first && heading) held.said.textContent = heading.textContent;
}

function take(held, told) {
  draw(held, told.html);
  const form = JSON.stringify([told.open, told.ended, told.open ? told.slide : ""]);
  // Only where the question opens or closes does the session run again: a form is drawn there.
  if (form !== held.form) {
    held.form = form;
    held.turn("turned", told.revision);
  }
}

function listen(held, address) {
  const source = new EventSource(address);
  source.onopen = () => held.lost.replaceChildren();
  source.onmessage = (event) => {
    held.lost.replaceChildren();
    take(held, JSON.parse(event.data));
  };
  source.onerror = () => {
    held.lost.textContent = "The connection is lost. Trying again …";
    if (source.readyState === EventSource.CLOSED) {
      // The stream is not there, as behind some proxies: ask the session itself now and then instead.
      held.timer = window.setTimeout(() => held.turn("turned", Date.now()), 3000);
    }
  };
  return source;
}

export default function (component) {
  const { data, parentElement, setStateValue, setTriggerValue } = component;
  let held = parentElement.held;
  if (!held) {
    held = {
      page: parentElement.querySelector(".room-page"),
      said: parentElement.querySelector(".room-said"),
      lost: parentElement.querySelector(".room-lost"),
      form: data.form,
    };
    parentElement.held = held;
  }
  held.turn = setTriggerValue;
  held.form = data.form;
  draw(held, data.html);
  const key = deviceKey();
  if (data.device !== key) setStateValue("device", key);
  if (held.address !== data.stream || held.source?.readyState === EventSource.CLOSED) {
    held.source?.close();
    held.address = data.stream;
    held.source = listen(held, data.stream);
  }
  return () => {
    window.clearTimeout(held.timer);
    held.source?.close();
    parentElement.held = undefined;
  };
}
