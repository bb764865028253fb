import { ofProjectOrStudio } from "#domains/accounts/viewer.ts";
import { SceneTypeType } from "#domains/prompts/scene-types.graphql.ts";
import { type LostSlot, type UpgradeReport, upgradeSceneType } from "#domains/prompts/upgrade-scene-type.service.ts";
import { PromptSlotType } from "#domains/workflows/prompt-slots.graphql.ts";
import { WorkflowType, WorkflowVersionType } from "#domains/workflows/workflows.graphql.ts";
import { builder } from "#graphql/builder.ts";
import { optionalId, requireId } from "#graphql/ids.ts";
import { defineLoader } from "#graphql/loader.ts";
import { mutation } from "#graphql/mutation.ts";
import type { SceneType } from "#platform/db/generated/client.ts";

/** Scene types that the viewer may see and that use an older version than the current one, by workflow. */
const outdatedLoader = defineLoader<number>(async ({ deps, viewer }, workflowIds) => {
  if (!viewer) return new Map();
  const rows = await deps.db.prisma.sceneType.findMany({
    where: {
      AND: [
        ofProjectOrStudio(viewer),
        { workflowVersion: { workflowId: { in: [...workflowIds] }, currentOf: { is: null } } },
      ],
    },
    select: { workflowVersion: { select: { workflowId: true } } },
  });
  const counts = new Map<string, number>();
  for (const { workflowVersion } of rows) {
    counts.set(workflowVersion.workflowId, (counts.get(workflowVersion.workflowId) ?? 0) + 1);
  }
  return counts;
});

builder.objectField(WorkflowType, "outdatedSceneTypeCount", (t) =>
  t.int({
    description: "Scene types that use an older version than the current one; upgradeSceneType moves them.",
    resolve: async (workflow, _args, context) => (await outdatedLoader(context).load(workflow.id)) ?? 0,
  }),
);

const LostSlotType = builder.objectRef<LostSlot>("LostSlot").implement({
  description: "A slot that the new version does not have, while texts of the scene type hang on it.",
  fields: (t) => ({
    slot: t.field({
      type: PromptSlotType,
      description: "The slot.",
      resolve: ({ slot }) => ({ ...slot, defaultText: null, isLinked: false }),
    }),
    defaultCount: t.exposeInt("defaultCount", { description: "Texts of the scene type itself." }),
    overrideCount: t.exposeInt("overrideCount", { description: "Overrides." }),
  }),
});

const UpgradeReportType = builder.objectRef<UpgradeReport>("SceneTypeUpgradeReport").implement({
  description: "What happens to the texts of a scene type that is moved to another version.",
  fields: (t) => ({
    from: t.field({ type: WorkflowVersionType, description: "The version before.", resolve: ({ from }) => from }),
    to: t.field({ type: WorkflowVersionType, description: "The version after.", resolve: ({ to }) => to }),
    defaultsKept: t.exposeInt("defaultsKept", { description: "Texts of the scene type that keep their slot." }),
    overridesKept: t.exposeInt("overridesKept", { description: "Overrides that keep their slot." }),
    lost: t.field({
      type: [LostSlotType],
      description: "Slots that go, with what hangs on them.",
      resolve: ({ lost }) => lost,
    }),
  }),
});

mutation("upgradeSceneType", {
  description: "Moves a scene type to another version of its workflow, or says what that would do.",
  input: builder.inputType("UpgradeSceneTypeInput", {
    description: "Which scene type, and where to.",
    fields: (t) => ({
      id: t.id({ required: true, description: "The scene type." }),
      workflowVersionId: t.id({ description: "A version of its workflow; the current one unless said." }),
      dryRun: t.boolean({ defaultValue: false, description: "Says what would happen and changes nothing." }),
      removeOrphans: t.boolean({
        defaultValue: false,
        description: "Confirms that texts whose slot the version does not have are removed.",
      }),
    }),
  }),
  payload: builder.objectRef<{ sceneType: SceneType; report: UpgradeReport }>("UpgradeSceneTypePayload").implement({
    description: "Answer of a mutation: the scene type and what became of its texts.",
    fields: (t) => ({
      sceneType: t.field({
        type: SceneTypeType,
        description: "The scene type as it is now.",
        resolve: ({ sceneType }) => sceneType,
      }),
      report: t.field({
        type: UpgradeReportType,
        description: "What became, or would become, of its texts.",
        resolve: ({ report }) => report,
      }),
    }),
  }),
  resolve: (input, { deps, viewer }) =>
    upgradeSceneType(deps, viewer, {
      id: requireId("SceneType", input.id),
      workflowVersionId: optionalId("WorkflowVersion", input.workflowVersionId, ["workflowVersionId"]),
      dryRun: input.dryRun ?? false,
      removeOrphans: input.removeOrphans ?? false,
    }),
});
