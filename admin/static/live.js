// Whether the page is live: what its stream cannot say itself, since it is cut or silent.
"use strict";

const SILENT_MS = 12000; // three signs of life in a row are missing
const AGAIN_MS = 5000; // what never began is tried again
let stream = null; // the connection that htmx keeps, across its reconnections
let heard = Date.now();

const lost = () => (document.getElementById("live-state").hidden = false);
const here = (name, act) => document.addEventListener(name, (event) => event.target.id === "live" && act(event));

// A page that was opened in the background connects when it is looked at, as one does that goes there (a browser has few
// connections to a server).
here("htmx:sse:before:connection", (event) => document.hidden && event.preventDefault());
here("htmx:sse:after:connection", (event) => {
  stream = event.detail.connection;
  heard = Date.now();
});
here("htmx:sse:before:message", () => (heard = Date.now()));
here("htmx:sse:error", lost);
here("htmx:sse:close", () => (stream = null));
for (const failed of ["htmx:error", "htmx:response:error"]) {
  here(failed, () => {
    lost();
    setTimeout(() => htmx.trigger("#live", "again"), AGAIN_MS);
  });
}
setInterval(() => {
  if (!stream?.reader || document.hidden || Date.now() - heard < SILENT_MS) return;
  lost();
  heard = Date.now();
  stream.reader.cancel();
}, 1000);
