import { z } from "zod";
import { labels } from "#domains/machines/logic/labels.ts";
import type { SlotText } from "#domains/prompts/logic/dispatch-texts.ts";
import type { JsonObject } from "#lib/json.ts";
import { isJsonObject } from "#lib/json.ts";
import { isStorable, storableText, toStorable } from "#lib/storable-text.ts";
import type { SeedMode } from "#platform/db/generated/enums.ts";

/** The text of one slot as a run had it, kept with the run. */
export interface PromptSnapshot {
  nodeId: string;
  inputName: string;
  slotLabel: string;
  text: string;
  source: "WORKFLOW_DEFAULT" | "SCENE_TYPE_DEFAULT" | "OVERRIDE" | "WITH_FRAGMENTS";
}

export interface ResolvedTexts {
  texts: SlotText[];
  snapshots: PromptSnapshot[];
}

export interface SubmitInput {
  workflowId: string;
  workflowVersionId?: string | undefined;
  name?: string | undefined;
  params?: unknown;
  inputs?: { assetId?: string | undefined; path?: string | undefined }[] | undefined;
  directory?: string | undefined;
  tries?: number | undefined;
  seedMode?: SeedMode | undefined;
  seed?: bigint | undefined;
  perFileParams?: unknown;
  /** Whether files on the server are copied now, or read where they lie when a run needs them; the installation's unless said. */
  stageOnSubmit?: boolean | undefined;
  priority?: number | undefined;
  pool?: string | undefined;
  /** Beside those of the workflow. */
  requiredLabels?: string[] | undefined;
  idempotencyKey?: string | undefined;
  flipOrientation?: boolean | undefined;
  resolution?: string | undefined;
  dryRun?: boolean | undefined;
  projectId?: string | undefined;
  promptMode?: "MANUAL" | "PER_IMAGE_MANUAL" | "PER_IMAGE_AUTO" | undefined;
  stages?: number | undefined;
  splitByInput?: boolean | undefined;
  skipBlocked?: boolean | undefined;
  allowUnresolved?: boolean | undefined;
  allowPartial?: boolean | undefined;
  /** Texts of a take, which replace the workflow's defaults: resolved already, or resolved for each run once its seed is known. */
  resolved?: ResolvedTexts | ((run: { seed: bigint; tryIndex: number }) => ResolvedTexts) | undefined;
  /** Time limit of each run; the installation's unless said. */
  timeoutSecs?: number | undefined;
  /** A try of the workflow itself: whether machines can run it is what it is to find out. */
  isTrial?: boolean | undefined;
  /** What a repeat with the same idempotency key must equal, unless it is all of the above. */
  idempotencyPayload?: unknown;
}

const object = z
  .custom<JsonObject>(isJsonObject, "must be an object of values by name")
  .superRefine((value, context) => {
    const path = pathOfUnstorable(value);
    if (path)
      context.addIssue({
        code: "custom",
        message: "the text holds a NUL or half a character, which can't be stored",
        path,
      });
  });

/** Where in a value the first text is that the database refuses. */
function pathOfUnstorable(value: unknown): string[] | null {
  if (typeof value === "string") return isStorable(value) ? null : [];
  if (typeof value !== "object" || value === null) return null;
  for (const [key, each] of Object.entries(value)) {
    if (!isStorable(key)) return [toStorable(key) as string];
    const path = pathOfUnstorable(each);
    if (path) return [key, ...path];
  }
  return null;
}

export const submitSchema = z.object({
  name: storableText(200).trim().optional(),
  params: object.default({}),
  inputs: z
    .array(z.object({ assetId: z.string().optional(), path: z.string().optional() }))
    .max(10_000)
    .default([]),
  directory: z.string().min(1).max(4_096).optional(),
  tries: z
    .number()
    .int()
    .min(1, "tries must be between 1 and 100")
    .max(100, "tries must be between 1 and 100")
    .default(1),
  seedMode: z.enum(["RANDOM", "FIXED", "INCREMENT"]).default("RANDOM"),
  seed: z
    .bigint()
    .min(0n, "a seed is between 0 and 2^64 − 1")
    .max(2n ** 64n - 1n, "a seed is between 0 and 2^64 − 1")
    .optional(),
  perFileParams: object.default({}),
  stageOnSubmit: z.boolean().optional(),
  priority: z.number().int().min(-1_000).max(1_000).default(0),
  pool: storableText(60).trim().min(1).optional(),
  requiredLabels: labels.default([]),
  idempotencyKey: storableText(200).min(1).optional(),
  flipOrientation: z.boolean().default(false),
  resolution: storableText(60).optional(),
  promptMode: z.enum(["MANUAL", "PER_IMAGE_MANUAL", "PER_IMAGE_AUTO"]).default("MANUAL"),
  stages: z.number().int().optional(),
  splitByInput: z.boolean().default(false),
  skipBlocked: z.boolean().default(false),
  allowUnresolved: z.boolean().default(false),
  allowPartial: z.boolean().default(false),
});
export type CheckedSubmit = z.output<typeof submitSchema>;
