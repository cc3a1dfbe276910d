// A real OpenID provider for the tests: PROVIDER is JSON {port, root, accounts}. It prints its keys as one line when it
// listens, and again after each line on stdin, which has it sign with new ones.
import { createServer } from "node:http";
import { createInterface } from "node:readline";
import { exportJWK, generateKeyPair } from "jose";
import { Provider } from "oidc-provider";

const { port, root, accounts } = JSON.parse(process.env.PROVIDER);
const issuer = `http://127.0.0.1:${port}`;
const RESOURCE = "urn:customer360";

const clients = [
  {
    client_id: "pages", client_secret: "secret-of-the-pages",
    redirect_uris: [`${root}/sign-in/callback`], post_logout_redirect_uris: [`${root}/sign-out/done`],
    backchannel_logout_uri: `${root}/sign-out/back-channel`, backchannel_logout_session_required: true,
  },
  {
    client_id: "loader", client_secret: "secret-of-the-loader",
    grant_types: ["client_credentials"], redirect_uris: [], response_types: [],
  },
];

async function signing() {
  const { privateKey } = await generateKeyPair("RS256", { extractable: true });
  const key = { ...(await exportJWK(privateKey)), kid: crypto.randomUUID(), alg: "RS256", use: "sig" };
  const provider = new Provider(issuer, {
    clients,
    jwks: { keys: [key] },
    scopes: ["openid", "profile", "events:write"],
    claims: { openid: ["sub"], profile: ["name", "groups", "stores"] },
    // Its own way of fetching refuses loopback addresses.
    fetch: (url, { dispatcher, ...options }) => fetch(url, options),
    pkce: { required: () => true },
    features: {
      backchannelLogout: { enabled: true },
      clientCredentials: { enabled: true },
      resourceIndicators: {
        enabled: true,
        defaultResource: (ctx) => (ctx.oidc.client.clientId === "loader" ? RESOURCE : undefined),
        getResourceServerInfo: () => ({
          scope: "events:write", audience: "customer360", accessTokenFormat: "jwt", jwt: { sign: { alg: "RS256" } },
        }),
      },
    },
    async findAccount(_, id) {
      return accounts[id] && { accountId: id, claims: async () => ({ sub: id, ...accounts[id] }) };
    },
  });
  return { handle: provider.callback(), key };
}

let current = await signing();
const tell = () => console.log(JSON.stringify(current.key));
createServer((request, response) => current.handle(request, response)).listen(port, "127.0.0.1", tell);
for await (const _ of createInterface({ input: process.stdin })) {
  current = await signing();
  tell();
}
