import { Role } from "#platform/db/generated/enums.ts";
import type { User } from "#platform/db/generated/client.ts";
import type { Viewer } from "#domains/accounts/viewer.ts";
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

/** Who may look at a person by itself, and see the address: the person, and ADMIN. */
const isOpenTo = (viewer: Viewer | null, userId: string): boolean =>
  viewer?.userId === userId || viewer?.role === "ADMIN";

export const UserType = builder.objectRef<User>("User");
builder.node(UserType, {
  description: "A person who works in the studio.",
  id: { resolve: (user) => user.id },
  loadOne: (id, context) => (isOpenTo(context.viewer, id) ? userLoader(context).load(id) : null),
  fields: (t) => ({
    name: t.exposeString("name", { description: "How the person is called." }),
    role: t.field({
      type: RoleType,
      description: "What the person may do in the studio.",
      resolve: (user) => user.role,
    }),
    email: t.string({
      nullable: true,
      description: "What the person signs in with; null for the one of local mode, and for whom it is no business of.",
      resolve: (user, _args, { viewer }) => (isOpenTo(viewer, user.id) ? user.email : null),
    }),
    isDisabled: t.boolean({
      description: "Whether the person may not come in any more.",
      resolve: (user) => user.disabledAt !== null,
    }),
    createdAt: t.field({
      type: "DateTime",
      description: "When the person came to the studio.",
      resolve: (user) => user.createdAt,
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
