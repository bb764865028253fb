import { findAsset } from "#domains/assets/assets.service.ts";
import { sourceOfImport } from "#domains/workflows/import-source.ts";
import type { OrphanedParameter } from "#domains/workflows/logic/parameter-edits.ts";
import { BindingType } from "#domains/workflows/parameters.graphql.ts";
import { PromptSlotType } from "#domains/workflows/prompt-slots.graphql.ts";
import type { OrphanedSlot } from "#domains/workflows/reconcile-slots.ts";
import { CategoryType } from "#domains/workflows/workflows.enums.graphql.ts";
import { WorkflowType, WorkflowVersionType } from "#domains/workflows/workflows.graphql.ts";
import { type SlotRow, slotsOfVersionLoader } from "#domains/workflows/workflows.loaders.ts";
import { type ImportReport, importWorkflow } from "#domains/workflows/workflows.service.ts";
import { builder } from "#graphql/builder.ts";
import { optionalId } from "#graphql/ids.ts";
import { mutation } from "#graphql/mutation.ts";
import type { PromptSlot } from "#platform/db/generated/client.ts";

const OrphanedSlotType = builder.objectRef<OrphanedSlot>("OrphanedSlot").implement({
  description: "A slot that the new version does not have, while texts hang on it.",
  fields: (t) => ({
    slot: t.field({ type: PromptSlotType, description: "The slot.", resolve: ({ slot }) => asSlotRow(slot) }),
    defaultCount: t.exposeInt("defaultCount", { description: "Scene type defaults that hang on it." }),
    overrideCount: t.exposeInt("overrideCount", { description: "Overrides that hang on it." }),
  }),
});

const OrphanedParameterType = builder.objectRef<OrphanedParameter>("OrphanedParameter").implement({
  description:
    "An edited parameter that has lost inputs in the new version. The edit is kept, for when they come back.",
  fields: (t) => ({
    key: t.exposeString("key", { description: "Its name in `params`." }),
    label: t.exposeString("label", { description: "Its name for people." }),
    missing: t.field({
      type: [BindingType],
      description: "Inputs that the new version does not have.",
      resolve: (parameter) => parameter.missing,
    }),
  }),
});

const asSlotRow = (slot: PromptSlot): SlotRow => ({ ...slot, defaultText: null, isLinked: false });

const ImportReportType = builder.objectRef<ImportReport & { versionId: string }>("ImportReport").implement({
  description: "What an import found and changed.",
  fields: (t) => ({
    format: t.exposeString("format", {
      description: "How the source was read: API, UI for a file of the editor, or DEFINITION.",
    }),
    slotsAdded: t.field({
      type: [PromptSlotType],
      description: "Slots that are new.",
      resolve: async (report, _args, context) =>
        ofVersion(report.slotsAdded, await slotsOfVersionLoader(context).load(report.versionId)),
    }),
    slotsKept: t.field({
      type: [PromptSlotType],
      description: "Slots that were there before.",
      resolve: async (report, _args, context) =>
        ofVersion(report.slotsKept, await slotsOfVersionLoader(context).load(report.versionId)),
    }),
    slotsUpdated: t.field({
      type: [PromptSlotType],
      description: "Those of the kept ones whose text or link the graph has changed.",
      resolve: async (report, _args, context) =>
        ofVersion(report.slotsUpdated, await slotsOfVersionLoader(context).load(report.versionId)),
    }),
    slotsRemoved: t.field({
      type: [PromptSlotType],
      description: "Slots that were gone and are no more.",
      resolve: (report) => report.slotsRemoved.map(asSlotRow),
    }),
    slotsOrphaned: t.field({
      type: [OrphanedSlotType],
      description: "Slots that are gone while texts hang on them; their texts are removed only with removeOrphans.",
      resolve: (report) => report.slotsOrphaned,
    }),
    parametersOrphaned: t.field({
      type: [OrphanedParameterType],
      description: "Edited parameters whose inputs are gone.",
      resolve: (report) => report.parametersOrphaned,
    }),
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
    description: "What to import: a source, an uploaded file, or a file saved on a machine.",
    fields: (t) => ({
      name: t.string({ required: true, description: "Name of the workflow; an existing one gets a new version." }),
      source: t.string({ description: "JSON or YAML text of any accepted format." }),
      assetId: t.id({
        description:
          "An uploaded file that holds the source, or a picture, clip or sound that ComfyUI wrote its graph into.",
      }),
      machineId: t.id({
        description:
          "The machine whose saved file to import; beside source or assetId, the one whose node definitions to use.",
      }),
      machineFile: t.string({
        description: "Path of the saved file on the machine, as Machine.savedWorkflows lists it; the name unless said.",
      }),
      category: t.field({ type: CategoryType, description: "What it makes; guessed from the graph unless said." }),
      description: t.string({ description: "What it is good for." }),
      removeOrphans: t.boolean({
        defaultValue: false,
        description: "Confirms that slots which are gone go together with the texts that hang on them.",
      }),
    }),
  }),
  payload: builder.objectRef<Imported>("ImportWorkflowPayload").implement({
    description: "Answer of a mutation: the workflow and what was found in it.",
    fields: (t) => ({
      workflow: t.field({ type: WorkflowType, description: "The workflow.", resolve: (result) => result.workflow }),
      version: t.field({
        type: WorkflowVersionType,
        description: "The version that has this content.",
        resolve: (result) => result.version,
      }),
      isNewVersion: t.exposeBoolean("isNewVersion", {
        description: "False when the workflow had this content already.",
      }),
      report: t.field({
        type: ImportReportType,
        description: "What was found and changed.",
        resolve: (result) => ({ ...result.report, versionId: result.version.id }),
      }),
    }),
  }),
  resolve: async (input, { deps, viewer }) => {
    const given = {
      name: input.name,
      source: input.source ?? undefined,
      assetId: input.assetId ?? undefined,
      machineId: input.machineId ?? undefined,
      machineFile: input.machineFile ?? undefined,
    };
    const source = await sourceOfImport(deps, given, (id) => findAsset(deps, viewer, id));
    return importWorkflow(deps, {
      name: input.name,
      source,
      machineId: optionalId("Machine", input.machineId, ["machineId"]),
      category: input.category ?? undefined,
      description: input.description ?? undefined,
      removeOrphans: input.removeOrphans ?? false,
    });
  },
});
