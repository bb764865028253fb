import type { Deps } from "#app/deps.ts";
import { type OutputFile, planArtifacts, type PlannedArtifact } from "#domains/takes/logic/artifacts.ts";
import { type ApiGraph, isLink, nodeOf, titleOf } from "#domains/workflows/logic/api-graph.ts";
import { traceLiteral } from "#domains/workflows/logic/trace-literal.ts";
import { type JsonValue, parseJson } from "#lib/json.ts";

/** A file of a job that succeeded, and what it is. */
export type TakeOutput = PlannedArtifact & { sha256: string; filename: string; mime: string };

/** What a job's files are, in the order in which they were made, and the seed of its run. */
export async function readOutputs(
  { db }: Pick<Deps, "db">,
  jobId: string,
  chunkPattern: string | null,
): Promise<{ outputs: TakeOutput[]; seed: string | null }> {
  const found = await db.prisma.runOutput.findMany({
    where: { run: { jobId, status: "SUCCEEDED" } },
    orderBy: [{ run: { index: "asc" } }, { index: "asc" }],
    include: { asset: { include: { blob: true } }, run: { select: { seed: true } } },
  });
  const job = await db.prisma.job.findUnique({
    where: { id: jobId },
    include: { workflowVersion: { include: { graph: true, workflow: { include: { outputKinds: true } } } } },
  });
  const json = job?.workflowVersion.graph?.json;
  const graph = json ? (parseJson(json) as unknown as ApiGraph) : {};
  const kinds = new Map(job?.workflowVersion.workflow.outputKinds.map(({ nodeId, kind }) => [nodeId, kind]));
  const files = found.map((output): OutputFile => {
    const node = nodeOf(graph, output.nodeId);
    return {
      assetId: output.assetId,
      machineFilename: output.machineFilename,
      ownPrefix: node ? ownPrefix(graph, node.inputs["filename_prefix"]) : null,
      mime: output.asset.blob.mime,
      nodeKind: kinds.get(output.nodeId) ?? null,
      nodeText: node ? `${node.class_type} ${titleOf(node) ?? ""}` : "",
    };
  });
  const planned = planArtifacts(files, chunkPattern);
  return {
    outputs: planned.map((artifact, index) => {
      const { asset } = found[index] as (typeof found)[number];
      return { ...artifact, sha256: asset.sha256, filename: asset.filename, mime: asset.blob.mime };
    }),
    seed: found[0]?.run.seed?.toFixed() ?? null,
  };
}

function ownPrefix(graph: ApiGraph, value: JsonValue | undefined): string | null {
  const literal = isLink(value) ? traceLiteral(graph, value)?.value : value;
  return typeof literal === "string" ? literal : null;
}
