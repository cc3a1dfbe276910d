// The current operation as a program. The token is always read from the variable CUSTOMER360_TOKEN, never written out.

/** `asked` is { query, variables, operationName }, the body of a GraphQL request. */
export const LANGUAGES = { curl, python, typescript };

function curl(address, asked, streamed) {
  return `curl -s ${address}${streamed ? " -N -H 'Accept: text/event-stream'" : ''} \\
  -H "Authorization: Bearer $CUSTOMER360_TOKEN" \\
  -H 'Content-Type: application/json' \\
  --data-binary @- <<'END_OF_BODY'
${JSON.stringify(asked, null, 2)}
END_OF_BODY
`;
}

function python(address, asked) {
  return `import json
import os
import urllib.request

QUERY = """
${asked.query.trim().replaceAll('\\', '\\\\').replaceAll('"""', '\\"\\"\\"')}
"""
VARIABLES = ${pythonLiteral(asked.variables)}

body = {"query": QUERY, "variables": VARIABLES${asked.operationName ? `, "operationName": ${JSON.stringify(asked.operationName)}` : ''}}
request = urllib.request.Request(
    "${address}",
    data=json.dumps(body).encode(),
    headers={"Authorization": f"Bearer {os.environ['CUSTOMER360_TOKEN']}", "Content-Type": "application/json"},
)
with urllib.request.urlopen(request) as response:
    print(json.dumps(json.load(response), ensure_ascii=False, indent=2))
`;
}

function typescript(address, asked) {
  const query = asked.query.trim().replaceAll('\\', '\\\\').replaceAll('`', '\\`').replaceAll('${', '\\${');
  return `const query = \`
${query}
\`;
const variables = ${JSON.stringify(asked.variables, null, 2)};

interface Answer {
  data?: unknown;
  errors?: { message: string; extensions: { code: string } }[];
}

const response = await fetch("${address}", {
  method: "POST",
  headers: {
    Authorization: \`Bearer \${process.env.CUSTOMER360_TOKEN}\`,
    "Content-Type": "application/json",
  },
  body: JSON.stringify({ query, variables${asked.operationName ? `, operationName: ${JSON.stringify(asked.operationName)}` : ''} }),
});
const answer = (await response.json()) as Answer;
console.log(JSON.stringify(answer, null, 2));
export {};
`;
}

function pythonLiteral(value, indent = '') {
  const inner = `${indent}    `;
  if (value === null) return 'None';
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  if (typeof value !== 'object') return JSON.stringify(value);
  const list = Array.isArray(value);
  const items = list
    ? value.map((each) => inner + pythonLiteral(each, inner))
    : Object.entries(value).map(([name, each]) => `${inner}${JSON.stringify(name)}: ${pythonLiteral(each, inner)}`);
  const [open, close] = list ? '[]' : '{}';
  return items.length ? `${open}\n${items.join(',\n')},\n${indent}${close}` : open + close;
}
