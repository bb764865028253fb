import { RoleType, UserType } from "#domains/accounts/accounts.graphql.ts";
import { createPasswordReset, disableUser, enableUser, setUserRole } from "#domains/accounts/people.service.ts";
import { builder } from "#graphql/builder.ts";
import { idConnection } from "#graphql/connection.ts";
import { requireId } from "#graphql/ids.ts";
import { mutation, payloadOf } from "#graphql/mutation.ts";
import { escapeLike, searchTerm } from "#lib/storable-text.ts";

builder.queryField("users", (t) =>
  t.connection(
    {
      type: UserType,
      authScopes: { admin: true },
      description: "Everybody of the studio, those who came last first. ADMIN only.",
      args: { search: t.arg.string({ description: "Part of the name or the e-mail address." }) },
      resolve: (_root, { search, ...args }, { deps }) => {
        const term = searchTerm(search);
        const like = term === undefined ? undefined : { contains: escapeLike(term), mode: "insensitive" as const };
        const where = like ? { OR: [{ name: like }, { email: like }] } : {};
        return idConnection(
          args,
          (page) => deps.db.prisma.user.findMany({ ...page, where: { AND: [page.where, where] } }),
          () => deps.db.prisma.user.count({ where }),
        );
      },
    },
    { name: "UserConnection", description: "A page of people." },
    { name: "UserEdge", description: "A person in a page." },
  ),
);

mutation("setUserRole", {
  description: "Changes what a person may do in the studio. The last ADMIN stays one. Not with an API key.",
  role: "admin",
  input: builder.inputType("SetUserRoleInput", {
    description: "Who, and the new role.",
    fields: (t) => ({
      id: t.id({ required: true, description: "Which person." }),
      role: t.field({ type: RoleType, required: true, description: "What the person may do from now on." }),
    }),
  }),
  payload: payloadOf("SetUserRolePayload", "user", UserType, "The person as it is now."),
  resolve: async ({ id, role }, { deps, viewer }) => ({
    user: await setUserRole(deps, viewer, requireId("User", id), role),
  }),
});

const who = (name: string) =>
  builder.inputType(name, {
    description: "Who it is about.",
    fields: (t) => ({ id: t.id({ required: true, description: "Which person." }) }),
  });

mutation("disableUser", {
  description: "Ends all ways in of a person, with what the person watches. What the person made stays.",
  role: "admin",
  input: who("DisableUserInput"),
  payload: payloadOf("DisableUserPayload", "user", UserType, "The person as it is now."),
  resolve: async ({ id }, { deps }) => ({ user: await disableUser(deps, requireId("User", id)) }),
});

mutation("enableUser", {
  description: "Lets a person come in again, who signs in anew. Not with an API key.",
  role: "admin",
  input: who("EnableUserInput"),
  payload: payloadOf("EnableUserPayload", "user", UserType, "The person as it is now."),
  resolve: async ({ id }, { deps, viewer }) => ({ user: await enableUser(deps, viewer, requireId("User", id)) }),
});

mutation("createPasswordReset", {
  description:
    "Makes a link by which a person chooses another password, which ends the person's sessions. Not with an API key.",
  role: "admin",
  input: who("CreatePasswordResetInput"),
  payload: builder.objectRef<{ url: string; expiresAt: Date }>("CreatePasswordResetPayload").implement({
    description: "Answer of a mutation: the link to hand over.",
    fields: (t) => ({
      url: t.exposeString("url", { description: "The link. It is shown this once, and works once." }),
      expiresAt: t.field({ type: "DateTime", description: "Until when.", resolve: ({ expiresAt }) => expiresAt }),
    }),
  }),
  resolve: ({ id }, { deps, viewer }) => createPasswordReset(deps, viewer, requireId("User", id)),
});
