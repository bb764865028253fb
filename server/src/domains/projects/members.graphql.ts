import { RoleType, UserType, userLoader } from "#domains/accounts/accounts.graphql.ts";
import { addMember, removeMember, setMemberRole } from "#domains/projects/members.service.ts";
import { ProjectType, projectLoader } from "#domains/projects/projects.graphql.ts";
import { builder } from "#graphql/builder.ts";
import { encodeId, optionalId, requireId } from "#graphql/ids.ts";
import { defineListLoader, expectLoaded } from "#graphql/loader.ts";
import { mutation, payloadOf } from "#graphql/mutation.ts";
import type { ProjectMember } from "#platform/db/generated/client.ts";

const membersLoader = defineListLoader<ProjectMember>(
  ({ deps }, projectIds) =>
    deps.db.prisma.projectMember.findMany({
      where: { projectId: { in: [...projectIds] } },
      orderBy: [{ user: { name: "asc" } }, { userId: "asc" }],
    }),
  ({ projectId }) => projectId,
);

const MemberType = builder.objectRef<ProjectMember>("ProjectMember").implement({
  description: "Somebody who works on a project. An ADMIN of the studio sees it without being one.",
  fields: (t) => ({
    user: t.field({
      type: UserType,
      description: "Who.",
      resolve: async ({ userId }, _args, context) => expectLoaded(await userLoader(context).load(userId), "A member"),
    }),
    role: t.field({
      type: RoleType,
      description: "The role in the project; in what it writes, nobody goes beyond the role in the studio.",
      resolve: ({ role }) => role,
    }),
  }),
});

builder.objectField(ProjectType, "members", (t) =>
  t.field({
    type: [MemberType],
    description: "Its members by name; at most 200.",
    resolve: ({ id }, _args, context) => membersLoader(context).load(id),
  }),
);

builder.objectField(ProjectType, "viewerRole", (t) =>
  t.field({
    type: RoleType,
    description: "What the viewer may do in it; ADMIN manages its members.",
    resolve: ({ id }, _args, { viewer }) => viewer?.projectRoles?.[id] ?? viewer?.role ?? "VIEWER",
  }),
);

mutation("addProjectMember", {
  description: "Makes somebody a member of a project. For ADMIN of the project.",
  projectRole: "admin",
  input: builder.inputType("AddProjectMemberInput", {
    description: "Who, and as what.",
    fields: (t) => ({
      projectId: t.id({ required: true, description: "Which project." }),
      userId: t.id({ description: "Which person, for ADMIN of the studio; or else by the address." }),
      email: t.string({ description: "The e-mail address of the person, in full." }),
      role: t.field({ type: RoleType, required: true, description: "The role in the project." }),
    }),
  }),
  payload: payloadOf("AddProjectMemberPayload", "member", MemberType, "The new member."),
  resolve: async ({ projectId, userId, email, role }, { deps, viewer }) => ({
    member: await addMember(deps, viewer, {
      projectId: requireId("Project", projectId, ["projectId"]),
      userId: optionalId("User", userId, ["userId"]),
      email: email ?? undefined,
      role,
    }),
  }),
});

mutation("setProjectMemberRole", {
  description: "Changes what a member may do in a project. For ADMIN of the project; its last ADMIN stays one.",
  projectRole: "admin",
  input: builder.inputType("SetProjectMemberRoleInput", {
    description: "Who, and the new role.",
    fields: (t) => ({
      projectId: t.id({ required: true, description: "Which project." }),
      userId: t.id({ required: true, description: "Which member." }),
      role: t.field({ type: RoleType, required: true, description: "The role in the project." }),
    }),
  }),
  payload: payloadOf("SetProjectMemberRolePayload", "member", MemberType, "The member as it is now."),
  resolve: async ({ projectId, userId, role }, { deps, viewer }) => ({
    member: await setMemberRole(deps, viewer, {
      projectId: requireId("Project", projectId, ["projectId"]),
      userId: requireId("User", userId, ["userId"]),
      role,
    }),
  }),
});

mutation("removeProjectMember", {
  description: "Ends a membership; what the person made stays. For ADMIN of the project; its last ADMIN stays.",
  projectRole: "admin",
  input: builder.inputType("RemoveProjectMemberInput", {
    description: "Who leaves which project.",
    fields: (t) => ({
      projectId: t.id({ required: true, description: "Which project." }),
      userId: t.id({ required: true, description: "Which member." }),
    }),
  }),
  payload: builder.objectRef<{ projectId: string; userId: string }>("RemoveProjectMemberPayload").implement({
    description: "Answer of a mutation: who left what.",
    fields: (t) => ({
      project: t.field({
        type: ProjectType,
        description: "The project without the member.",
        resolve: async ({ projectId }, _args, context) =>
          expectLoaded(await projectLoader(context).load(projectId), "The project"),
      }),
      removedUserId: t.id({ description: "Who left.", resolve: ({ userId }) => encodeId("User", userId) }),
    }),
  }),
  resolve: async (input, { deps, viewer }) => {
    const projectId = requireId("Project", input.projectId, ["projectId"]);
    const userId = requireId("User", input.userId, ["userId"]);
    await removeMember(deps, viewer, { projectId, userId });
    return { projectId, userId };
  },
});
