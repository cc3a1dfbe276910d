// Runs every audit of graphql-http against the endpoint at AUDITED_URL with AUDITED_TOKEN; prints one JSON line each.
import { serverAudits } from "graphql-http";

const { AUDITED_URL: url, AUDITED_TOKEN: token } = process.env;

function fetchFn(resource, init = {}) {
  const headers = new Headers(init.headers);
  headers.set("authorization", `Bearer ${token}`);
  return fetch(resource, { ...init, headers });
}

for (const audit of serverAudits({ url, fetchFn })) {
  const { name, status, reason } = await audit.fn();
  console.log(JSON.stringify({ name, status, reason: reason ?? null }));
}
