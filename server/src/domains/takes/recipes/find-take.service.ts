import type { Deps } from "#app/deps.ts";
import { ofProject, type Viewer } from "#domains/accounts/viewer.ts";
import { requireAsset } from "#domains/assets/assets.service.ts";
import { type FileOrigin, readOrigin } from "#domains/takes/logic/origin.ts";
import { MediaError } from "#platform/media/media-error.ts";
import type { Prisma, Take } from "#platform/db/generated/client.ts";

type FindDeps = Pick<Deps, "db" | "storage" | "media">;

/** The largest JSON file that is taken for a sidecar, in bytes. */
const maxSidecarBytes = 10_000_000;

/**
 * The take that made a file: told by the file's bytes, else by what it says of itself, also after somebody has cropped or
 * re-encoded it with its texts; or by a recipe beside it. Null when nothing tells. @throws NotFoundError (asset)
 */
export async function findTakeOfFile(deps: FindDeps, viewer: Viewer, assetId: string): Promise<Take | null> {
  const { sha256, blob } = await requireAsset(deps, viewer, assetId, ["assetId"]);
  const file = { sha256 };
  const find = (where: Prisma.TakeWhereInput[]) =>
    deps.db.prisma.take.findFirst({
      where: { AND: [{ character: ofProject(viewer) }, { OR: where }] },
      orderBy: { id: "desc" },
    });
  const made: Prisma.JobWhereInput = { runs: { some: { outputs: { some: { asset: file } } } } };
  const known = await find([
    { artifacts: { some: { asset: file } } },
    { segments: { some: { OR: [{ outputAsset: file }, { boundaryAsset: file }] } } },
    { job: made },
  ]);
  if (known) return known;
  const isSidecar = blob.mime === "application/json" && blob.bytes <= maxSidecarBytes;
  const origin = isSidecar ? await originOfSidecar(deps, sha256) : await originOfFile(deps, sha256);
  if (!origin) return null;
  const { takeId, jobIds } = origin;
  const byTake = takeId === null ? null : await find([{ id: takeId }]);
  return byTake ?? find([{ jobId: { in: jobIds } }, { segments: { some: { jobId: { in: jobIds } } } }]);
}

async function originOfFile({ storage, media }: FindDeps, sha256: string): Promise<FileOrigin | null> {
  try {
    await using file = await storage.localCopy(sha256);
    return readOrigin((await media.probe(file.path)).texts);
  } catch (error) {
    if (error instanceof MediaError && !error.isTransient) return null;
    throw error;
  }
}

async function originOfSidecar({ storage }: FindDeps, sha256: string): Promise<FileOrigin | null> {
  const text = Buffer.from(await storage.bytes(sha256)).toString("utf8");
  try {
    const { callsheet } = JSON.parse(text) as { callsheet?: unknown };
    return readOrigin([{ name: "callsheet", text: JSON.stringify(callsheet ?? null) }]);
  } catch {
    return null;
  }
}
