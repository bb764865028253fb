import type { Shot } from "#domains/stories/logic/shots.ts";
import type { ProjectAssetType } from "#platform/db/generated/enums.ts";

/** What a language model is told, to say which assets a scene needs. */
export interface RelevanceContext {
  scene: { number: number; title: string; script: string; shots: Shot[] };
  /** How the scene before ends; null for the first, or where nobody wrote it down. */
  priorEndState: string | null;
  /** The locked assets of the branch, by type and name. */
  assets: {
    id: string;
    type: ProjectAssetType;
    name: string;
    description: string;
    /** In the last earlier scene that has it; what does not carry forward from there is left out. */
    lastState: { sceneNumber: number; description: string; statusTags: string[] } | null;
  }[];
}

/** Who knows which assets a scene needs. */
export interface StoryRelevance {
  /** @returns a value of the form of `relevanceAnswer` @throws UnavailableError (LLM_UNAVAILABLE) */
  ask(context: RelevanceContext): Promise<unknown>;
}
