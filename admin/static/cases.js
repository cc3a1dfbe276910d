// Cases by the keyboard: through the rows, and to the buttons that stand on the page anyway.
const PLACE = "customer360.case-row"; // which row had the focus when a button was pressed
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

const keys = {
  j: () => move(1),
  k: () => move(-1),
  x: () => tick()?.click(),
  a: () => press("take"),
  e: () => go("resolve"),
  r: () => go("reply"),
  n: () => go("note"),
  "?": () => document.getElementById("keys").showModal(),
};

document.addEventListener("keydown", (event) => {
  if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
  // A box that is ticked is no field that is typed in.
  if (event.target.matches("input:not([type=checkbox]), textarea, select, [contenteditable]") || event.target.closest("dialog")) return;
  if (!Object.hasOwn(keys, event.key)) return;
  event.preventDefault();
  keys[event.key]();
});

document.addEventListener("focusin", () => (last = here() ? steps().indexOf(here()) : last));
document.addEventListener("htmx:after:swap", (event) => {
  if (event.target.id === "live" && last >= 0 && document.activeElement === document.body) move(Math.min(last, steps().length - 1) + 1);
});

// After a button was pressed, the keyboard goes on where it was.
document.getElementById("bulk")?.addEventListener("submit", () => sessionStorage.setItem(PLACE, String(last)));
const place = Number(sessionStorage.getItem(PLACE) ?? -1);
sessionStorage.removeItem(PLACE);
if (place >= 0 && document.getElementById("bulk")) (last = place), steps()[Math.min(place, steps().length - 1)]?.focus();

const open = document.getElementById("keys-open");
if (open) open.hidden = false;
open?.addEventListener("click", keys["?"]);
const asked = location.hash.slice(1);
if (["reply", "note", "resolve"].includes(asked)) go(asked);
