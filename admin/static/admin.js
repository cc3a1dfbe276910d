// Keys, the detail panel, paper and the connection notice: what the pages do with scripts beyond htmx.
"use strict";

const box = () => document.getElementById("query");
const detail = () => document.getElementById("detail");
const SEARCH = "customer360.search"; // what this tab looked up last, and on which page
const candidates = () => [...document.querySelectorAll("a.candidate")];
let asked = null; // what the last request asked
let answered = null; // what the candidates answer, to tell whether they fit the box
let entered = null; // what Enter was pressed on before its answer was there
let opener = null; // what opened the detail panel: the focus goes back there
let held = null; // the id of what has the focus while a part of the page is swapped: a filter stands in what it swaps

function step(event, by) {
  const links = candidates();
  if (!links.length) return;
  const next = links.indexOf(document.activeElement) + by;
  event.preventDefault();
  (next < 0 ? box() : links[Math.min(next, links.length - 1)]).focus();
}

// Enter opens the only candidate, or goes to the first of several; where the answer is under way, once it is there.
function enter(event) {
  const typed = box().value.trim();
  if (answered !== typed) {
    entered = typed;
    return;
  }
  if (!candidates().length) return;
  event.preventDefault();
  choose();
}

function choose() {
  const links = candidates();
  links.length === 1 ? links[0].click() : links[0]?.focus();
}

function take() {
  answered = asked;
  const waited = entered === answered && answered === box().value.trim() && document.activeElement === box();
  entered = null;
  if (waited) choose();
}

function escape(event) {
  if (detail()?.hasChildNodes() && !event.target.closest(".box-place")) return closeDetail(event);
  const below = document.querySelector(".bar #results");
  if (below?.hasChildNodes()) {
    below.replaceChildren();
    box().focus();
  }
}

function closeDetail(event) {
  event.preventDefault();
  detail().replaceChildren();
  if (opener?.isConnected) opener.focus();
}

document.addEventListener("keydown", (event) => {
  if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
  const typing = event.target.matches("input, textarea, select, [contenteditable]");
  const candidate = event.target.matches("a.candidate");
  if (event.key === "/" && !typing) {
    event.preventDefault();
    box()?.focus();
    box()?.select();
  } else if (event.key === "ArrowDown" && (event.target === box() || candidate)) step(event, 1);
  else if (event.key === "ArrowUp" && candidate) step(event, -1);
  else if (event.key === "Enter" && event.target === box()) enter(event);
  else if (event.key === "Escape") escape(event);
});

document.addEventListener("click", (event) => {
  if (event.target.closest("[data-close-detail]")) closeDetail(event);
  else if (event.target.closest("[data-print]")) window.print();
  else if (event.target.closest("[data-copy]")) copy(event.target.closest("[data-copy]"));
  else if (event.target.closest('[hx-target="#detail"]')) opener = event.target.closest("a");
  else if (!event.target.closest(".box-place")) document.querySelector(".bar #results")?.replaceChildren();
});

document.addEventListener("htmx:before:request", (event) => {
  if (!event.target.matches(".box")) return;
  asked = box().value.trim();
  sessionStorage.setItem(SEARCH, JSON.stringify([location.pathname, asked]));
});

// Back gives the search as it was: kept by this tab alone, for the page on which it was made, and never in an address.
window.addEventListener("pageshow", () => {
  const [path, text] = JSON.parse(sessionStorage.getItem(SEARCH) ?? "[]");
  const back = performance.getEntriesByType("navigation")[0]?.type === "back_forward";
  if (!back || !text || path !== location.pathname || box()?.value !== "") return;
  box().value = text;
  box().form.requestSubmit();
});
document.addEventListener("htmx:before:swap", () => (held = document.activeElement?.id));
document.addEventListener("htmx:after:swap", (event) => {
  unhide();
  if (event.target.id === "live") return; // it came by itself: the focus is where the reader has it
  if (event.target.matches(".box")) take();
  if (event.target.matches(".sharers")) candidates()[0]?.focus();
  if (held && document.activeElement === document.body) document.getElementById(held)?.focus();
  if (event.target.matches('[hx-target="#detail"]')) detail()?.querySelector("h2")?.focus();
});

// A number goes to the clipboard, and the button says so.
async function copy(button) {
  await navigator.clipboard.writeText(button.dataset.copy);
  button.dataset.said = button.querySelector(".aside").textContent = button.dataset.copied;
}

// Whoever signs in next in this tab is not shown what somebody else looked up or began to write.
document.addEventListener("submit", (event) => event.target.action.endsWith("/sign-out") && sessionStorage.clear());

// Paper shows what is folded on the screen.
window.addEventListener("beforeprint", () => document.querySelectorAll("details.order").forEach((each) => (each.open = true)));
const unhide = () => document.querySelectorAll("[data-print], [data-copy]").forEach((each) => (each.hidden = false));
unhide();

// htmx says "htmx:error" when no answer came at all; error answers of the server are swapped in as they are.
document.addEventListener("htmx:error", (event) => offline(event.target.id !== "live")); // live.js says that itself
document.addEventListener("htmx:before:swap", () => offline(false));

function offline(away) {
  const notice = document.querySelector(".offline");
  if (notice) notice.hidden = !away;
}
