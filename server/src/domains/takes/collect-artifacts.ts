import type { Deps } from "#app/deps.ts";
import { type OutputFile, planArtifacts } from "#domains/takes/logic/artifacts.ts";
import type { ApiGraph } from "#domains/workflows/logic/api-graph.ts";
import { isLink, nodeOf, titleOf } from "#domains/workflows/logic/api-graph.ts";
import { traceLiteral } from "#domains/workflows/logic/trace-literal.ts";
import { type JsonValue, parseJson } from "#lib/json.ts";

/** Writes the artifacts of a take from its job's outputs and puts it up for review. Running it again changes nothing. */
export async function collectArtifacts({ db }: Pick<Deps, "db">, takeId: string, jobId: string): Promise<void> {
  const outputs = await db.prisma.runOutput.findMany({
    where: { run: { jobId, status: "SUCCEEDED" } },
    orderBy: [{ run: { index: "asc" } }, { index: "asc" }],
    include: { asset: { include: { blob: true } }, run: { select: { seed: true } } },
  });
  const take = await db.prisma.take.findUniqueOrThrow({
    where: { id: takeId },
    include: { sceneType: true, job: { include: { workflowVersion: { include: { graph: true } } } } },
  });
  const json = take.job?.workflowVersion.graph?.json;
  const graph = json ? (parseJson(json) as unknown as ApiGraph) : {};
  const files = outputs.map((output): OutputFile => {
    const node = nodeOf(graph, output.nodeId);
    return {
      assetId: output.assetId,
      machineFilename: output.machineFilename,
      ownPrefix: node ? ownPrefix(graph, node.inputs["filename_prefix"]) : null,
      mime: output.asset.blob.mime,
      nodeId: output.nodeId,
      nodeText: node ? `${node.class_type} ${titleOf(node) ?? ""}` : "",
    };
  });
  const planned = planArtifacts(files, take.sceneType.chunkOutputPattern);
  const chunks = planned.filter((artifact) => artifact.kind === "CHUNK").length;
  const { expectedChunks } = take.sceneType;
  const warnings =
    expectedChunks !== null && chunks < expectedChunks
      ? [`${chunks} of ${expectedChunks} expected chunks were found.`]
      : [];
  const seed = outputs[0]?.run.seed;
  await db.prisma.$transaction(async (tx) => {
    // First, for its lock on the row: two who hear of the same end don't get into each other's way.
    const { count } = await tx.take.updateMany({
      where: { id: takeId, status: { in: ["PENDING", "GENERATING", "FAILED", "CANCELED"] } },
      data: { status: "REVIEW", warnings, ...(seed ? { seed } : {}) },
    });
    if (count === 0) return;
    await tx.artifact.deleteMany({ where: { takeId } });
    await tx.artifact.createMany({ data: planned.map((artifact) => ({ ...artifact, takeId })) });
  });
}

function ownPrefix(graph: ApiGraph, value: JsonValue | undefined): string | null {
  const literal = isLink(value) ? traceLiteral(graph, value)?.value : value;
  return typeof literal === "string" ? literal : null;
}
