import type { Deps } from "#app/deps.ts";
import { currentDefinitions, definitionsFor, latestDefinitions } from "#domains/machines/node-definitions.service.ts";
import { detectFormat } from "#domains/workflows/logic/detect-format.ts";
import type { NodeDefinitions } from "#domains/workflows/logic/node-definitions.ts";
import { parseSourceText, type ParsedWorkflow, readWorkflow } from "#domains/workflows/logic/parse-workflow.ts";
import { classesIn } from "#domains/workflows/logic/ui-graph/classes-in.ts";
import { NotFoundError } from "#lib/domain-error.ts";
import type { JsonObject } from "#lib/json.ts";

export interface GraphSource {
  source: string;
  machineId?: string | undefined;
}

export interface ReadSource extends ParsedWorkflow {
  definitions: NodeDefinitions | undefined;
}

/**
 * The graph in a workflow file, with the node definitions by which it is read: of the machine that is named, else of the
 * one that was read last. @throws WorkflowSourceError, NotFoundError, UnavailableError
 */
export async function readSource(deps: Pick<Deps, "db" | "log">, input: GraphSource): Promise<ReadSource> {
  const root = parseSourceText(input.source);
  const definitions = await definitionsOf(deps, root, input.machineId);
  return { ...readWorkflow(root, definitions), definitions };
}

async function definitionsOf(
  deps: Pick<Deps, "db" | "log">,
  root: JsonObject,
  machineId: string | undefined,
): Promise<NodeDefinitions | undefined> {
  if (machineId !== undefined) {
    const machine = await deps.db.prisma.machine.findUnique({ where: { id: machineId } });
    if (!machine) throw new NotFoundError("The machine", ["machineId"]);
    return currentDefinitions(deps, machine, ["machineId"]);
  }
  const source = detectFormat(root);
  // An API graph is complete in itself: nobody has to wait for a machine.
  return source.format === "UI" ? definitionsFor(deps, classesIn(source.document)) : latestDefinitions(deps);
}
