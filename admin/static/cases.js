// Cases by the keyboard: through the rows, and to the buttons that stand on the page anyway.
const PLACE = "customer360.case-row"; // the list that was open last in this tab, and which of its rows had the focus
const list = document.getElementById("bulk");
const steps = () => [...document.querySelectorAll("a.case-link, [data-step]")];
const here = () => steps().find((each) => each === document.activeElement || each.closest("li")?.contains(document.activeElement));
const row = () => here()?.closest("li.case");
const tick = () => row()?.querySelector(".case-tick input");
let last = -1; // the place of the row that last had the focus: one that leaves the list gives it to its neighbour

function move(by) {
  const all = steps();
  const next = all.indexOf(here()) + by;
  if (all.length) all[Math.max(0, Math.min(next, all.length - 1))].focus();
}

function press(name) {
  const button = document.querySelector(`button[name=pressed][value=${name}]`);
  const box = tick();
  // Of the rows that are ticked, else of the one that has the focus.
  if (box && !document.querySelector(".case-tick input:checked")) box.checked = true;
  button?.form.requestSubmit(button);
}

function go(part) {
  const link = row()?.querySelector("a.case-link");
  if (link) return location.assign(`${link.href}#${part}`);
  const field = document.querySelector(`[data-key~=${part}]`);
  const folded = field?.closest("details");
  if (folded) folded.open = true;
  field?.focus();
}

function view(by) {
  const all = [...document.querySelectorAll("#case-views a")];
  all[all.findIndex((each) => each.ariaCurrent) + by]?.click();
}

const keys = {
  "[": () => view(-1),
  "]": () => view(1),
  j: () => move(1),
  k: () => move(-1),
  x: () => tick()?.click(),
  a: () => press("take"),
  e: () => go("resolve"),
  r: () => go("reply"),
  n: () => go("note"),
  u: () => document.querySelector(".crumbs a")?.click(),
  "?": () => document.getElementById("keys").showModal(),
};

function typed(event) {
  if (event.key === "Escape") event.target.blur(); // the keys are keys again
  if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
  event.preventDefault();
  const form = event.target.form;
  form?.requestSubmit([...form.elements].find((each) => each.type === "submit"));
}

document.addEventListener("keydown", (event) => {
  if (event.isComposing || event.altKey || event.target.closest("dialog")) return;
  // A box that is ticked is no field that is typed in.
  if (event.target.matches("input:not([type=checkbox]), textarea, select, [contenteditable]")) return typed(event);
  if (event.ctrlKey || event.metaKey) return;
  if (!Object.hasOwn(keys, event.key)) return;
  event.preventDefault();
  keys[event.key]();
});

document.addEventListener("focusin", () => (last = here() ? steps().indexOf(here()) : last));
document.addEventListener("htmx:after:swap", (event) => {
  if (event.target.id === "live" && last >= 0 && document.activeElement === document.body) move(Math.min(last, steps().length - 1) + 1);
});

// Whoever comes back to the list goes on where they were; from a case it is one step back to it.
const address = location.pathname + location.search;
const left = JSON.parse(sessionStorage.getItem(PLACE) ?? "{}");
if (list) addEventListener("pagehide", () => sessionStorage.setItem(PLACE, JSON.stringify({ address, row: last })));
if (list && left.address === address && left.row >= 0) (last = left.row), steps()[Math.min(last, steps().length - 1)]?.focus();
document.addEventListener("click", (event) => {
  const up = event.target.closest(".crumbs a[href='/admin/cases']");
  if (up && left.address) up.href = left.address; // not before: news of the case bring the link again
});

const open = document.getElementById("keys-open");
if (open) open.hidden = false;
open?.addEventListener("click", keys["?"]);
const asked = location.hash.slice(1);
if (["reply", "note", "resolve"].includes(asked)) go(asked);
