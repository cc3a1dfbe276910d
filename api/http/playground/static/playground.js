// Puts GraphiQL into the page, with the examples, the token and the copies of the bar above it.
import { createElement, createRoot, explorerPlugin, GraphiQL, parse, useEditorContext } from './vendor/graphiql.js';
import { createClient } from './vendor/graphql-ws.js';
import { LANGUAGES } from './copying.js';
import { storageWithoutValues } from './history.js';
import { follows, namedAtOnce } from './operation.js';

const ADDRESS = `${window.location.origin}/graphql`;
const choices = document.getElementById('examples');
const said = document.getElementById('said');
const token = document.getElementById('token');
let editors;

const FIRST = `# 1. Sign in, or paste a token above:
#    customer360 token prints one.
# 2. Choose an example, or write on here:
#    Ctrl-Space completes, Ctrl-Enter runs.
{
  viewer {
    name
    roles
  }
}
`;

const LABELS = { queryEditor: 'Operation', variableEditor: 'Variables', responseEditor: 'Answer' };

/** Renders nothing: gives the bar hold of the editors of the tab that is open, and each of them its name. */
function Editors() {
  editors = useEditorContext();
  if (editors.queryEditor) namedAtOnce(editors.queryEditor);
  for (const [name, label] of Object.entries(LABELS)) {
    editors[name]?.getInputField().setAttribute('aria-label', label);
    if (editors[name]) editors[name].getScrollerElement().tabIndex = 0; // what scrolls can be scrolled by keys
  }
  return null;
}

function body(query, variables, operationName) {
  return { query, variables, ...(operationName ? { operationName } : {}) };
}

const live = createClient({
  url: ADDRESS.replace(/^http/, 'ws'),
  connectionParams: () => (token.value.trim() ? { Authorization: `Bearer ${token.value.trim()}` } : {}),
});

/** Return the answer of an operation; of a subscription the events, each as it comes. */
function fetchAnswer({ query, variables, operationName }) {
  if (!follows(parse(query), operationName)) return fetchOne(query, variables, operationName);
  said.textContent = '';
  return live.iterate(body(query, variables, operationName));
}

async function fetchOne(query, variables, operationName) {
  const headers = { 'Content-Type': 'application/json', Accept: 'application/json' };
  if (token.value.trim()) headers.Authorization = `Bearer ${token.value.trim()}`;
  const asked = JSON.stringify(body(query, variables, operationName));
  const answer = await fetch(ADDRESS, { method: 'POST', headers, body: asked });
  said.textContent = answer.status === 401 ? 'Sign in, or paste a token.' : '';
  return answer.json();
}

async function loaded(address) {
  const answer = await fetch(address);
  return answer.json();
}

function offer(examples) {
  for (const user of new Set(examples.map((example) => example.user))) {
    const group = choices.appendChild(document.createElement('optgroup'));
    group.label = user;
    for (const example of examples.filter((each) => each.user === user)) {
      group.append(new Option(example.title, example.name));
    }
  }
  choices.addEventListener('change', () => {
    const example = examples.find((each) => each.name === choices.value);
    if (!example) return;
    editors.queryEditor.setValue(example.query);
    editors.variableEditor.setValue(JSON.stringify(example.variables, null, 2));
    said.textContent = '';
  });
}

/** Return the operation of the open tab and whether it is a subscription; throws what the parsers throw for what is no GraphQL or no JSON. */
function current() {
  const { queryEditor, variableEditor } = editors;
  const document = parse(queryEditor.getValue());
  const variables = JSON.parse(variableEditor.getValue().trim() || '{}');
  const asked = body(queryEditor.getValue(), variables, queryEditor.operationName);
  return { asked, streamed: follows(document, asked.operationName) };
}

async function copy(language) {
  try {
    const { asked, streamed } = current();
    if (streamed && language !== 'curl') throw new Error('a subscription is copied for curl; docs/follow.md shows clients.');
    await navigator.clipboard.writeText(LANGUAGES[language](ADDRESS, asked, streamed));
    said.textContent = 'Copied. It reads the token from CUSTOMER360_TOKEN.';
  } catch (error) {
    said.textContent = error instanceof DOMException ? 'The browser did not let it be copied.' : `Not copied: ${error.message}`;
  }
}

const [schema, examples] = await Promise.all([loaded('/playground/schema.json'), loaded('/playground/examples.json')]);
offer(examples);
token.addEventListener('input', () => { said.textContent = ''; });
document.getElementById('token-form').addEventListener('submit', (event) => event.preventDefault());
for (const button of document.querySelectorAll('[data-copy]')) {
  button.addEventListener('click', () => copy(button.dataset.copy));
}
createRoot(document.getElementById('graphiql')).render(
  createElement(
    GraphiQL,
    {
      fetcher: fetchAnswer,
      schema,
      plugins: [explorerPlugin()],
      storage: storageWithoutValues(),
      shouldPersistHeaders: false,
      isHeadersEditorEnabled: false,
      defaultEditorToolsVisibility: 'variables',
      defaultQuery: FIRST,
      toolbar: { additionalComponent: Editors },
    },
    createElement(GraphiQL.Logo, null, ' '),
  ),
);
