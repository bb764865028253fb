import type { TextSpan } from "#domains/prompts/logic/resolution-types.ts";
import type { DraftedRequest } from "#domains/prompts/resolution.service.ts";
import type { ContentDigests } from "#domains/takes/logic/input-digest.ts";
import type { PromptSnapshot } from "#domains/queue/submit/submit-input.ts";
import type { TakeStatus } from "#platform/db/generated/enums.ts";

/** The text of a slot, and which piece of it came from which layer; without pieces where it was given with the take. */
export interface TakePrompt extends PromptSnapshot {
  spans?: TextSpan[] | undefined;
}

/** Everything that made a take, kept with it. Prompts are those of its first clip; segments have their own. */
export interface TakeSnapshot {
  workflowVersionId: string;
  contentHash: string;
  prompts: TakePrompt[];
  params: unknown;
  inputSha256: string | null;
  /** Names of the machines that rendered it, kept when it is put up for review: machines come and go. */
  machines?: string[];
  /** Of each part of the content; none in takes from before they were kept. */
  digests?: ContentDigests;
  /** Hashes of files that parameters name, by key. */
  paramSha256?: Record<string, string>;
  /** Where the reference image comes from, when a take made it. */
  upstream?: Upstream | null;
}

/** A file of another take: of a segment, from the job that rendered it then, or of the take as a whole. */
export interface Upstream {
  takeId: string;
  segmentId: string | null;
  jobId: string | null;
}

export type TakeDrafts = Pick<DraftedRequest, "draftDefaults" | "draftOverrides" | "draftTexts">;

/** What was asked for, kept for segments that come later. */
export interface TakeRequest {
  params?: Record<string, unknown>;
  allowUnresolved?: boolean;
  /** Null: whatever the character's first reference image is. */
  inputAssetId?: string | null;
  drafts?: TakeDrafts | undefined;
  /** Set where the texts are those of an earlier take. */
  prompts?: { first: TakePrompt[]; continuation: TakePrompt[] | null } | undefined;
  /** The take whose very graphs run again. */
  sameGraphsAs?: string | undefined;
}

/** States that jobs decide; the others are a person's. */
const openStatuses = ["PENDING", "GENERATING", "FAILED", "CANCELED"] as const satisfies TakeStatus[];

/** Whether jobs still decide about a take: no person has approved, rejected or canceled it. */
export function isOpen({ status, canceledAt }: { status: TakeStatus; canceledAt: Date | null }): boolean {
  return canceledAt === null && (openStatuses as readonly string[]).includes(status);
}

/** The same as a filter: a person may decide while a job ends. */
export function openTake(id: string) {
  return { id, canceledAt: null, status: { in: [...openStatuses] } };
}
