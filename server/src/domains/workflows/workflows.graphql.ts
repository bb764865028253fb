import type { WorkflowParameter } from "#domains/workflows/logic/parameter.ts";
import { recipeFields } from "#domains/workflows/recipe.graphql.ts";
import { ParameterTypeRef } from "#domains/workflows/parameters.graphql.ts";
import { PromptSlotType } from "#domains/workflows/prompt-slots.graphql.ts";
import { CategoryType, InputKindType, WorkflowStatusType } from "#domains/workflows/workflows.enums.graphql.ts";
import {
  duplicateLoader,
  graphLoader,
  parametersLoader,
  slotsOfVersionLoader,
  versionCountLoader,
  versionLoader,
  versionPageLoader,
  type VersionRow,
  workflowLoader,
} from "#domains/workflows/workflows.loaders.ts";
import { updateWorkflow } from "#domains/workflows/workflows.service.ts";
import { builder } from "#graphql/builder.ts";
import { cursorId, idConnection, readPage, toConnection } from "#graphql/connection.ts";
import { decodeId, requireId } from "#graphql/ids.ts";
import { expectLoaded } from "#graphql/loader.ts";
import { mutation, payloadOf } from "#graphql/mutation.ts";
import { parseJson } from "#lib/json.ts";
import { escapeLike, isStorable, searchTerm } from "#lib/storable-text.ts";
import type { Workflow } from "#platform/db/generated/client.ts";

export const WorkflowVersionType = builder.objectRef<VersionRow>("WorkflowVersion");
export const WorkflowType = builder.objectRef<Workflow>("Workflow");

builder.node(WorkflowVersionType, {
  description: "An immutable state of a workflow.",
  id: { resolve: (version) => version.id },
  loadOne: (id, context) => versionLoader(context).load(id),
  fields: (t) => ({
    number: t.exposeInt("number", { description: "1, 2, 3… within the workflow." }),
    contentHash: t.exposeString("contentHash", {
      description: "SHA-256 in hex of the canonical JSON of the graph and of what a definition says about it.",
    }),
    graph: t.field({
      type: "JSON",
      description: "The API graph.",
      complexity: 100,
      resolve: async (version, _args, context) =>
        parseJson(expectLoaded(await graphLoader(context).load(version.id), "The graph")),
    }),
    createdAt: t.field({
      type: "DateTime",
      description: "When it was imported.",
      resolve: (version) => version.createdAt,
    }),
  }),
});
recipeFields(WorkflowVersionType, (version) => version.id);

const VersionConnection = { name: "WorkflowVersionConnection", description: "A page of versions." };
const VersionEdge = { name: "WorkflowVersionEdge", description: "A version in a page." };

builder.node(WorkflowType, {
  description: "A ComfyUI graph that the studio can run.",
  id: { resolve: (workflow) => workflow.id },
  loadOne: (id, context) => workflowLoader(context).load(id),
  fields: (t) => ({
    name: t.exposeString("name", { description: "Unique in the studio." }),
    description: t.exposeString("description", { nullable: true, description: "What it is good for." }),
    category: t.field({ type: CategoryType, description: "What it makes.", resolve: (workflow) => workflow.category }),
    status: t.field({
      type: WorkflowStatusType,
      description: "How far it is trusted.",
      resolve: (workflow) => workflow.status,
    }),
    inputKind: t.field({
      type: InputKindType,
      description: "What it starts from.",
      resolve: (workflow) => workflow.inputKind,
    }),
    requiredLabels: t.exposeStringList("requiredLabels", {
      description: "Its new jobs go only to machines with all of these labels.",
    }),
    currentVersion: t.field({
      type: WorkflowVersionType,
      description: "The version that new jobs and scene types use.",
      resolve: async (workflow, _args, context) =>
        expectLoaded(await versionLoader(context).load(workflow.currentVersionId ?? ""), "The current version"),
    }),
    versions: t.connection(
      {
        type: WorkflowVersionType,
        description: "All versions, newest first.",
        resolve: async (workflow, args, context) => {
          const page = readPage(args);
          const rows = await versionPageLoader(context).load(workflow.id, {
            take: page.take,
            backward: page.backward,
            after: cursorId(page),
          });
          const ordered = page.backward ? rows.toReversed() : rows;
          return toConnection(
            page,
            ordered,
            (version) => [version.id],
            async () => (await versionCountLoader(context).load(workflow.id)) ?? 0,
          );
        },
      },
      VersionConnection,
      VersionEdge,
    ),
    promptSlots: t.field({
      type: [PromptSlotType],
      description: "Prompt slots of the current version, in their order.",
      resolve: (workflow, _args, context) => slotsOfVersionLoader(context).load(workflow.currentVersionId ?? ""),
    }),
    parameters: t.field({
      type: [ParameterTypeRef],
      description: "Parameters of the current version, in their order.",
      resolve: async (workflow, _args, context) =>
        parseJson((await parametersLoader(context).load(workflow.id)) ?? "[]") as unknown as WorkflowParameter[],
    }),
    duplicateOf: t.field({
      type: WorkflowType,
      nullable: true,
      description: "An older workflow whose current graph is the same, if there is one.",
      resolve: async (workflow, _args, context) => {
        const id = await duplicateLoader(context).load(workflow.id);
        return id === null ? null : workflowLoader(context).load(id);
      },
    }),
    createdAt: t.field({
      type: "DateTime",
      description: "When it was first imported.",
      resolve: (workflow) => workflow.createdAt,
    }),
    updatedAt: t.field({
      type: "DateTime",
      description: "When it was last changed.",
      resolve: (workflow) => workflow.updatedAt,
    }),
  }),
});

recipeFields(WorkflowType, (workflow) => workflow.currentVersionId ?? "");

builder.objectField(WorkflowVersionType, "workflow", (t) =>
  t.field({
    type: WorkflowType,
    description: "The workflow that it is a state of.",
    resolve: async ({ workflowId }, _args, context) =>
      expectLoaded(await workflowLoader(context).load(workflowId), "The workflow"),
  }),
);

builder.queryFields((t) => ({
  workflows: t.connection(
    {
      type: WorkflowType,
      description: "Workflows, newest first.",
      args: {
        search: t.arg.string({ description: "Part of the name or description." }),
        category: t.arg({ type: CategoryType, description: "Only of this category." }),
        categories: t.arg({ type: [CategoryType], description: "Only of these categories." }),
        takesFile: t.arg.boolean({
          description: "Only those that start from a file, or only those that start from none.",
        }),
        status: t.arg({ type: WorkflowStatusType, description: "Only with this status." }),
      },
      resolve: (_root, { search, category, categories, takesFile, status, ...args }, { deps }) => {
        const term = searchTerm(search);
        const contains = term && { contains: escapeLike(term), mode: "insensitive" as const };
        const where = {
          ...(status ? { status } : {}),
          ...(contains ? { OR: [{ name: contains }, { description: contains }] } : {}),
          AND: [
            ...(category ? [{ category }] : []),
            ...(categories ? [{ category: { in: categories } }] : []),
            ...(takesFile == null ? [] : [{ inputKind: takesFile ? { not: "NONE" as const } : ("NONE" as const) }]),
          ],
        };
        return idConnection(
          args,
          (page) => deps.db.prisma.workflow.findMany({ ...page, where: { AND: [page.where, where] } }),
          () => deps.db.prisma.workflow.count({ where }),
        );
      },
    },
    { name: "WorkflowConnection", description: "A page of workflows." },
    { name: "WorkflowEdge", description: "A workflow in a page." },
  ),
  workflow: t.field({
    type: WorkflowType,
    nullable: true,
    description: "One workflow, by id or by name; null when there is none.",
    args: { id: t.arg.id({ description: "Its id." }), name: t.arg.string({ description: "Its name." }) },
    resolve: async (_root, { id, name }, context) => {
      if (id != null) {
        const key = decodeId("Workflow", id);
        return key ? workflowLoader(context).load(key) : null;
      }
      return name == null || !isStorable(name) ? null : context.deps.db.prisma.workflow.findUnique({ where: { name } });
    },
  }),
}));

mutation("updateWorkflow", {
  description:
    "Changes what people read about a workflow, and which machines may run it; its graph changes by import only.",
  role: "admin",
  input: builder.inputType("UpdateWorkflowInput", {
    description: "What to change; fields left out stay.",
    fields: (t) => ({
      id: t.id({ required: true, description: "Which workflow." }),
      name: t.string({ description: "Unique in the studio." }),
      description: t.string({ description: "What it is good for; empty text takes it away." }),
      category: t.field({ type: CategoryType, description: "What it makes." }),
      requiredLabels: t.stringList({
        description:
          "Labels that machines must have to be given its new jobs, up to 20; an empty list takes them away.",
      }),
    }),
  }),
  payload: payloadOf("UpdateWorkflowPayload", "workflow", WorkflowType, "The workflow as it is now."),
  resolve: async (input, { deps }) => ({
    workflow: await updateWorkflow(deps, requireId("Workflow", input.id), {
      name: input.name ?? undefined,
      description: input.description ?? undefined,
      category: input.category ?? undefined,
      requiredLabels: input.requiredLabels ?? undefined,
    }),
  }),
});
