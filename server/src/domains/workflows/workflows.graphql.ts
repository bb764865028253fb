import { WorkflowCategory, WorkflowStatus, InputKind, SlotType } from "#platform/db/generated/enums.ts";
import type { PromptSlot, Workflow, WorkflowVersion } from "#platform/db/generated/client.ts";
import type { ParameterBinding, ParameterUi, WorkflowParameter } from "#domains/workflows/logic/parameter.ts";
import type { ImportReport } from "#domains/workflows/workflows.service.ts";
import { importWorkflow, updatePromptSlot, updateWorkflow } from "#domains/workflows/workflows.service.ts";
import type { OrphanedSlot } from "#domains/workflows/reconcile-slots.ts";
import {
  graphLoader,
  type SlotRow,
  slotLoader,
  slotsOfVersionLoader,
  versionLoader,
  workflowLoader,
} from "#domains/workflows/workflows.loaders.ts";
import { findAsset } from "#domains/assets/assets.service.ts";
import { builder } from "#graphql/builder.ts";
import { idConnection } from "#graphql/connection.ts";
import { decodeId, requireId } from "#graphql/ids.ts";
import { expectLoaded } from "#graphql/loader.ts";
import { mutation, payloadOf } from "#graphql/mutation.ts";
import { parseJson } from "#lib/json.ts";
import { sourceOfImport } from "#domains/workflows/import-source.ts";

export const CategoryType = builder.enumType(WorkflowCategory, {
  name: "WorkflowCategory",
  description: "What a workflow makes.",
  values: {
    VIDEO_GEN: { description: "Clips from text or pictures." },
    IMAGE_GEN: { description: "Pictures from text or pictures." },
    VIDEO_UPSCALE: { description: "Larger clips from clips." },
    IMAGE_UPSCALE: { description: "Larger pictures from pictures." },
    OTHER: { description: "Anything else." },
  } as never,
});
export const WorkflowStatusType = builder.enumType(WorkflowStatus, {
  name: "WorkflowStatus",
  description: "How far a workflow is trusted.",
  values: {
    DRAFT: { description: "Imported, not tried." },
    TESTED: { description: "A dry run passed." },
    PRODUCTION: { description: "Valid on every machine of its pool, and a dry run passed." },
  } as never,
});
const InputKindType = builder.enumType(InputKind, {
  name: "InputKind",
  description: "What a workflow starts from.",
  values: {
    IMAGE: { description: "A picture." },
    VIDEO: { description: "A clip." },
    NONE: { description: "Nothing but text." },
  } as never,
});
export const SlotTypeEnum = builder.enumType(SlotType, {
  name: "SlotType",
  description: "What a prompt asks for, told by the wiring.",
  values: {
    POSITIVE: { description: "What shall be seen." },
    NEGATIVE: { description: "What shall not be seen." },
  } as never,
});

const ParameterTypeEnum = builder.enumType("ParameterType", {
  description: "What values a parameter takes.",
  values: {
    TEXT: { description: "Text." },
    INT: { description: "A whole number." },
    FLOAT: { description: "A number." },
    BOOLEAN: { description: "True or false." },
    SELECT: { description: "One of the options." },
    IMAGE: { description: "The id of an asset that is a picture." },
    VIDEO: { description: "The id of an asset that is a clip." },
    AUDIO: { description: "The id of an asset that is a sound." },
    SEED: { description: "A seed, 0 to 2^64 − 1." },
  } as const,
});

const BindingType = builder.objectRef<ParameterBinding>("ParameterBinding").implement({
  description: "An input of a node that takes a parameter's value.",
  fields: (t) => ({
    nodeId: t.exposeString("nodeId", { description: "The node's id in the graph." }),
    inputName: t.exposeString("inputName", { description: "The name of its input." }),
  }),
});

const ParameterUiType = builder.objectRef<ParameterUi>("ParameterUi").implement({
  description: "How a form shows a parameter; a client needs nothing else.",
  fields: (t) => ({
    widget: t.exposeString("widget", { description: "text, textarea, number, slider, checkbox, select, seed, image, video, audio or hidden." }),
    multiline: t.exposeBoolean("multiline", { description: "Whether the text may have several lines." }),
    placeholder: t.exposeString("placeholder", { nullable: true, description: "Shown while the field is empty." }),
    help: t.exposeString("help", { nullable: true, description: "One sentence about what it does." }),
    group: t.exposeString("group", { nullable: true, description: "Heading under which it stands." }),
    order: t.exposeInt("order", { description: "Position in the form, ascending." }),
  }),
});

/** A seed's bound of 2^64 comes back from lossless JSON as a bigint. */
const asFloat = (value: number | bigint | null): number | null => (value === null ? null : Number(value));

export const ParameterTypeRef = builder.objectRef<WorkflowParameter>("WorkflowParameter").implement({
  description: "A value of the graph that people may set at each submit.",
  fields: (t) => ({
    key: t.exposeString("key", { description: "Name in `params` of submitJob." }),
    label: t.exposeString("label", { description: "Name for people." }),
    type: t.field({ type: ParameterTypeEnum, description: "What values it takes.", resolve: (parameter) => parameter.type }),
    default: t.field({ type: "JSON", nullable: true, description: "The value in the graph.", resolve: (parameter) => parameter.default }),
    min: t.float({ nullable: true, description: "Smallest value.", resolve: ({ min }) => asFloat(min) }),
    max: t.float({ nullable: true, description: "Largest value; a seed's is given as the nearest double.", resolve: ({ max }) => asFloat(max) }),
    step: t.exposeFloat("step", { nullable: true, description: "Distance of neighbouring values." }),
    options: t.exposeStringList("options", { nullable: true, description: "Allowed values of a SELECT; null when only a machine knows them." }),
    bindings: t.field({ type: [BindingType], description: "Inputs that take the value.", resolve: (parameter) => parameter.bindings }),
    ui: t.field({ type: ParameterUiType, description: "How a form shows it.", resolve: (parameter) => parameter.ui }),
  }),
});

export const PromptSlotType = builder.objectRef<SlotRow>("PromptSlot");
builder.node(PromptSlotType, {
  description: "A text input of the graph that people write prompts for.",
  id: { resolve: (slot) => slot.id },
  loadOne: (id, context) => slotLoader(context).load(id),
  fields: (t) => ({
    nodeId: t.exposeString("nodeId", { description: "The text encoder's node id." }),
    inputName: t.exposeString("inputName", { description: "The name of its text input." }),
    label: t.exposeString("label", { description: "Name for people." }),
    slotType: t.field({ type: SlotTypeEnum, description: "Positive or negative.", resolve: (slot) => slot.slotType }),
    sortOrder: t.exposeInt("sortOrder", { description: "Position among the slots, ascending." }),
    defaultText: t.string({
      nullable: true,
      description: "The text in the graph, or as an ADMIN edited it; null when the graph computes it.",
      resolve: (slot) => slot.editedDefaultText ?? slot.defaultText,
    }),
    isLinked: t.exposeBoolean("isLinked", { description: "Whether the graph feeds the text over a link; an override replaces the link." }),
    isUserEditable: t.exposeBoolean("isUserEditable", { description: "Whether defaults and overrides may be set." }),
    description: t.exposeString("description", { nullable: true, description: "What it is for." }),
  }),
});

export const WorkflowVersionType = builder.objectRef<WorkflowVersion>("WorkflowVersion");
export const WorkflowType = builder.objectRef<Workflow>("Workflow");

builder.node(WorkflowVersionType, {
  description: "An immutable state of a workflow.",
  id: { resolve: (version) => version.id },
  loadOne: (id, context) => versionLoader(context).load(id),
  fields: (t) => ({
    number: t.exposeInt("number", { description: "1, 2, 3… within the workflow." }),
    contentHash: t.exposeString("contentHash", { description: "SHA-256 of the graph's canonical JSON, in hex." }),
    graph: t.field({
      type: "JSON",
      description: "The API graph.",
      complexity: 50,
      resolve: async (version, _args, context) => parseJson(expectLoaded(await graphLoader(context).load(version.id), "The graph")),
    }),
    createdAt: t.field({ type: "DateTime", description: "When it was imported.", resolve: (version) => version.createdAt }),
  }),
});

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
    status: t.field({ type: WorkflowStatusType, description: "How far it is trusted.", resolve: (workflow) => workflow.status }),
    inputKind: t.field({ type: InputKindType, description: "What it starts from.", resolve: (workflow) => workflow.inputKind }),
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
        resolve: (workflow, args, { deps }) =>
          idConnection(
            args,
            (page) => deps.db.prisma.workflowVersion.findMany({ ...page, where: { AND: [page.where, { workflowId: workflow.id }] } }),
            () => deps.db.prisma.workflowVersion.count({ where: { workflowId: workflow.id } }),
          ),
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
      resolve: async (workflow, _args, context) => {
        const version = expectLoaded(await versionLoader(context).load(workflow.currentVersionId ?? ""), "The current version");
        return parseJson(version.parameters) as unknown as WorkflowParameter[];
      },
    }),
    duplicateOf: t.field({
      type: WorkflowType,
      nullable: true,
      description: "An older workflow whose current graph is the same, if there is one.",
      resolve: async (workflow, _args, { deps }) => {
        const current = await deps.db.prisma.workflowVersion.findUnique({ where: { id: workflow.currentVersionId ?? "" }, select: { contentHash: true } });
        return deps.db.prisma.workflow.findFirst({
          where: { id: { lt: workflow.id }, currentVersion: { contentHash: current?.contentHash ?? "" } },
          orderBy: { id: "asc" },
        });
      },
    }),
    createdAt: t.field({ type: "DateTime", description: "When it was first imported.", resolve: (workflow) => workflow.createdAt }),
    updatedAt: t.field({ type: "DateTime", description: "When it was last changed.", resolve: (workflow) => workflow.updatedAt }),
  }),
});

builder.queryFields((t) => ({
  workflows: t.connection(
    {
      type: WorkflowType,
      description: "Workflows, newest first.",
      args: {
        search: t.arg.string({ description: "Part of the name or description." }),
        category: t.arg({ type: CategoryType, description: "Only of this category." }),
        status: t.arg({ type: WorkflowStatusType, description: "Only with this status." }),
      },
      resolve: (_root, { search, category, status, ...args }, { deps }) => {
        const where = {
          ...(category ? { category } : {}),
          ...(status ? { status } : {}),
          ...(search
            ? { OR: [{ name: { contains: search, mode: "insensitive" as const } }, { description: { contains: search, mode: "insensitive" as const } }] }
            : {}),
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
      return name == null ? null : context.deps.db.prisma.workflow.findUnique({ where: { name } });
    },
  }),
}));

const OrphanedSlotType = builder.objectRef<OrphanedSlot>("OrphanedSlot").implement({
  description: "A slot that the new version does not have, while texts hang on it.",
  fields: (t) => ({
    slot: t.field({ type: PromptSlotType, description: "The slot.", resolve: ({ slot }) => asSlotRow(slot) }),
    defaultCount: t.exposeInt("defaultCount", { description: "Scene type defaults that hang on it." }),
    overrideCount: t.exposeInt("overrideCount", { description: "Overrides that hang on it." }),
  }),
});

const asSlotRow = (slot: PromptSlot): SlotRow => ({ ...slot, defaultText: null, isLinked: false });

const ImportReportType = builder.objectRef<ImportReport & { versionId: string }>("ImportReport").implement({
  description: "What an import found and changed.",
  fields: (t) => ({
    format: t.exposeString("format", { description: "How the source was read, such as API." }),
    slotsAdded: t.field({
      type: [PromptSlotType],
      description: "Slots that are new.",
      resolve: async (report, _args, context) => ofVersion(report.slotsAdded, await slotsOfVersionLoader(context).load(report.versionId)),
    }),
    slotsKept: t.field({
      type: [PromptSlotType],
      description: "Slots that were there before.",
      resolve: async (report, _args, context) => ofVersion(report.slotsKept, await slotsOfVersionLoader(context).load(report.versionId)),
    }),
    slotsOrphaned: t.field({ type: [OrphanedSlotType], description: "Slots that are gone while texts hang on them; removed only with removeOrphans.", resolve: (report) => report.slotsOrphaned }),
    warnings: t.exposeStringList("warnings", { description: "What a person should know." }),
  }),
});

const ofVersion = (slots: PromptSlot[], rows: SlotRow[]): SlotRow[] => {
  const ids = new Set(slots.map((slot) => slot.id));
  return rows.filter((row) => ids.has(row.id));
};

type Imported = Awaited<ReturnType<typeof importWorkflow>>;

mutation("importWorkflow", {
  description: "Turns a ComfyUI graph into a workflow, or into a new version of the workflow with that name.",
  role: "admin",
  input: builder.inputType("ImportWorkflowInput", {
    description: "What to import: give exactly one of source, assetId and machineId.",
    fields: (t) => ({
      name: t.string({ required: true, description: "Name of the workflow; an existing one gets a new version." }),
      source: t.string({ description: "JSON or YAML text of any accepted format." }),
      assetId: t.id({ description: "An uploaded file that holds the source." }),
      machineId: t.id({ description: "A machine that has a saved workflow of that name." }),
      category: t.field({ type: CategoryType, description: "What it makes; guessed from the graph unless said." }),
      description: t.string({ description: "What it is good for." }),
      removeOrphans: t.boolean({ defaultValue: false, description: "Confirms that slots which are gone go together with the texts that hang on them." }),
    }),
  }),
  payload: builder.objectRef<Imported>("ImportWorkflowPayload").implement({
    description: "Answer of a mutation: the workflow and what was found in it.",
    fields: (t) => ({
      workflow: t.field({ type: WorkflowType, description: "The workflow.", resolve: (result) => result.workflow }),
      version: t.field({ type: WorkflowVersionType, description: "The version that has this content.", resolve: (result) => result.version }),
      isNewVersion: t.exposeBoolean("isNewVersion", { description: "False when the workflow had this content already." }),
      report: t.field({ type: ImportReportType, description: "What was found and changed.", resolve: (result) => ({ ...result.report, versionId: result.version.id }) }),
    }),
  }),
  resolve: async (input, { deps, viewer }) =>
    importWorkflow(deps, {
      name: input.name,
      source: await sourceOfImport(deps, input, (id) => findAsset(deps, viewer, id)),
      category: input.category ?? undefined,
      description: input.description ?? undefined,
      removeOrphans: input.removeOrphans ?? false,
    }),
});

mutation("updateWorkflow", {
  description: "Changes what people read about a workflow; its graph changes by import only.",
  role: "admin",
  input: builder.inputType("UpdateWorkflowInput", {
    description: "What to change; fields left out stay.",
    fields: (t) => ({
      id: t.id({ required: true, description: "Which workflow." }),
      name: t.string({ description: "Unique in the studio." }),
      description: t.string({ description: "What it is good for; empty text takes it away." }),
      category: t.field({ type: CategoryType, description: "What it makes." }),
    }),
  }),
  payload: payloadOf("UpdateWorkflowPayload", "workflow", WorkflowType, "The workflow as it is now."),
  resolve: async (input, { deps }) => ({
    workflow: await updateWorkflow(deps, requireId("Workflow", input.id), {
      name: input.name ?? undefined,
      description: input.description ?? undefined,
      category: input.category ?? undefined,
    }),
  }),
});

mutation("updatePromptSlot", {
  description: "Changes a slot's label, type, order, lock, description or default text.",
  role: "admin",
  input: builder.inputType("UpdatePromptSlotInput", {
    description: "What to change; fields left out stay.",
    fields: (t) => ({
      id: t.id({ required: true, description: "Which slot." }),
      label: t.string({ description: "Name for people." }),
      slotType: t.field({ type: SlotTypeEnum, description: "Positive or negative." }),
      sortOrder: t.int({ description: "Position among the slots." }),
      isUserEditable: t.boolean({ description: "False locks the slot: defaults and overrides are refused." }),
      description: t.string({ description: "What it is for." }),
      defaultText: t.string({ description: "Replaces the graph's text, also in later versions." }),
    }),
  }),
  payload: payloadOf("UpdatePromptSlotPayload", "promptSlot", PromptSlotType, "The slot as it is now."),
  resolve: async (input, context) => {
    const id = requireId("PromptSlot", input.id);
    await updatePromptSlot(context.deps, id, {
      label: input.label ?? undefined,
      slotType: input.slotType ?? undefined,
      sortOrder: input.sortOrder ?? undefined,
      isUserEditable: input.isUserEditable ?? undefined,
      description: input.description ?? undefined,
      defaultText: input.defaultText ?? undefined,
    });
    return { promptSlot: expectLoaded(await slotLoader(context).load(id), "The slot") };
  },
});
