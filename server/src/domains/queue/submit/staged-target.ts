import type { SubmitTarget } from "#domains/queue/submit/load-target.ts";
import { maxNodes } from "#domains/workflows/logic/parse-workflow.ts";
import { withStages } from "#domains/workflows/logic/stages/with-stages.ts";
import { ValidationError } from "#lib/domain-error.ts";

/**
 * The target with as many stages as the job asks for; as it is when it does not ask.
 * @throws ValidationError for a workflow without stage template, or a number out of bounds
 */
export function stagedTarget(target: SubmitTarget, stages: number | undefined, maxStages: number): SubmitTarget {
  if (stages === undefined) return target;
  if (!target.recipe.stageTemplate) {
    throw ValidationError.at(
      ["stages"],
      "this workflow declares no stage template; leave stages out, or describe its stages first",
      "NO_STAGE_TEMPLATE",
    );
  }
  if (stages < 1 || stages > maxStages) {
    throw ValidationError.at(["stages"], `stages must be between 1 and ${maxStages}`, "STAGES_OUT_OF_RANGE");
  }
  const staged = { ...target, ...withStages(target, stages) };
  const nodes = Object.keys(staged.graph).length;
  if (nodes > maxNodes) {
    throw ValidationError.at(
      ["stages"],
      `${stages} stages would make ${nodes} nodes; the limit is ${maxNodes}`,
      "STAGES_OUT_OF_RANGE",
    );
  }
  return staged;
}
