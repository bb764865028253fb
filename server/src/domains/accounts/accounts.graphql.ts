import { Role } from "#platform/db/generated/enums.ts";
import type { User } from "#platform/db/generated/client.ts";
import { builder } from "#graphql/builder.ts";
import { byId, defineLoader, expectLoaded } from "#graphql/loader.ts";

export const userLoader = defineLoader<User>(async ({ deps }, ids) =>
  byId(await deps.db.prisma.user.findMany({ where: { id: { in: [...ids] } } })),
);

export const RoleType = builder.enumType(Role, {
  name: "Role",
  description: "What somebody may do.",
  values: {
    ADMIN: { description: "Everything, and edits workflows, slots and machines." },
    CREATOR: { description: "Writes prompts, submits and reviews." },
    VIEWER: { description: "Reads." },
  },
});

export const UserType = builder.objectRef<User>("User");
builder.node(UserType, {
  description: "A person who works in the studio.",
  id: { resolve: (user) => user.id },
  loadOne: (id, context) =>
    context.viewer?.userId === id || context.viewer?.role === "ADMIN" ? userLoader(context).load(id) : null,
  fields: (t) => ({
    name: t.exposeString("name", { description: "How the person is called." }),
    role: t.field({
      type: RoleType,
      description: "What the person may do in the studio.",
      resolve: (user) => user.role,
    }),
  }),
});

builder.queryField("viewer", (t) =>
  t.field({
    type: UserType,
    description: "Who is asking.",
    resolve: async (_root, _args, context) =>
      expectLoaded(await userLoader(context).load(context.viewer?.userId ?? ""), "The viewer"),
  }),
);
