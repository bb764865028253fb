import type { InputRef, ObjectRef } from "@pothos/core";
import { asMemberWith, type Viewer } from "#domains/accounts/viewer.ts";
import type { DeclaredAccess } from "#graphql/access-of.ts";
import { builder } from "#graphql/builder.ts";
import type { Context } from "#graphql/context.ts";
import { asExpected, errorTypes, Failure } from "#graphql/errors.ts";
import { readOnlyId } from "#graphql/read-only-id.ts";
import { DomainError, ForbiddenError, NotFoundError } from "#lib/domain-error.ts";
import type { Role as MemberRole } from "#platform/db/generated/enums.ts";

type Role = "viewer" | "creator" | "admin";
type Types = typeof builder extends PothosSchemaTypes.SchemaBuilder<infer T> ? T : never;
type PayloadRef<Payload> = ObjectRef<Types, Payload>;
export type SignedIn = Context & { viewer: Viewer };

const unions = new Map<string, ReturnType<typeof resultUnion>>();

/** The union of a payload and all error types; two mutations with one payload share it. */
function unionOf(payload: PayloadRef<unknown>) {
  const name = payload.name.replace(/Payload$/, "Result");
  let union = unions.get(name);
  if (!union) unions.set(name, (union = resultUnion(name, payload)));
  return union;
}

function resultUnion(name: string, payload: PayloadRef<unknown>) {
  return builder.unionType(name, {
    description: `${payload.name}, or why it could not be done.`,
    types: [payload, ...errorTypes] as unknown as [PayloadRef<object>],
    resolveType: (value: unknown) => (value instanceof Failure ? value.error.kind : payload.name),
  });
}

/**
 * Declares a mutation in the house's form: one `input`, a result union, expected failures as data, the field nullable so
 * that one failure does not void the others of the operation. What it does, it does as somebody who sees only the projects in
 * which the viewer has the role that is needed: docs/decisions/accounts.md.
 */
export function mutation<Input, Payload>(
  name: string,
  options: {
    description: string;
    /** Who may; CREATOR unless said. */
    role?: Role;
    /** The role in a project that its things ask for; as `role` unless said. */
    projectRole?: Role;
    input: InputRef<Input>;
    payload: PayloadRef<Payload>;
    resolve: (input: NonNullable<Input>, context: SignedIn) => Promise<Payload>;
  },
): void {
  const role = options.role ?? "creator";
  const projectRole = (options.projectRole ?? role).toUpperCase() as MemberRole;
  builder.mutationField(name, (t) =>
    t.field({
      type: unionOf(options.payload as PayloadRef<unknown>),
      nullable: true,
      description: options.description,
      skipTypeScopes: true,
      authScopes: { [role]: true },
      complexity: 20,
      extensions: { access: { projectRole } satisfies DeclaredAccess },
      unauthorizedResolver: (_root, _args, { viewer }, _info, error) => {
        if (viewer === null) throw error;
        return new Failure(new ForbiddenError(`${name} needs the role ${role.toUpperCase()}`));
      },
      args: { input: t.arg({ type: options.input, required: true, description: "What to do, in full." }) },
      resolve: async (_root, args, context, info) => {
        const { input } = args as { input: NonNullable<Input> };
        const asked = context as SignedIn;
        const viewer = asMemberWith(asked.viewer, projectRole);
        try {
          return (await options.resolve(input, viewer === asked.viewer ? asked : { ...asked, viewer })) as object;
        } catch (error) {
          const expected = asExpected(error, context.deps.log, context.requestId);
          if (expected instanceof NotFoundError && viewer !== asked.viewer) {
            const path = await readOnlyId(input, asked, viewer, info.schema);
            if (path)
              return new Failure(
                new ForbiddenError(`${name} needs the role ${projectRole} in the project`, "FORBIDDEN", path),
              );
          }
          if (expected instanceof DomainError) return new Failure(expected);
          throw error;
        }
      },
    }),
  );
}

/** A payload with one field: what was made or changed. */
export function payloadOf<Key extends string, Value>(
  name: string,
  key: Key,
  type: ObjectRef<Types, Value>,
  description: string,
): PayloadRef<Record<Key, Value>> {
  return builder.objectRef<Record<Key, Value>>(name).implement({
    description: `Answer of a mutation: ${description.charAt(0).toLowerCase()}${description.slice(1)}`,
    fields: (t) => ({ [key]: t.field({ type, description, resolve: (payload) => payload[key] as never }) }),
  });
}
