import type { Deps } from "#app/deps.ts";
import { contentHash } from "#domains/workflows/logic/content-hash.ts";
import {
  applyDefinition,
  contentOfGraph,
  definedContent,
  type WorkflowContent,
} from "#domains/workflows/logic/definition/apply-definition.ts";
import type { RawDefinition } from "#domains/workflows/logic/definition/definition-schema.ts";
import { readDefinition, withTextIds } from "#domains/workflows/logic/definition/read-definition.ts";
import { WorkflowSourceError } from "#domains/workflows/logic/workflow-source-error.ts";
import { type GraphSource, type ReadSource, readSource } from "#domains/workflows/read-source.ts";
import { ValidationError } from "#lib/domain-error.ts";
import { stringifyJson } from "#lib/json.ts";
import type { WorkflowCategory } from "#platform/db/generated/enums.ts";

/** A source as it will be stored. */
export interface ReadContent extends WorkflowContent {
  format: string;
  hash: string;
  warnings: string[];
  /** What a definition says of itself; the caller's own words win. */
  description?: string | undefined;
  category?: WorkflowCategory | undefined;
}

/**
 * Reads a graph or a workflow definition.
 * @throws ValidationError that names the place in the source, NotFoundError, UnavailableError
 */
export async function readContent(
  deps: Pick<Deps, "db" | "log">,
  { source, machineId }: GraphSource,
): Promise<ReadContent> {
  try {
    const read = readDefinition(source);
    if (read.kind === "graph") {
      const { graph, format, definitions, warnings } = await readSource(deps, { source: read.text, machineId });
      return { ...contentOfGraph(graph, definitions), format, hash: contentHash(graph), warnings };
    }
    const { definition, placeOf } = read;
    const template = await readTemplate(deps, definition, machineId);
    const content = applyDefinition(template.graph, definition, template.definitions, placeOf);
    const warnings = [...read.warnings, ...template.warnings];
    return {
      ...content,
      format: "DEFINITION",
      hash: contentHash(definedContent(content.graph, definition)),
      warnings: [...warnings, ...content.warnings],
      description: definition.description,
      category: definition.category,
    };
  } catch (error) {
    // Readers that call themselves come to the end of the stack before any limit that is counted.
    if (error instanceof RangeError)
      throw ValidationError.at(["source"], "it is nested too deeply, or too long, to be read", "WORKFLOW_SOURCE");
    if (!(error instanceof WorkflowSourceError)) throw error;
    throw new ValidationError(
      error.issues.map((issue) => ({ path: ["source", ...issue.path], message: issue.message })),
      "WORKFLOW_SOURCE",
    );
  }
}

/** The graph that comes with the definition, or the current one of the workflow that it names. */
async function readTemplate(
  deps: Pick<Deps, "db" | "log">,
  definition: RawDefinition,
  machineId: string | undefined,
): Promise<Pick<ReadSource, "graph" | "definitions" | "warnings">> {
  const { template, template_inline: inline } = definition;
  if ((template === undefined) === (inline === undefined)) {
    const path = [inline === undefined ? "template" : "template_inline"];
    throw sourceError(
      path,
      "A definition has either a template_inline (a graph) or a template (the name of a workflow).",
    );
  }
  if (inline !== undefined) {
    try {
      const text = typeof inline === "string" ? inline : stringifyJson(withTextIds(inline));
      return await readSource(deps, { source: text, machineId });
    } catch (error) {
      if (!(error instanceof WorkflowSourceError)) throw error;
      throw new WorkflowSourceError(
        error.issues.map(({ path, message }) => ({
          path: ["template_inline", ...path],
          message: `template_inline: ${message}`,
        })),
      );
    }
  }
  for (const name of namesOf(template as string)) {
    const workflow = await deps.db.prisma.workflow.findUnique({
      where: { name },
      select: { currentVersion: { select: { graph: { select: { json: true } } } } },
    });
    const json = workflow?.currentVersion?.graph?.json;
    if (json !== undefined) return readSource(deps, { source: json, machineId });
  }
  throw sourceError(
    ["template"],
    `template: there is no workflow "${template}". Import its graph under this name first, or put it under template_inline.`,
  );
}

/** A template is meant by the workflow's name; definitions from elsewhere name a file. */
function namesOf(template: string): string[] {
  const file = (template.split(/[/\\]/).at(-1) ?? template).replace(/(\.api)?\.(json|ya?ml)$/i, "");
  return [...new Set([template, file])].filter((name) => name !== "");
}

const sourceError = (path: string[], message: string) => new WorkflowSourceError([{ path, message }]);
