import type { OverrideScope } from "#gql/graphql.ts";

/** For whom an override may hold, from wide to narrow: the narrower wins. */
export const scopes: readonly OverrideScope[] = ["PROJECT", "GROUP", "CHARACTER"];

export const scopeLabels: Record<OverrideScope, string> = {
  PROJECT: "Project",
  GROUP: "Group",
  CHARACTER: "Character",
};

/** The scope and those narrower than it. */
export function fromScope(scope: OverrideScope): readonly OverrideScope[] {
  return scopes.slice(scopes.indexOf(scope));
}

/** Whom the overrides of a page are for. */
export interface OverrideTargets {
  character: { id: string; name: string };
  group: { id: string; name: string } | null;
  project: { id: string; name: string };
}

export function targetOf({ character, group, project }: OverrideTargets, scope: OverrideScope) {
  return { PROJECT: project, GROUP: group, CHARACTER: character }[scope];
}
