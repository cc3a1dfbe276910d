// Whether the page is live: what its stream cannot say itself, since it is cut or silent.
"use strict";

const SILENT_MS = 12000; // three signs of life in a row are missing
const AGAIN_MS = 5000; // what never began is tried again
const HELD_MS = 3000; // a press whose end the page never hears holds nothing back for longer
let stream = null; // the connection that htmx keeps, across its reconnections
let heard = Date.now();
let pressed = null; // settles once what is pressed has been let go
let letGo = null;

const lost = () => (document.getElementById("live-state").hidden = false);
const here = (name, act) => document.addEventListener(name, (event) => event.target.id === "live" && act(event));

// A page that was opened in the background connects when it is looked at, as one does that goes there (a browser has few
// connections to a server).
here("htmx:sse:before:connection", (event) => document.hidden && event.preventDefault());
here("htmx:sse:after:connection", (event) => {
  stream = event.detail.connection;
  heard = Date.now();
});
here("htmx:sse:before:message", (event) => {
  heard = Date.now();
  event.detail.waitUntil(pressed);
});
here("htmx:sse:error", lost);
here("htmx:sse:close", () => (stream = null));
for (const failed of ["htmx:error", "htmx:response:error"]) {
  here(failed, () => {
    lost();
    setTimeout(() => htmx.trigger("#live", "again"), AGAIN_MS);
  });
}

// News moves nothing away from under a finger: a button that has moved by the time it is let go is not pressed.
addEventListener("pointerdown", () => {
  pressed ??= new Promise((settle) => (letGo = settle));
  setTimeout(letGo, HELD_MS);
});
const release = () => {
  letGo?.();
  pressed = letGo = null;
};
for (const end of ["pointerup", "pointercancel"]) addEventListener(end, () => setTimeout(release)); // the click comes first

setInterval(() => {
  if (!stream?.reader || document.hidden || Date.now() - heard < SILENT_MS) return;
  lost();
  heard = Date.now();
  stream.reader.cancel();
}, 1000);
