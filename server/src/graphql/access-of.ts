import { type GraphQLSchema, isObjectType } from "graphql";

type Scopes = Record<string, boolean> | ((...args: never[]) => unknown) | undefined;

/** What a field says of its rule beside its scopes. */
export interface DeclaredAccess {
  /** The role in the project that its things ask for. */
  projectRole?: string;
}

/**
 * Who may use the fields that have a rule of their own, as the schema declares it: `Query.users` → `ADMIN`. Fields of
 * operations without one follow their root type, all others whoever got so far.
 */
export function accessOf(schema: GraphQLSchema): Record<string, string> {
  const access: Record<string, string> = {};
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type)) continue;
    for (const field of Object.values(type.getFields())) {
      const { pothosOptions, access: declared } = field.extensions as {
        pothosOptions?: { authScopes?: Scopes };
        access?: DeclaredAccess;
      };
      const scopes = pothosOptions?.authScopes;
      if (!scopes) continue;
      const role =
        typeof scopes === "function"
          ? "VIEWER; some arguments ask for a higher role"
          : Object.keys(scopes)[0]?.toUpperCase();
      const inProject = declared?.projectRole?.toUpperCase();
      if (role)
        access[`${type.name}.${field.name}`] =
          inProject && inProject !== role ? `${role}, and ${inProject} in the project` : role;
    }
  }
  return access;
}
