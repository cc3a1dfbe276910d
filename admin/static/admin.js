// Keys and the connection notice: what the pages do with scripts beyond htmx.
"use strict";

const box = () => document.getElementById("query");

function results() {
  return [...document.querySelectorAll("a.candidate")];
}

function step(event, by) {
  const links = results();
  if (!links.length) return;
  const at = links.indexOf(document.activeElement);
  const next = at + by;
  event.preventDefault();
  (next < 0 ? box() : links[Math.min(next, links.length - 1)]).focus();
}

document.addEventListener("keydown", (event) => {
  if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
  const typing = event.target.matches("input, textarea, select, [contenteditable]");
  if (event.key === "/" && !typing) {
    event.preventDefault();
    box()?.focus();
    box()?.select();
    return;
  }
  const inResults = event.target === box() || event.target.matches("a.candidate");
  if (event.key === "ArrowDown" && inResults) step(event, 1);
  if (event.key === "ArrowUp" && event.target.matches("a.candidate")) step(event, -1);
});

// htmx says "htmx:error" when no answer came at all; error answers of the server are swapped in as they are.
document.addEventListener("htmx:error", () => offline(true));
document.addEventListener("htmx:before:swap", () => offline(false));

function offline(away) {
  const notice = document.querySelector(".offline");
  if (notice) notice.hidden = !away;
}
