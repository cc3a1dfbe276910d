// That somebody has this case open, and whether they have begun a reply: said every few seconds, for colleagues to see.
const beat = new Worker("/admin/static/presence_beat.js"); // every five seconds: what is not said for fifteen has ended
const NO_MORE = [401, 403, 404]; // signed out, or not theirs to read any more
const address = () => document.querySelector("[data-signs]")?.dataset.signs;
const name = () => Array.from(crypto.getRandomValues(new Uint8Array(16)), (each) => each.toString(16).padStart(2, "0")).join("");
const begun = () => Boolean(document.getElementById("reply-text")?.value.trim());
const sign = (state) => new URLSearchParams({ page, state });
let page = null; // a new name each time that it is looked at: one that has left does not come back
let said = null; // whether they had begun a reply by then
let saying = null;
let gone = false; // a page that goes is told that it is hidden, after it has left

async function say() {
  if (gone || !address()) return;
  // In a tab in the background nobody looks at the case, but a reply that is begun there is still to be reckoned with.
  if (document.hidden && !begun()) return leave();
  page ??= name();
  said = begun();
  saying?.abort(); // what comes late would be taken for what is true now
  saying = new AbortController();
  const { signal } = saying;
  try {
    const answer = await fetch(address(), { method: "POST", body: sign(said ? "writing" : "viewing"), signal });
    if (NO_MORE.includes(answer.status)) beat.terminate();
  } catch {
    // It is said again in a moment, or has been.
  }
}

function leave() {
  saying?.abort();
  if (page && address()) navigator.sendBeacon(address(), sign("left"));
  page = said = null;
}

beat.addEventListener("message", say);
addEventListener("pagehide", () => {
  gone = true;
  leave();
});
addEventListener("pageshow", (event) => {
  gone = false;
  if (event.persisted) say(); // it comes back as it was
});
document.addEventListener("visibilitychange", say);
document.addEventListener("input", () => page && begun() !== said && say());
say();
