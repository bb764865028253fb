import { Landmark, type LucideIcon, Package, User } from "lucide-react";
import type { ProjectAssetType } from "#gql/graphql.ts";

interface AssetKind {
  one: string;
  many: string;
  icon: LucideIcon;
  /** The shape that its pictures are made in. */
  aspect: string;
  /** Its width on a sheet of pictures that are all of one height; on phones two characters share a line. */
  tile: string;
}

export const assetKinds: Record<ProjectAssetType, AssetKind> = {
  CHARACTER: {
    one: "Character",
    many: "Characters",
    icon: User,
    aspect: "aspect-[3/4]",
    tile: "w-[153px] max-sm:w-[calc(50%-6px)]",
  },
  LOCATION: {
    one: "Location",
    many: "Locations",
    icon: Landmark,
    aspect: "aspect-video",
    tile: "w-[363px] max-sm:w-full",
  },
  PROP: {
    one: "Prop",
    many: "Props",
    icon: Package,
    aspect: "aspect-square",
    tile: "w-[204px] max-sm:w-[calc(50%-6px)]",
  },
};

export const assetTypes = Object.keys(assetKinds) as ProjectAssetType[];

export const assetTypeOptions = assetTypes.map((type) => ({ value: type, label: assetKinds[type].one }));

/** Things in the groups of their types; empty groups are left out. */
export function byType<Item>(
  items: readonly Item[],
  typeOf: (item: Item) => ProjectAssetType,
): { type: ProjectAssetType; items: Item[] }[] {
  return assetTypes
    .map((type) => ({ type, items: items.filter((item) => typeOf(item) === type) }))
    .filter((group) => group.items.length > 0);
}
