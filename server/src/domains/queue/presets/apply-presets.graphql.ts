import type { Viewer } from "#domains/accounts/viewer.ts";
import { type AppliedPresets, applyPresets, type LeftOut } from "#domains/queue/presets/apply-presets.service.ts";
import { builder } from "#graphql/builder.ts";
import { optionalId, requireId } from "#graphql/ids.ts";
import { ValidationError } from "#lib/domain-error.ts";

/** More than a person would lay over each other. */
const maxApplied = 10;

const LeftOutType = builder.objectRef<LeftOut>("PresetLeftOut").implement({
  description: "A value of a preset that the workflow does not take.",
  fields: (t) => ({
    name: t.exposeString("name", { description: "The setting, or `params.` and the key." }),
    reason: t.exposeString("reason", { description: "Why, for people." }),
  }),
});

const AppliedType = builder.objectRef<AppliedPresets>("AppliedPresets").implement({
  description: "What presets give a submission of a workflow.",
  fields: (t) => ({
    params: t.field({ type: "JSON", description: "For `params` of submitJob.", resolve: ({ params }) => params }),
    settings: t.field({
      type: "JSON",
      description: "Other fields of submitJob by name.",
      resolve: ({ settings }) => settings,
    }),
    leftOut: t.field({
      type: [LeftOutType],
      description: "What the workflow does not take.",
      resolve: ({ leftOut }) => leftOut,
    }),
  }),
});

builder.queryField("applyPresets", (t) =>
  t.field({
    type: AppliedType,
    description:
      "Lays presets of the viewer over each other, later ones on top, and says what of them a workflow takes. Changes nothing.",
    authScopes: { creator: true },
    complexity: 50,
    args: {
      workflowId: t.arg.id({ required: true, description: "For which workflow." }),
      workflowVersionId: t.arg.id({ description: "For which version; the current one unless said." }),
      presetIds: t.arg.idList({ required: true, description: `Which presets, in order; at most ${maxApplied}.` }),
    },
    resolve: (_root, { workflowId, workflowVersionId, presetIds }, { deps, viewer }) => {
      if (presetIds.length > maxApplied) throw ValidationError.at(["presetIds"], `at most ${maxApplied} at once`);
      return applyPresets(deps, viewer as Viewer, {
        workflowId: requireId("Workflow", workflowId, ["workflowId"]),
        workflowVersionId: optionalId("WorkflowVersion", workflowVersionId, ["workflowVersionId"]),
        presetIds: presetIds.map((id, index) => requireId("Preset", id, ["presetIds", String(index)])),
      });
    },
  }),
);
