import type { ApiKeyScope, Role } from "#gql/graphql.ts";

/** From the least to the most, with the role that somebody needs to give it. */
export const scopes: readonly { scope: ApiKeyScope; name: string; what: string; role: Role }[] = [
  { scope: "READ", name: "Read", what: "Reads, and changes nothing", role: "VIEWER" },
  { scope: "WRITE", name: "Write", what: "Also writes prompts, submits and reviews", role: "CREATOR" },
  { scope: "ADMIN", name: "Everything", what: "All that you may do", role: "ADMIN" },
];

export const scopeNames = Object.fromEntries(scopes.map(({ scope, name }) => [scope, name])) as Record<
  ApiKeyScope,
  string
>;
