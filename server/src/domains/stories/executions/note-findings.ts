import type { SubmitTarget } from "#domains/queue/submit/load-target.ts";
import type { ExecutionFindings, ExecutionStage } from "#domains/stories/executions/execution-findings.ts";
import { mappableNames, type SceneTexts, type SceneTextSource } from "#domains/stories/logic/scene-texts.ts";
import type { Scene } from "#platform/db/generated/client.ts";

export function noteTexts(
  findings: ExecutionFindings,
  stage: ExecutionStage,
  scene: Scene,
  { missing, unknownKeys }: SceneTexts,
  source: SceneTextSource,
): void {
  for (const each of missing) findings.addMissingName(stage, scene, each, mappableNames(source));
  for (const key of unknownKeys)
    findings.add(
      {
        code: "LIBRARY_KEY_UNKNOWN",
        stage,
        isBlocking: false,
        message: `No library of the project has "${key}"; the reference stays in the text as it is written`,
        remedy: "Add the entry to a library of the project, or take the reference out of the prompt.",
      },
      scene.number,
    );
}

export function noteUnmapped(
  findings: ExecutionFindings,
  targets: Record<ExecutionStage, SubmitTarget>,
  sources: readonly SceneTextSource[],
): void {
  for (const stage of ["IMAGES", "VIDEOS"] as const) {
    const { slots, workflowName } = targets[stage];
    const positive = slots.filter(({ slotType }) => slotType === "POSITIVE");
    for (const [order, { mapping }] of sources.entries()) {
      if (positive.length === 0 || positive.some(({ id }) => mapping.has(id))) continue;
      findings.add(
        {
          code: "PROMPTS_UNMAPPED",
          stage,
          isBlocking: false,
          message: `No prompt is mapped to a slot of ${workflowName}; the workflow's own text is used`,
          remedy: "Map a slot to a prompt or composition of the scenes.",
        },
        order + 1,
      );
    }
  }
}

export function noteUnused(
  findings: ExecutionFindings,
  stage: ExecutionStage,
  { workflowName }: SubmitTarget,
  what: string,
  scene: number,
): void {
  findings.add(
    {
      code: "VALUE_UNUSED",
      stage,
      isBlocking: false,
      message: `${workflowName} has no parameter for ${what} of the scene`,
      remedy: "Give the workflow a parameter of that key, or take the value out of the scene.",
    },
    scene,
  );
}
