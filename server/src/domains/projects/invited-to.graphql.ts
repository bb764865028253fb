import { RoleType } from "#domains/accounts/accounts.graphql.ts";
import { InvitationType } from "#domains/accounts/invitations.graphql.ts";
import { ProjectType, projectLoader } from "#domains/projects/projects.graphql.ts";
import { builder } from "#graphql/builder.ts";
import { defineListLoader, expectLoaded } from "#graphql/loader.ts";
import type { AccountLinkProject } from "#platform/db/generated/client.ts";

const invitedToLoader = defineListLoader<AccountLinkProject>(
  ({ deps }, linkIds) => deps.db.prisma.accountLinkProject.findMany({ where: { linkId: { in: [...linkIds] } } }),
  ({ linkId }) => linkId,
);

const InvitedToType = builder.objectRef<AccountLinkProject>("InvitationProject").implement({
  description: "A project that an invitation leads into.",
  fields: (t) => ({
    project: t.field({
      type: ProjectType,
      description: "Which project.",
      resolve: async ({ projectId }, _args, context) =>
        expectLoaded(await projectLoader(context).load(projectId), "The project of an invitation"),
    }),
    role: t.field({ type: RoleType, description: "The role in it.", resolve: ({ role }) => role }),
  }),
});

builder.objectField(InvitationType, "projects", (t) =>
  t.field({
    type: [InvitedToType],
    description: "Projects that the person becomes a member of.",
    resolve: ({ id }, _args, context) => invitedToLoader(context).load(id),
  }),
);
