import type { SubmitTarget } from "#domains/queue/submit/load-target.ts";
import type { PromptSnapshot, ResolvedTexts, SubmitInput } from "#domains/queue/submit/submit-input.ts";
import { type FrameKeys, framesAsInput } from "#domains/stories/logic/frame-parameters.ts";
import { encodeId } from "#graphql/ids.ts";
import type { JsonObject } from "#lib/json.ts";

/** What the jobs of both stages have in common. */
export interface StageSetting {
  target: Pick<SubmitTarget, "workflowId" | "versionId" | "parameters" | "inputKind">;
  projectId: string;
  pool: string;
  priority: number;
}

interface PartInput {
  params: JsonObject;
  seed: bigint;
}

function jobOf({ target, projectId, pool, priority }: StageSetting): SubmitInput {
  const { workflowId, versionId } = target;
  return {
    workflowId,
    workflowVersionId: versionId,
    projectId,
    pool,
    priority,
    seedMode: "INCREMENT",
    // References that nothing fills stay in the text: the preflight has told of them.
    allowUnresolved: true,
  };
}

export const asTexts = (prompts: PromptSnapshot[]): ResolvedTexts => ({ texts: prompts, snapshots: prompts });

/** The job that makes all images of a scene, a try for each variant. @param prompts by variant */
export function imageJob(
  setting: StageSetting,
  sourceAssetId: string,
  { params, seed, prompts }: PartInput & { prompts: readonly PromptSnapshot[][] },
): SubmitInput {
  return {
    ...jobOf(setting),
    inputs: setting.target.inputKind === "NONE" ? [] : [{ assetId: encodeId("Asset", sourceAssetId) }],
    params,
    seed,
    tries: prompts.length,
    resolved: ({ tryIndex }) => asTexts(prompts[tryIndex] ?? []),
  };
}

/** The job that makes the clip from one picture to another. */
export function videoJob(
  setting: StageSetting,
  keys: FrameKeys,
  frames: { firstAssetId: string; lastAssetId: string },
  { params, seed, prompts }: PartInput & { prompts: PromptSnapshot[] },
): SubmitInput {
  const given = framesAsInput(setting.target.parameters, keys, {
    first: encodeId("Asset", frames.firstAssetId),
    last: encodeId("Asset", frames.lastAssetId),
  });
  return {
    ...jobOf(setting),
    inputs: [{ assetId: given.input }],
    params: { ...params, ...given.params },
    seed,
    resolved: asTexts(prompts),
  };
}
