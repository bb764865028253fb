import type { Deps } from "#app/deps.ts";
import { decodeId } from "#graphql/ids.ts";

type Params = Record<string, unknown>;

/** Hashes of the files that parameters name, by asset id. One statement, and none where no parameter names one. */
export async function hashesOfFiles(
  { db }: Pick<Deps, "db">,
  params: readonly Params[],
): Promise<ReadonlyMap<string, string>> {
  const ids = [...new Set(params.flatMap((each) => Object.values(each).flatMap((value) => assetIdOf(value) ?? [])))];
  if (ids.length === 0) return new Map();
  const assets = await db.prisma.asset.findMany({ where: { id: { in: ids } }, select: { id: true, sha256: true } });
  return new Map(assets.map(({ id, sha256 }) => [id, sha256]));
}

/** Hashes by parameter key. */
export function paramHashes(params: Params, hashes: ReadonlyMap<string, string>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(params).flatMap(([key, value]) => {
      const sha256 = hashes.get(assetIdOf(value) ?? "");
      return sha256 ? [[key, sha256] as const] : [];
    }),
  );
}

/** Parameters as content: two assets with the same bytes are the same. */
export function paramContent(params: Params, sha256: Readonly<Record<string, string>>): Params {
  return { ...params, ...Object.fromEntries(Object.entries(sha256).map(([key, hash]) => [key, { sha256: hash }])) };
}

function assetIdOf(value: unknown): string | null {
  return typeof value === "string" ? decodeId("Asset", value) : null;
}
