import type { Deps } from "#app/deps.ts";
import type { TakePrompt, TakeSnapshot } from "#domains/takes/take-record.ts";
import { type JsonValue, parseJson } from "#lib/json.ts";

/** How takes were made, by id: `prompt` as ComfyUI reads it, and all of it as Callsheet has it. Two statements. */
export async function loadRecipes(
  { db }: Pick<Deps, "db">,
  takeIds: readonly string[],
): Promise<Map<string, { prompt: JsonValue; callsheet: JsonValue }>> {
  const takes = await db.prisma.take.findMany({
    where: { id: { in: [...takeIds] } },
    include: {
      sceneType: { select: { name: true } },
      character: { select: { name: true, project: { select: { name: true } } } },
      segments: { orderBy: { index: "asc" }, include: segmentFiles },
    },
  });
  const firstJobs = new Map(takes.map((take) => [take.id, take.segments[0]?.jobId ?? take.jobId ?? ""]));
  const { rows } = await db.pool.query<{ jobId: string; json: string }>(
    `SELECT DISTINCT ON (r.job_id) r.job_id AS "jobId", g.json FROM run r JOIN run_graph g ON g.run_id = r.id
     WHERE r.job_id = ANY ($1::uuid[]) ORDER BY r.job_id, r.index`,
    [[...firstJobs.values()].filter((id) => id !== "")],
  );
  const graphs = new Map(rows.map(({ jobId, json }) => [jobId, json]));
  return new Map(
    takes.map((take) => {
      const snapshot = take.snapshot as unknown as TakeSnapshot;
      const { workflowVersionId, contentHash, prompts, params, inputSha256, paramSha256, upstream, machines } =
        snapshot;
      const jobIds = take.segments.flatMap(({ jobId }) => jobId ?? []);
      const callsheet = {
        takeId: take.id,
        jobIds: jobIds.length > 0 || !take.jobId ? jobIds : [take.jobId],
        project: take.character.project.name,
        sceneType: take.sceneType.name,
        character: take.character.name,
        workflowVersionId,
        contentHash,
        seed: take.seed?.toFixed() ?? null,
        params: params as JsonValue,
        paramSha256: paramSha256 ?? {},
        inputSha256,
        inputFrom: upstream ? { takeId: upstream.takeId, jobId: upstream.jobId } : null,
        inputDigest: take.inputDigest,
        machines: machines ?? [],
        prompts: prompts.map(plain),
        segments: take.segments.map(({ prompts: texts, ...segment }) => ({
          clipPosition: segment.clipPosition,
          seed: segment.seed.toFixed(),
          seedFrameSha256: segment.seedAsset?.sha256 ?? null,
          boundarySecs: segment.boundarySecs,
          boundaryFrameSha256: segment.boundaryAsset?.sha256 ?? null,
          clipSha256: segment.outputAsset?.sha256 ?? null,
          prompts: (texts as unknown as TakePrompt[]).map(plain),
        })),
        createdAt: take.createdAt.toISOString(),
      };
      const graph = graphs.get(firstJobs.get(take.id) ?? "");
      return [take.id, { prompt: graph ? parseJson(graph) : null, callsheet }];
    }),
  );
}

const segmentFiles = {
  seedAsset: { select: { sha256: true } },
  boundaryAsset: { select: { sha256: true } },
  outputAsset: { select: { sha256: true } },
} as const;

function plain({ nodeId, inputName, slotLabel, text }: TakePrompt): JsonValue {
  return { nodeId, inputName, slotLabel, text };
}
