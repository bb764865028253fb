import { createSign, generateKeyPairSync, randomUUID } from "node:crypto";
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";

export interface Claims {
  sub: string;
  email: string;
  email_verified: boolean;
  name: string;
}

/** An identity provider that speaks OpenID Connect and lets in whoever it is told to, without asking. */
export async function startOidcProvider() {
  const { privateKey, publicKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const codes = new Map<string, { claims: Claims; nonce: string | null; audience: string }>();
  let next: Claims | undefined;
  const issuer = (): string => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const sign = (payload: object): string => {
    const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString("base64url");
    const body = `${part({ alg: "RS256", kid: "1", typ: "JWT" })}.${part(payload)}`;
    return `${body}.${createSign("RSA-SHA256").update(body).sign(privateKey, "base64url")}`;
  };
  const answer = async (request: IncomingMessage): Promise<object | string> => {
    const { pathname, searchParams } = new URL(request.url ?? "", issuer());
    if (pathname === "/.well-known/openid-configuration")
      return {
        issuer: issuer(),
        authorization_endpoint: `${issuer()}/authorize`,
        token_endpoint: `${issuer()}/token`,
        jwks_uri: `${issuer()}/jwks`,
        id_token_signing_alg_values_supported: ["RS256"],
      };
    if (pathname === "/jwks")
      return { keys: [{ ...publicKey.export({ format: "jwk" }), kid: "1", alg: "RS256", use: "sig" }] };
    if (pathname === "/authorize" && next) {
      const code = randomUUID();
      const audience = searchParams.get("client_id") ?? "";
      codes.set(code, { claims: next, nonce: searchParams.get("nonce"), audience });
      const back = new URL(searchParams.get("redirect_uri") ?? "");
      back.searchParams.set("code", code);
      back.searchParams.set("state", searchParams.get("state") ?? "");
      return back.href;
    }
    const known = codes.get(new URLSearchParams(await text(request)).get("code") ?? "");
    if (!known) return { error: "invalid_grant" };
    const now = Math.floor(Date.now() / 1_000);
    const { claims, nonce, audience } = known;
    const idToken = sign({
      ...claims,
      iss: issuer(),
      aud: audience,
      iat: now,
      exp: now + 60,
      ...(nonce ? { nonce } : {}),
    });
    return { access_token: randomUUID(), token_type: "Bearer", expires_in: 60, id_token: idToken };
  };
  const server = createServer((request, response) => {
    void answer(request).then((body) => {
      if (typeof body === "string") return response.writeHead(302, { location: body }).end();
      return response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(body));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    issuer: issuer(),
    /** Who the next one is who signs in there. */
    letIn: (claims: Claims) => (next = claims),
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
export type OidcProvider = Awaited<ReturnType<typeof startOidcProvider>>;
