import { z } from "zod";
import type { Deps } from "#app/deps.ts";
import { latestDefinitions } from "#domains/machines/node-definitions.service.ts";
import type { ApiGraph } from "#domains/workflows/logic/api-graph.ts";
import { contentHash } from "#domains/workflows/logic/content-hash.ts";
import { contentOfGraph } from "#domains/workflows/logic/definition/apply-definition.ts";
import type { WorkflowParameter } from "#domains/workflows/logic/parameter.ts";
import type { RunRecipe } from "#domains/workflows/logic/recipe.ts";
import { stageTemplateIssues } from "#domains/workflows/logic/stages/check-stage-template.ts";
import { stageClips } from "#domains/workflows/logic/stages/stage-clips.ts";
import type { StageTemplate } from "#domains/workflows/logic/stages/stage-template.ts";
import { storeContent } from "#domains/workflows/workflows.service.ts";
import { NotFoundError, ValidationError } from "#lib/domain-error.ts";
import { type JsonValue, parseJson } from "#lib/json.ts";
import { parseInput } from "#lib/parse-input.ts";
import { storableText } from "#lib/storable-text.ts";

const id = storableText(200).min(1);
const port = storableText(80).min(1);
const binding = z.object({ nodeId: id, inputName: id });
const templateSchema = z.object({
  stages: z
    .array(
      z.object({
        nodes: z.array(id).max(2_000),
        inlets: z.array(binding.extend({ port })).max(100),
        outlets: z.array(z.object({ nodeId: id, output: z.number().int().min(0), port })).max(100),
        prompts: z.array(binding).max(100),
        seeds: z.array(binding).max(100),
      }),
    )
    .max(32),
  seedStep: z.union([z.literal(0), z.literal(1)]),
});

/**
 * Declares how the current version is made of stages, or that it is not: a version of its own, since versions do not change.
 * @throws NotFoundError, ValidationError that names the stage and place, ConflictError when an import came between
 */
export async function setStageTemplate({ db }: Pick<Deps, "db">, workflowId: string, input: StageTemplate | null) {
  const workflow = await db.prisma.workflow.findUnique({
    where: { id: workflowId },
    include: { currentVersion: { include: { graph: true } } },
  });
  const version = workflow?.currentVersion;
  if (!workflow || !version?.graph) throw new NotFoundError("The workflow", ["workflowId"]);
  const graph = parseJson(version.graph.json) as unknown as ApiGraph;
  const template = input && parseInput(templateSchema, input, ["template"]);
  const issues = template ? stageTemplateIssues(graph, template) : [];
  if (issues.length > 0) {
    throw new ValidationError(
      issues.map(({ path, message }) => ({
        path: ["template", ...(path.length > 0 ? ["stages", ...path] : [])],
        message,
      })),
      "STAGE_TEMPLATE",
    );
  }
  const definitions = await latestDefinitions({ db });
  const found = contentOfGraph(graph, definitions);
  const recipe = version.recipe === null ? found.recipe : (parseJson(version.recipe) as unknown as RunRecipe);
  const importedHash = recipe.importedHash ?? version.contentHash;
  return storeContent(
    { db },
    {
      graph,
      slots: found.slots,
      parameters: parseJson(version.parameters) as unknown as WorkflowParameter[],
      recipe: {
        ...recipe,
        stageTemplate: template,
        clips: template ? stageClips(template, found.slots) : found.recipe.clips,
        importedHash: template ? importedHash : null,
      },
      inputKind: workflow.inputKind,
      format: "API",
      hash: template ? contentHash({ importedHash, stageTemplate: template as unknown as JsonValue }) : importedHash,
      warnings: [],
    },
    { name: workflow.name, removeOrphans: false, basedOn: version.id },
  );
}
