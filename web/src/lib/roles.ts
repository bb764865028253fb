import type { Role } from "#gql/graphql.ts";

export const roleNames: Record<Role, string> = { ADMIN: "Administrator", CREATOR: "Creator", VIEWER: "Viewer" };

export const roleMeanings: Record<Role, string> = {
  ADMIN: "Everything, also machines, workflows and people",
  CREATOR: "Writes prompts, submits and reviews",
  VIEWER: "Looks, and changes nothing",
};

/** From the least to the most. */
const roles: readonly Role[] = ["VIEWER", "CREATOR", "ADMIN"];

export const roleOptions = roles.map((value) => ({ value, label: roleNames[value] }));
