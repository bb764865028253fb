import { Landmark, type LucideIcon, Package, User } from "lucide-react";
import type { ProjectAssetType } from "#gql/graphql.ts";

export const assetTypes: Record<ProjectAssetType, { one: string; many: string; icon: LucideIcon }> = {
  CHARACTER: { one: "Character", many: "Characters", icon: User },
  LOCATION: { one: "Location", many: "Locations", icon: Landmark },
  PROP: { one: "Prop", many: "Props", icon: Package },
};

export const assetTypeNames = Object.keys(assetTypes) as ProjectAssetType[];
