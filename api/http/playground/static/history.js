// What GraphiQL may keep in the browser: how the window looks, and the shapes of past operations. No value is kept:
// variables keep their names, literals become empty, comments go. All else lives in this window's memory.
import { parse, print, visit } from './vendor/graphiql.js';

const HISTORY = new Set(['graphiql:queries', 'graphiql:favorites']);
const LOOKS = new Set(['theme', 'docExplorerFlex', 'editorFlex', 'secondaryEditorFlex', 'visiblePlugin'].map((name) => `graphiql:${name}`));
const LARGEST_PAGE = 100;

/** Return a document without its values, or null if it cannot be read. Numbers up to the size of a page stay. */
export function withoutValues(query) {
  try {
    return print(visit(parse(query), {
      StringValue: (node) => ({ ...node, value: '', block: false }),
      IntValue: (node) => (Number(node.value) <= LARGEST_PAGE && Number(node.value) >= 0 ? node : { ...node, value: '0' }),
      FloatValue: (node) => ({ ...node, value: '0.0' }),
    }));
  } catch {
    return null;
  }
}

function namesOnly(variables) {
  try {
    const names = Object.keys(JSON.parse(variables));
    return JSON.stringify(Object.fromEntries(names.map((name) => [name, null])), null, 2);
  } catch {
    return '';
  }
}

/** Return GraphiQL's text of a history without values; of operations that are then the same, the newest. */
export function historyWithoutValues(text) {
  const stored = JSON.parse(text);
  for (const [key, items] of Object.entries(stored)) {
    const kept = new Map();
    for (const { query, variables, operationName, favorite } of items) {
      const shape = withoutValues(query);
      if (shape === null) continue;
      kept.delete(shape);
      kept.set(shape, { query: shape, variables: namesOnly(variables), operationName, favorite });
    }
    stored[key] = [...kept.values()];
  }
  return JSON.stringify(stored);
}

/** The storage that GraphiQL is given. */
export function storageWithoutValues(browser = window.localStorage) {
  const memory = new Map();
  const stays = (key) => HISTORY.has(key) || LOOKS.has(key);
  return {
    get length() { return browser.length + memory.size; },
    getItem: (key) => (stays(key) ? browser.getItem(key) : memory.get(key) ?? null),
    setItem(key, value) {
      if (HISTORY.has(key)) browser.setItem(key, historyWithoutValues(value));
      else if (LOOKS.has(key)) browser.setItem(key, value);
      else memory.set(key, value);
    },
    removeItem(key) {
      memory.delete(key);
      if (stays(key)) browser.removeItem(key);
    },
    clear() {
      memory.clear();
      for (const key of [...HISTORY, ...LOOKS]) browser.removeItem(key);
    },
  };
}
