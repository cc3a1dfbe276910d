// What somebody has begun to write stays through a reload, in this tab alone, until it is stored.
const page = document.querySelector("[data-draft-of]");
const DRAFT = `customer360.draft.${page.dataset.draftOf}`; // of one account and one case
const kept = JSON.parse(sessionStorage.getItem(DRAFT) ?? "{}");
const fields = (form) => [...form.elements].filter((each) => each.name && each.matches("textarea, select, input:not([type=hidden])"));
const keep = () => sessionStorage.setItem(DRAFT, JSON.stringify(kept));

// The page says which form has been stored, once: it is in the address until then.
if (page.dataset.sent) {
  delete kept[page.dataset.sent];
  keep();
  history.replaceState(null, "", location.pathname + location.hash);
}

for (const form of document.querySelectorAll("form[data-draft]")) {
  const draft = kept[form.dataset.draft];
  for (const field of draft ? fields(form) : []) field.value = draft[field.name] ?? field.value;
  const folded = draft && form.closest("details");
  if (folded) folded.open = true;
}

document.addEventListener("input", (event) => {
  const form = event.target.form;
  if (!form?.dataset.draft) return;
  kept[form.dataset.draft] = Object.fromEntries(fields(form).map((field) => [field.name, field.value]));
  keep();
});
