import { z } from "zod";
import type { Deps } from "#app/deps.ts";
import type { Viewer } from "#domains/accounts/viewer.ts";
import { maxSide, type Resolution } from "#domains/presets/logic/resolutions.ts";
import { requireExistingProject } from "#domains/projects/projects.service.ts";
import type { AssetSizes } from "#domains/stories/logic/picture-size.ts";
import { loadAssetWorkflow } from "#domains/stories/pictures/asset-workflow.ts";
import { storyOf } from "#domains/stories/story.service.ts";
import { NotFoundError, ValidationError } from "#lib/domain-error.ts";
import { parseInput } from "#lib/parse-input.ts";
import type { ProjectStory } from "#platform/db/generated/client.ts";
import type { ProjectAssetType } from "#platform/db/generated/enums.ts";

export interface SizeOfType extends Resolution {
  type: ProjectAssetType;
}

const side = z
  .number()
  .int()
  .min(16, "a side is at least 16 pixels")
  .max(maxSide, `a side is at most ${maxSide} pixels`);
const sizeList = z.array(z.object({ type: z.enum(["CHARACTER", "LOCATION", "PROP"]), width: side, height: side }));

/** Sizes by type. @throws ValidationError for a side out of bounds, or two sizes of one type */
export function readSizes(given: readonly SizeOfType[] | undefined): AssetSizes {
  const sizes: AssetSizes = {};
  for (const [index, { type, width, height }] of parseInput(sizeList, given ?? [], ["sizes"]).entries()) {
    if (sizes[type]) throw ValidationError.at(["sizes", String(index), "type"], `${type} has a size already`);
    sizes[type] = { width, height };
  }
  return sizes;
}

/** The sizes that people chose for a project's pictures. */
export function chosenSizes({ assetSizes }: Pick<ProjectStory, "assetSizes">): AssetSizes {
  return assetSizes as AssetSizes;
}

/**
 * Says which workflow makes the pictures of a project's assets (null: none), and of which sizes. What is left out stays.
 * @throws NotFoundError (project, workflow), ValidationError when the workflow can't make them (NO_PROMPT_SLOT and others)
 */
export async function setAssetWorkflow(
  deps: Pick<Deps, "db">,
  viewer: Viewer,
  input: { projectId: string; workflowId?: string | null | undefined; sizes?: readonly SizeOfType[] | undefined },
): Promise<void> {
  const { projectId, workflowId } = input;
  const sizes = input.sizes && readSizes(input.sizes);
  await requireExistingProject(deps, viewer, projectId);
  if (workflowId) {
    const workflow = await loadAssetWorkflow(deps, workflowId);
    if (!workflow) throw new NotFoundError("The workflow", ["workflowId"]);
    const { problem } = workflow;
    if (problem) throw ValidationError.at(["workflowId"], `${problem.message}. ${problem.remedy}`, problem.code);
  }
  await storyOf(deps, projectId);
  await deps.db.prisma.projectStory.update({
    where: { projectId },
    data: {
      ...(workflowId === undefined ? {} : { assetWorkflowId: workflowId }),
      ...(sizes === undefined ? {} : { assetSizes: { ...sizes } }),
    },
  });
}
