import { RoleType, UserType, userLoader } from "#domains/accounts/accounts.graphql.ts";
import { createInvitation, revokeInvitation } from "#domains/accounts/invitations.service.ts";
import { builder } from "#graphql/builder.ts";
import { idConnection } from "#graphql/connection.ts";
import { encodeId, requireId } from "#graphql/ids.ts";
import { mutation, payloadOf } from "#graphql/mutation.ts";
import type { AccountLink } from "#platform/db/generated/client.ts";

const statuses = ["OPEN", "USED", "REVOKED", "EXPIRED"] as const;
const StatusType = builder.enumType("InvitationStatus", {
  description: "What became of an invitation.",
  values: {
    OPEN: { description: "Waits to be used." },
    USED: { description: "Somebody came by it." },
    REVOKED: { description: "Was ended by an ADMIN, or by a newer one for the same address." },
    EXPIRED: { description: "Nobody used it in time." },
  } satisfies Record<(typeof statuses)[number], object>,
});

export const InvitationType = builder.objectRef<AccountLink>("Invitation").implement({
  description: "A link by which somebody becomes one of the studio.",
  fields: (t) => ({
    id: t.id({ description: "Its id.", resolve: ({ id }) => encodeId("Invitation", id) }),
    email: t.string({ description: "Whom it is for.", resolve: ({ email }) => email ?? "" }),
    name: t.exposeString("name", { nullable: true, description: "How the person is called, when that was said." }),
    role: t.field({ type: RoleType, description: "The role in the studio.", resolve: ({ role }) => role ?? "VIEWER" }),
    status: t.field({
      type: StatusType,
      description: "What became of it.",
      resolve: (link) => statusOf(link, new Date()),
    }),
    createdAt: t.field({ type: "DateTime", description: "When it was made.", resolve: ({ createdAt }) => createdAt }),
    expiresAt: t.field({
      type: "DateTime",
      description: "Until when it works.",
      resolve: ({ expiresAt }) => expiresAt,
    }),
    createdBy: t.field({
      type: UserType,
      nullable: true,
      description: "Who invited; null for somebody who is no longer there.",
      resolve: ({ createdById }, _args, context) =>
        createdById === null ? null : userLoader(context).load(createdById),
    }),
    user: t.field({
      type: UserType,
      nullable: true,
      description: "Who came by it; null for nobody yet.",
      resolve: ({ userId }, _args, context) => (userId === null ? null : userLoader(context).load(userId)),
    }),
  }),
});

function statusOf({ usedAt, revokedAt, expiresAt }: AccountLink, now: Date): (typeof statuses)[number] {
  if (usedAt) return "USED";
  if (revokedAt) return "REVOKED";
  return expiresAt <= now ? "EXPIRED" : "OPEN";
}

builder.queryField("invitations", (t) =>
  t.connection(
    {
      type: InvitationType,
      authScopes: { admin: true },
      description: "Invitations, newest first. ADMIN only.",
      resolve: (_root, args, { deps }) => {
        const where = { kind: "INVITATION" as const };
        return idConnection(
          args,
          (page) => deps.db.prisma.accountLink.findMany({ ...page, where: { AND: [page.where, where] } }),
          () => deps.db.prisma.accountLink.count({ where }),
        );
      },
    },
    { name: "InvitationConnection", description: "A page of invitations." },
    { name: "InvitationEdge", description: "An invitation in a page." },
  ),
);

const ProjectInput = builder.inputType("InvitationProjectInput", {
  description: "A project that the person becomes a member of.",
  fields: (t) => ({
    projectId: t.id({ required: true, description: "Which project." }),
    role: t.field({ type: RoleType, required: true, description: "The role in it." }),
  }),
});

mutation("createInvitation", {
  description:
    "Invites somebody by a link that whoever invites hands over; an earlier one for the address ends. Not with an API key.",
  role: "admin",
  input: builder.inputType("CreateInvitationInput", {
    description: "Whom, and as what.",
    fields: (t) => ({
      email: t.string({ required: true, description: "What the person will sign in with." }),
      name: t.string({ description: "How the person is called; the person says, otherwise." }),
      role: t.field({ type: RoleType, required: true, description: "The role in the studio." }),
      projects: t.field({ type: [ProjectInput], description: "Projects to be a member of; at most 50." }),
      expiresInDays: t.int({ defaultValue: 7, description: "For how long it works; 1 to 30 days." }),
    }),
  }),
  payload: builder.objectRef<{ invitation: AccountLink; url: string }>("CreateInvitationPayload").implement({
    description: "Answer of a mutation: the link to hand over.",
    fields: (t) => ({
      invitation: t.field({
        type: InvitationType,
        description: "The invitation.",
        resolve: ({ invitation }) => invitation,
      }),
      url: t.exposeString("url", { description: "The link. It is shown this once, and works once." }),
    }),
  }),
  resolve: ({ email, name, role, projects, expiresInDays }, { deps, viewer }) =>
    createInvitation(deps, viewer, {
      email,
      name: name ?? undefined,
      role,
      expiresInDays: expiresInDays ?? 7,
      projects: (projects ?? []).map((each, index) => ({
        projectId: requireId("Project", each.projectId, ["projects", String(index), "projectId"]),
        role: each.role,
      })),
    }),
});

mutation("revokeInvitation", {
  description: "Ends an invitation that nobody has used.",
  role: "admin",
  input: builder.inputType("RevokeInvitationInput", {
    description: "What to revoke.",
    fields: (t) => ({ id: t.id({ required: true, description: "Which invitation." }) }),
  }),
  payload: payloadOf("RevokeInvitationPayload", "invitation", InvitationType, "The invitation as it is now."),
  resolve: async (input, { deps }) => ({ invitation: await revokeInvitation(deps, requireId("Invitation", input.id)) }),
});
