import { projectLoader, ProjectType } from "#domains/projects/projects.graphql.ts";
import { activateBranch, createBranch, deleteBranch, renameBranch } from "#domains/stories/branches.service.ts";
import { deletedPayload, idInput } from "#domains/stories/deleted.graphql.ts";
import { forkBranch } from "#domains/stories/fork-branch.service.ts";
import { branchesOfProjectLoader, branchLoader, storyLoader } from "#domains/stories/stories.loaders.ts";
import { builder } from "#graphql/builder.ts";
import type { Context } from "#graphql/context.ts";
import { decodeId, requireId } from "#graphql/ids.ts";
import { expectLoaded } from "#graphql/loader.ts";
import { mutation, payloadOf } from "#graphql/mutation.ts";
import type { Branch } from "#platform/db/generated/client.ts";

const storyOf = async (projectId: string, context: Context) =>
  expectLoaded(await storyLoader(context).load(projectId), "The story");
const loadBranch = async (id: string, context: Context) =>
  expectLoaded(await branchLoader(context).load(id), "The branch");

export const BranchType = builder.objectRef<Branch>("Branch");
builder.node(BranchType, {
  description: "One telling of a project's story: its scenes and what appears in them.",
  id: { resolve: ({ id }) => id },
  loadOne: (id, context) => branchLoader(context).load(id),
  fields: (t) => ({
    name: t.exposeString("name", { description: "Unique in the project." }),
    project: t.field({
      type: ProjectType,
      description: "The project that it belongs to.",
      resolve: async ({ projectId }, _args, context) =>
        expectLoaded(await projectLoader(context).load(projectId), "The project"),
    }),
    isMain: t.boolean({
      description: "Whether it is the project's first branch, which stays.",
      resolve: async ({ id, projectId }, _args, context) => (await storyOf(projectId, context)).mainBranchId === id,
    }),
    isActive: t.boolean({
      description: "Whether the project is told in it now.",
      resolve: async ({ id, projectId }, _args, context) => (await storyOf(projectId, context)).activeBranchId === id,
    }),
    forkedFrom: t.field({
      type: BranchType,
      nullable: true,
      description: "The branch that it was copied from; null when it was not, or that one is gone.",
      resolve: ({ forkedFromId }, _args, context) => (forkedFromId ? branchLoader(context).load(forkedFromId) : null),
    }),
    createdAt: t.field({ type: "DateTime", description: "When it was made.", resolve: ({ createdAt }) => createdAt }),
    updatedAt: t.field({
      type: "DateTime",
      description: "When anything in it was last changed.",
      resolve: ({ updatedAt }) => updatedAt,
    }),
  }),
});

builder.objectFields(ProjectType, (t) => ({
  branches: t.field({
    type: [BranchType],
    description: "The branches of its story, the oldest first; there is always one.",
    resolve: async ({ id }, _args, context) => {
      await storyLoader(context).load(id);
      return branchesOfProjectLoader(context).load(id);
    },
  }),
  mainBranch: t.field({
    type: BranchType,
    description: "The branch that it began with.",
    resolve: async ({ id }, _args, context) => loadBranch((await storyOf(id, context)).mainBranchId, context),
  }),
  activeBranch: t.field({
    type: BranchType,
    description: "The branch that it is told in now.",
    resolve: async ({ id }, _args, context) => loadBranch((await storyOf(id, context)).activeBranchId, context),
  }),
}));

builder.queryField("branch", (t) =>
  t.field({
    type: BranchType,
    nullable: true,
    description: "One branch; null when there is none or the viewer may not see it.",
    args: { id: t.arg.id({ required: true, description: "Its id." }) },
    resolve: (_root, args, context) => {
      const id = decodeId("Branch", args.id);
      return id === null ? null : branchLoader(context).load(id);
    },
  }),
);

mutation("createBranch", {
  description: "Adds an empty branch to a project's story.",
  input: builder.inputType("CreateBranchInput", {
    description: "A new branch.",
    fields: (t) => ({
      projectId: t.id({ required: true, description: "The project it belongs to." }),
      name: t.string({ required: true, description: "Unique in the project; 1 to 120 characters." }),
    }),
  }),
  payload: payloadOf("CreateBranchPayload", "branch", BranchType, "The new branch."),
  resolve: async ({ projectId, name }, { deps, viewer }) => ({
    branch: await createBranch(deps, viewer, { projectId: requireId("Project", projectId, ["projectId"]), name }),
  }),
});

mutation("forkBranch", {
  description: "Copies a branch with its scenes, its assets and their states in the scenes.",
  input: builder.inputType("ForkBranchInput", {
    description: "Which branch, and what its copy is called.",
    fields: (t) => ({
      branchId: t.id({ required: true, description: "The branch to copy." }),
      name: t.string({ required: true, description: "Unique in the project; 1 to 120 characters." }),
    }),
  }),
  payload: payloadOf("ForkBranchPayload", "branch", BranchType, "The copy, which is not active yet."),
  resolve: async ({ branchId, name }, { deps, viewer }) => ({
    branch: await forkBranch(deps, viewer, { branchId: requireId("Branch", branchId, ["branchId"]), name }),
  }),
});

mutation("renameBranch", {
  description: "Gives a branch another name.",
  input: builder.inputType("RenameBranchInput", {
    description: "Which branch, and its new name.",
    fields: (t) => ({
      id: t.id({ required: true, description: "The branch." }),
      name: t.string({ required: true, description: "Unique in the project; 1 to 120 characters." }),
    }),
  }),
  payload: payloadOf("RenameBranchPayload", "branch", BranchType, "The branch as it is now."),
  resolve: async ({ id, name }, { deps, viewer }) => ({
    branch: await renameBranch(deps, viewer, requireId("Branch", id), name),
  }),
});

mutation("activateBranch", {
  description: "Makes a branch the one that the project is told in.",
  input: idInput("ActivateBranchInput", "branch"),
  payload: payloadOf("ActivateBranchPayload", "branch", BranchType, "The branch, active now."),
  resolve: async ({ id }, { deps, viewer }) => ({
    branch: await activateBranch(deps, viewer, requireId("Branch", id)),
  }),
});

mutation("deleteBranch", {
  description: "Deletes a branch with its scenes and assets; files stay. Not the main and not the active one.",
  input: idInput("DeleteBranchInput", "branch"),
  payload: deletedPayload("DeleteBranchPayload", "Branch"),
  resolve: async (input, { deps, viewer }) => {
    const id = requireId("Branch", input.id);
    await deleteBranch(deps, viewer, id);
    return { id };
  },
});
