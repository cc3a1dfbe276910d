// The operation that stands in the editor.
import { parse } from './vendor/graphiql.js';

/** Return the name of the only operation of a text, or null if it has none; `chosen` where several stand there, or no GraphQL. */
export function nameOf(query, chosen) {
  try {
    const operations = parse(query).definitions.filter((each) => each.kind === 'OperationDefinition');
    return operations.length === 1 ? (operations[0].name?.value ?? null) : chosen;
  } catch {
    return chosen;
  }
}

/** Return whether the named operation of a parsed document, or its only one, is a subscription. */
export function follows(document, name) {
  return document.definitions.some((each) => each.operation === 'subscription' && (!name || each.name?.value === name));
}

/** Let an editor know the name at once: GraphiQL reads it a moment after the text, so that what was run before then was
    sent and kept in the history under the name of the operation before. */
export function namedAtOnce(editor) {
  if (Object.getOwnPropertyDescriptor(editor, 'operationName')?.get) return;
  let chosen = editor.operationName;
  Object.defineProperty(editor, 'operationName', {
    get: () => nameOf(editor.getValue(), chosen),
    set: (name) => { chosen = name; },
  });
}
