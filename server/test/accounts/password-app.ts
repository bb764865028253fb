import { firstAdminLink } from "#domains/accounts/first-admin.service.ts";
import type { Role } from "#platform/db/generated/enums.ts";
import { answerOf, openSocket } from "#test/api/api-server.ts";
import { startTestApp, type TestAppOptions } from "#test/test-app.ts";

export const publicUrl = "http://localhost:3000";
export const goodPassword = "lanterns in the market";
export const passwordMode = {
  mode: "password" as const,
  publicUrl,
  trustedProxies: ["loopback"],
  oidc: undefined,
};

/** The token in a link that the product gave out. */
export const tokenOf = (url: string | undefined): string => new URL(url ?? "").hash.slice(1);

/** A studio whose people sign in, over real HTTP; nobody is there yet. */
export async function startPasswordApp(options: TestAppOptions = {}) {
  const app = await startTestApp({
    ...options,
    roles: { api: true, ...options.roles },
    config: { auth: passwordMode, ...options.config },
  });
  const http = (path: string, init: RequestInit = {}) =>
    fetch(`${app.url}${path}`, { ...init, headers: { origin: publicUrl, ...(init.headers as object) } });
  const post = (path: string, body: object, headers: Record<string, string> = {}) =>
    http(path, {
      method: "POST",
      headers: { "content-type": "application/json", ...headers },
      body: JSON.stringify(body),
    });
  /** @returns the cookie */
  const signIn = async (email: string, password = goodPassword): Promise<string> => {
    const response = await post("/auth/sign-in/email", { email, password });
    if (!response.ok) throw new Error(`sign-in failed: ${response.status} ${await response.text()}`);
    return response.headers
      .getSetCookie()
      .map((cookie) => cookie.split(";")[0])
      .join("; ");
  };
  const accept = async (url: string | undefined, more: object = {}) =>
    post("/auth/links/accept", { token: tokenOf(url), password: goodPassword, ...more });
  const ask = async (query: string, variables: object = {}, headers: Record<string, string> = {}) =>
    answerOf(await post("/graphql", { query, variables }, headers));
  const person = async (
    admin: string,
    email: string,
    role: Role,
    projects: { projectId: string; role: Role }[] = [],
  ) => {
    const invited = await ask(
      `mutation ($input: CreateInvitationInput!) { createInvitation(input: $input) {
        __typename ... on CreateInvitationPayload { url invitation { id } } ... on Error { message } } }`,
      { input: { email, name: email.split("@")[0], role, projects } },
      { cookie: admin },
    );
    const response = await accept(invited.data.createInvitation.url);
    if (!response.ok) throw new Error(`nobody came: ${await response.text()}`);
    return signIn(email);
  };
  return {
    ...app,
    http,
    post,
    signIn,
    accept,
    ask,
    /** Invites somebody who comes. @returns the cookie */
    person,
    /** The first ADMIN, by the link on the console. @returns the cookie */
    firstAdmin: async (): Promise<string> => {
      const url = await firstAdminLink(app.deps);
      const response = await accept(url, { name: "Ada", email: "ada@studio.example" });
      if (!response.ok) throw new Error(`no first admin: ${await response.text()}`);
      return signIn("ada@studio.example");
    },
    socket: (headers: Record<string, string> = {}, init = true) =>
      openSocket(`${app.url.replace("http", "ws")}/graphql`, { origin: publicUrl, ...headers }, init),
  };
}
export type PasswordApp = Awaited<ReturnType<typeof startPasswordApp>>;
