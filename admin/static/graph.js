// The identity graph, drawn from the rows of the table below it: records as boxes, what they hold as dots, ties as lines.
"use strict";

const place = document.getElementById("graph");
const rows = [...document.querySelectorAll("#ties tbody tr")].map((row) => row.dataset);
const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

function elements() {
  const found = new Map();
  for (const row of rows) {
    const whose = row.own === "yes" ? "record own" : "record";
    found.set(row.record, { data: { id: row.record, words: `${row.whose}\n${row.recordWords}` }, classes: whose });
    found.set(row.identifier, { data: { id: row.identifier, words: row.words }, classes: row.open === "yes" ? "value" : "value closed" });
    const id = `${row.record} ${row.identifier}`;
    found.set(id, { data: { id, source: row.record, target: row.identifier }, classes: row.open === "yes" ? "" : "closed" });
  }
  return [...found.values()];
}

const text = { label: "data(words)", "font-size": 12, color: colour("--text"), "text-wrap": "wrap", "text-max-width": 150 };
const style = [
  { selector: "node", style: { ...text, "text-valign": "bottom", "text-margin-y": 4 } },
  { selector: ".record", style: { shape: "round-rectangle", width: 34, height: 24, "background-color": colour("--quiet") } },
  { selector: ".own", style: { "background-color": colour("--accent") } },
  { selector: ".value", style: { width: 14, height: 14, "background-color": colour("--text") } },
  { selector: "edge", style: { width: 2, "line-color": colour("--line-strong") } },
  { selector: ".closed", style: { opacity: 0.5, "line-style": "dashed" } },
];

if (rows.length) {
  place.hidden = false;
  const still = { name: "cose", animate: false, randomize: false, padding: 40, nodeDimensionsIncludeLabels: true };
  cytoscape({ container: place, elements: elements(), style, layout: still, userZoomingEnabled: false });
}
