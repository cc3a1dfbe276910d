// The name of the operation that stands in the editor.
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
