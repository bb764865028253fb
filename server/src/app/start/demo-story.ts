import type { ProjectAssetType, SceneStatus } from "#platform/db/generated/enums.ts";
import type { JsonObject } from "#lib/json.ts";

/** In the order in which a scene goes through them. */
export const storyStatuses: readonly SceneStatus[] = ["SCRIPT", "ASSETS", "READY", "RENDERED"];

interface DemoAsset {
  type: ProjectAssetType;
  name: string;
  description: string;
  /** A drawing, without its extension. */
  picture: string;
}

/** What a scene does to an asset. */
interface DemoState {
  descriptionOverride?: string;
  statusTags?: string[];
  carryForward?: boolean;
  /** Null takes it away, left out keeps it. */
  picture?: string | null;
  reason?: string;
  isLocked?: boolean;
}

export interface DemoScene {
  title: string;
  script: string;
  shots: JsonObject[];
  /** How it ends. */
  end: string;
  endFrame?: string;
  status: SceneStatus;
  /** Assets of the scene before that are not in this one. */
  leave?: string[];
  /** Assets that come in, as they were seen last. */
  add?: string[];
  states: Record<string, DemoState>;
  /** A file of version 2. */
  prompts?: JsonObject;
}

/** What a file in examples/stories holds. */
export interface DemoStory {
  style: { name: string; prompt: string; negative: string; pictures: string[] };
  /** The name of the workflow that makes the pictures of assets. */
  assetWorkflow: string;
  library: DemoAsset[];
  assets: DemoAsset[];
  /** The branch's, as a file of version 2. */
  prompts: JsonObject;
  resolution: { width: number; height: number };
  scenes: DemoScene[];
}
