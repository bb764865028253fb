import { maxSide, type Resolution } from "#domains/presets/logic/resolutions.ts";
import type { ProjectAssetType } from "#platform/db/generated/enums.ts";

/** How pictures of assets are shaped where nobody chose a size. */
export const aspects: Readonly<Record<ProjectAssetType, Resolution>> = {
  CHARACTER: { width: 3, height: 4 },
  LOCATION: { width: 16, height: 9 },
  PROP: { width: 1, height: 1 },
};

/** Sizes that people chose, by type of asset. */
export type AssetSizes = Partial<Record<ProjectAssetType, Resolution>>;

/**
 * The size of a picture of that shape with about as many pixels as the workflow makes by itself. Sides are multiples of 64
 * where the workflow's own are, which models of that kind like best, else of 8.
 */
export function sizeOfAspect(own: Resolution, aspect: Resolution): Resolution {
  const step = own.width % 64 === 0 && own.height % 64 === 0 ? 64 : 8;
  const scale = Math.sqrt((own.width * own.height) / (aspect.width * aspect.height));
  const side = (length: number): number =>
    Math.min(Math.max(Math.round((length * scale) / step) * step, step), Math.floor(maxSide / step) * step);
  return { width: side(aspect.width), height: side(aspect.height) };
}

/**
 * The size that a picture is asked for with: as it was asked for, else as the project has it, else by the type's shape.
 * @param own the workflow's; null where it has none, and makes pictures of the size that it wants
 */
export function sizeOfPicture(
  type: ProjectAssetType,
  own: Resolution | null,
  asked: AssetSizes,
  chosen: AssetSizes,
): Resolution | null {
  if (own === null) return null;
  return asked[type] ?? chosen[type] ?? sizeOfAspect(own, aspects[type]);
}
