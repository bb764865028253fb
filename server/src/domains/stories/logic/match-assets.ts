import { nameSimilarity } from "#domains/stories/logic/names.ts";
import type { ProjectAssetType } from "#platform/db/generated/enums.ts";

interface Named {
  type: ProjectAssetType;
  name: string;
}

/** Below this nobody would take one for the other. */
const leastScore = 0.4;
/** An asset of another type is hardly the same thing, however it is called. */
const otherTypeShare = 0.5;
const maxMatches = 10;

/**
 * Project assets that a library asset may be already, the likeliest first, with a score from 0 to 1. One that was made of it, or
 * linked to it, is it, whatever it is called by now.
 */
export function matchAssets<Asset extends Named & { libraryAssetId: string | null }>(
  wanted: Named & { id: string },
  assets: readonly Asset[],
): { asset: Asset; score: number }[] {
  return assets
    .map((asset) => ({
      asset,
      score:
        asset.libraryAssetId === wanted.id
          ? 1
          : nameSimilarity(wanted.name, asset.name) * (asset.type === wanted.type ? 1 : otherTypeShare),
    }))
    .filter(({ score }) => score >= leastScore)
    .toSorted((a, b) => b.score - a.score || (a.asset.name < b.asset.name ? -1 : 1))
    .slice(0, maxMatches);
}
