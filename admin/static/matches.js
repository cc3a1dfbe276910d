// The review queue by the keyboard: through the pairs, and to the buttons that stand on the page anyway.
const links = () => [...document.querySelectorAll("a.match-link")];

function move(by) {
  const all = links();
  const next = all.findIndex((each) => each.hasAttribute("aria-current")) + by;
  if (next >= 0 && next < all.length) all[next].click();
}

function press(key) {
  const button = document.querySelector(`button[data-key=${key}]`);
  button?.form.requestSubmit(button);
}

const keys = {
  j: () => move(1),
  k: () => move(-1),
  a: () => press("a"),
  n: () => press("n"),
  l: () => press("l"),
  z: () => press("z"),
  "?": () => document.getElementById("keys").showModal(),
};

document.addEventListener("keydown", (event) => {
  if (event.isComposing || event.altKey || event.ctrlKey || event.metaKey || event.repeat || event.target.closest("dialog")) return;
  if (event.target.matches("input, textarea, select, [contenteditable]")) {
    if (event.key === "Escape") event.target.blur(); // the keys are keys again
    return;
  }
  if (!Object.hasOwn(keys, event.key)) return;
  event.preventDefault();
  keys[event.key]();
});

// The list scrolls by itself where it stands beside the pair, and the page never does.
const list = document.querySelector(".match-list");
const current = document.querySelector("a.match-link[aria-current]");
if (list && current) list.scrollTop = current.offsetTop - list.clientHeight / 2;
const open = document.getElementById("keys-open");
if (open) open.hidden = false;
open?.addEventListener("click", keys["?"]);
