import type { CombinedError } from "urql";

/**
 * Whether the API takes this tab for somebody: `none` when it never has, `over` when it did and does no longer, such as
 * after a session's end.
 */
export type SessionState = "unknown" | "in" | "none" | "over";

export interface Session {
  readonly state: () => SessionState;
  readonly onChange: (listener: () => void) => () => void;
  /** @param error of an answer of the API */
  readonly hear: (error: CombinedError | undefined) => void;
}

/** Whether the API says that we have to sign in. */
export const isSignedOut = (error: CombinedError | undefined): boolean =>
  error?.graphQLErrors.some(({ extensions }) => extensions["code"] === "UNAUTHENTICATED") ?? false;

export function createSession(): Session {
  let state: SessionState = "unknown";
  const listeners = new Set<() => void>();
  return {
    state: () => state,
    onChange: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    hear: (error) => {
      // No answer says nothing of who we are.
      if (error?.networkError && error.graphQLErrors.length === 0) return;
      const next = !isSignedOut(error) ? "in" : state === "in" || state === "over" ? "over" : "none";
      if (next === state) return;
      state = next;
      for (const listener of listeners) listener();
    },
  };
}
