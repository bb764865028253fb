import type { Failure, Issue } from "#lib/graphql/failure.ts";

/** How people come in. */
export interface AuthStatus {
  mode: "local" | "password";
  /** Nobody is there yet who could let others in. */
  needsSetup: boolean;
  identityProvider: { name: string } | null;
}

/** What a link is for, and whom. */
export interface LinkInfo {
  kind: "SETUP" | "INVITATION" | "PASSWORD_RESET";
  email: string | null;
  name: string | null;
  role: "ADMIN" | "CREATOR" | "VIEWER" | null;
  projects: readonly { name: string; role: "ADMIN" | "CREATOR" | "VIEWER" }[];
  expiresAt: string;
}

export type Answer<Data> = { data: Data; failure: null } | { data: null; failure: Failure };

interface Accepting {
  token: string;
  password: string;
  name?: string;
  email?: string;
}

export const authStatus = (): Promise<Answer<AuthStatus>> => request("/auth/status");
export const whoIsSignedIn = (): Promise<Answer<{ user: { email: string } } | null>> => request("/auth/get-session");
export const signIn = (email: string, password: string): Promise<Answer<object>> =>
  request("/auth/sign-in/email", { email, password });
/** @param to where the identity provider sends the person back to @returns its address */
export const signInElsewhere = (to: string): Promise<Answer<{ url: string }>> =>
  request("/auth/sign-in/social", {
    callbackURL: to,
    errorCallbackURL: `/sign-in?to=${encodeURIComponent(to)}`,
  });
export const signOut = (): Promise<Answer<object>> => request("/auth/sign-out", {});
export const signOutEverywhere = (): Promise<Answer<object>> => request("/auth/revoke-sessions", {});
/** @param revokeOtherSessions ends every session but this one */
export const changePassword = (
  currentPassword: string,
  newPassword: string,
  revokeOtherSessions: boolean,
): Promise<Answer<object>> => request("/auth/change-password", { currentPassword, newPassword, revokeOtherSessions });
export const lookAtLink = (token: string): Promise<Answer<LinkInfo>> => request("/auth/links/look", { token });
/** @returns the address that the person signs in with */
export const acceptLink = (input: Accepting): Promise<Answer<{ email: string }>> =>
  request("/auth/links/accept", input);

/** @param body makes it a POST */
async function request<Data>(path: string, body?: object): Promise<Answer<Data>> {
  try {
    const response = await fetch(path, {
      ...(body && { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) }),
      cache: "no-store",
    });
    const answer = (await response.json()) as Data & { code?: unknown; message?: unknown; issues?: unknown };
    return response.ok ? { data: answer, failure: null } : { data: null, failure: toFailure(response, answer) };
  } catch {
    return { data: null, failure: unanswered };
  }
}

const unanswered: Failure = {
  code: "NETWORK",
  message: "The studio's server did not answer.",
  hint: "Check that it is running, then try again.",
  issues: [],
};

function toFailure(response: Response, answer: { code?: unknown; message?: unknown; issues?: unknown }): Failure {
  const { code, message, issues } = answer;
  if (response.status === 429) return tooMany(Number(response.headers.get("retry-after")));
  return {
    code: typeof code === "string" ? code : "INTERNAL",
    message: typeof message === "string" ? message : "That did not work.",
    hint: null,
    issues: Array.isArray(issues) ? (issues as Issue[]) : [],
  };
}

/** @param secs after which it may be tried again, at the latest */
function tooMany(secs: number): Failure {
  const minutes = Math.max(1, Math.ceil((secs || 60) / 60));
  return {
    code: "RATE_LIMITED",
    message: `Too many attempts. Try again in ${minutes === 1 ? "a minute" : `${minutes} minutes`}.`,
    hint: null,
    issues: [],
  };
}
