import type pg from "pg";
import { v7 as uuidv7 } from "uuid";
import { z } from "zod";
import type { Deps } from "#app/deps.ts";
import { ownedBy, type Viewer } from "#domains/accounts/viewer.ts";
import { keysOfInputs } from "#domains/autoprompt/logic/input-keys.ts";
import { type ClipTiming, fillSystemPrompt } from "#domains/autoprompt/logic/system-prompts.ts";
import { maxSystemPrompt, systemPrompts } from "#domains/autoprompt/system-prompts.service.ts";
import { matchPerFile } from "#domains/queue/logic/build/per-file.ts";
import { failureOf } from "#domains/queue/submit/finding.ts";
import { type GatheredInput, gatherInputs, isReadable } from "#domains/queue/submit/gather-inputs.ts";
import { loadVersions, type SubmitTarget } from "#domains/queue/submit/load-target.ts";
import { stageInputs } from "#domains/queue/submit/stage-inputs.ts";
import { requireExistingProject } from "#domains/projects/projects.service.ts";
import { requireId } from "#graphql/ids.ts";
import { emptyRecipe } from "#domains/workflows/logic/recipe.ts";
import { NotFoundError, ValidationError } from "#lib/domain-error.ts";
import { isJsonObject, type JsonObject } from "#lib/json.ts";
import { parseInput } from "#lib/parse-input.ts";
import { storableText } from "#lib/storable-text.ts";
import type { AutoPrompt } from "#platform/db/generated/client.ts";
import type { AutoPromptStage } from "#platform/db/generated/enums.ts";
import { LlmUnavailableError } from "#platform/llm/errors.ts";

export interface StartAutoPrompt {
  stage: AutoPromptStage;
  /** Global ids. */
  assetIds?: string[] | undefined;
  paths?: string[] | undefined;
  directory?: string | undefined;
  workflowVersionId?: string | undefined;
  projectId?: string | undefined;
  /** Descriptions by the inputs' keys, as perFileParams has them. */
  captions?: unknown;
  systemPromptOverride?: string | undefined;
}

/** Pictures that one submission of prompts takes. */
const maxInputs = 1_000;
/** Characters of a description. */
const maxCaption = 10_000;

const given = z.object({
  assetIds: z.array(z.string()).max(maxInputs).default([]),
  paths: z.array(z.string()).max(maxInputs).default([]),
  directory: z.string().min(1).max(4_096).optional(),
  captions: z.custom<JsonObject>(isJsonObject, "must be an object of texts by input").default({}),
  systemPromptOverride: storableText(maxSystemPrompt).trim().min(1).optional(),
});

type StartDeps = Pick<Deps, "config" | "db" | "storage" | "bus" | "llm" | "autoPromptQueue">;

/**
 * Has prompts written for pictures. Everything is checked first, also whether a language model can be reached; then it is
 * stored and handed to a worker.
 * @throws ValidationError, NotFoundError, LlmUnavailableError
 */
export async function startAutoPrompt(deps: StartDeps, viewer: Viewer, input: StartAutoPrompt): Promise<AutoPrompt> {
  const checked = parseInput(given, input);
  if (input.projectId) await requireExistingProject(deps, viewer, input.projectId);
  const target = await findTarget(deps, input);
  const inputs = await gatherPictures(deps, viewer, checked);
  const captions = readCaptions(input.stage, inputs, checked.captions);
  const prompts = await promptsFor(deps, input.stage, checked.systemPromptOverride, target);
  const status = await deps.llm.status();
  if (!status.isReachable) throw new LlmUnavailableError("No language model can be asked", status.hint);

  const autoPrompt = {
    id: uuidv7(),
    stage: input.stage,
    workflowVersionId: target?.versionId ?? null,
    projectId: input.projectId ?? null,
    createdById: viewer.userId,
    ...prompts,
  };
  const keys = keysOfInputs(inputs);
  const items = inputs.map(({ dbId }, index) => ({
    index,
    asset_id: dbId,
    key: keys[index],
    caption: captions.get(index) ?? null,
  }));
  // Files on the server are kept as they are now: captions are written of what was chosen.
  const storeStaged = await stageInputs(deps, viewer, inputs, input.projectId ?? null, true);
  await inTransaction(deps.db.pool, async (client) => {
    await storeStaged?.(client);
    await client.query(storeAutoPrompt, [
      autoPrompt.id,
      autoPrompt.stage,
      autoPrompt.workflowVersionId,
      autoPrompt.projectId,
      autoPrompt.createdById,
      autoPrompt.captionPrompt,
      autoPrompt.motionPrompt,
      autoPrompt.clips,
      JSON.stringify(items),
    ]);
  });
  await deps.autoPromptQueue.add({ autoPromptId: autoPrompt.id, attempt: 1 });
  return deps.db.prisma.autoPrompt.findUniqueOrThrow({ where: { id: autoPrompt.id } });
}

/** The version that is written for; null when pictures are only described. */
async function findTarget(
  deps: StartDeps,
  { stage, workflowVersionId }: StartAutoPrompt,
): Promise<SubmitTarget | null> {
  if (!workflowVersionId) {
    if (stage === "CAPTION") return null;
    const message = "say which workflow version the prompts are for, or ask for CAPTION alone";
    throw ValidationError.at(["workflowVersionId"], message, "WORKFLOW_VERSION_REQUIRED");
  }
  const target = (await loadVersions(deps, [workflowVersionId])).get(workflowVersionId);
  if (!target) throw new NotFoundError("The workflow version", ["workflowVersionId"]);
  return target;
}

/** @throws DomainError for the first input that can't be taken, ValidationError when there is none */
async function gatherPictures(
  deps: StartDeps,
  viewer: Viewer,
  { assetIds, paths, directory }: z.output<typeof given>,
): Promise<GatheredInput[]> {
  await requireAssets(deps, viewer, assetIds);
  const inputs = [...assetIds.map((assetId) => ({ assetId })), ...paths.map((path) => ({ path }))];
  const kind = { inputKind: "IMAGE" as const, recipe: emptyRecipe };
  const gathered = await gatherInputs(deps, viewer, { inputs, directory }, kind);
  const readable = gathered.filter(isReadable);
  const blocked = gathered.flatMap((each) => (isReadable(each) ? [] : [each.problem]));
  if (blocked.length > 0) throw failureOf(blocked);
  if (readable.length === 0) throw ValidationError.at(["assetIds"], "give at least one picture, or a directory");
  if (readable.length > maxInputs) {
    throw ValidationError.at(["directory"], `at most ${maxInputs} pictures at once; ${readable.length} are there`);
  }
  return readable;
}

/** @throws NotFoundError for the first that there is none of, or that the viewer may not see */
async function requireAssets({ db }: StartDeps, viewer: Viewer, assetIds: readonly string[]): Promise<void> {
  const ids = assetIds.map((id, index) => requireId("Asset", id, ["assetIds", String(index)]));
  const found = await db.prisma.asset.findMany({
    where: { AND: [{ id: { in: ids } }, ownedBy(viewer)] },
    select: { id: true },
  });
  const known = new Set(found.map(({ id }) => id));
  const missing = ids.findIndex((id) => !known.has(id));
  if (missing >= 0) throw new NotFoundError("The picture", ["assetIds", String(missing)]);
}

/** Given descriptions by position. @throws ValidationError; MOTION needs one for each picture */
function readCaptions(
  stage: AutoPromptStage,
  inputs: readonly GatheredInput[],
  captions: JsonObject,
): Map<number, string> {
  const asParams = Object.fromEntries(Object.entries(captions).map(([key, caption]) => [key, { caption }]));
  const { byInput, issues } = matchPerFile(inputs, asParams);
  if (issues.length > 0) {
    throw new ValidationError(issues.map(({ path, message }) => ({ path: ["captions", ...path], message })));
  }
  const texts = new Map<number, string>();
  for (const [index, { caption }] of byInput) {
    if (typeof caption !== "string" || caption.trim() === "" || caption.length > maxCaption) {
      const name = inputs[index]?.filename ?? "";
      throw ValidationError.at(
        ["captions", name],
        `the description of ${name} must be a text of 1 to ${maxCaption} characters`,
      );
    }
    texts.set(index, caption.trim());
  }
  const without = inputs.filter((_input, index) => !texts.has(index));
  if (stage === "MOTION" && without.length > 0) {
    const names = without.slice(0, 5).map(({ filename }) => filename);
    throw ValidationError.at(
      ["captions"],
      `MOTION needs a description of each picture; ${without.length} have none (${names.join(", ")}). Ask for BOTH to have them written`,
      "CAPTIONS_MISSING",
    );
  }
  return texts;
}

/** The system prompts as they hold now, with the workflow's timing in them. */
async function promptsFor(
  deps: StartDeps,
  stage: AutoPromptStage,
  override: string | undefined,
  target: SubmitTarget | null,
): Promise<Pick<AutoPrompt, "captionPrompt" | "motionPrompt" | "clips">> {
  const [caption, motion] = await systemPrompts(deps);
  const clips = target?.recipe.clips?.length ?? 0;
  const timing = timingOf(target);
  return {
    captionPrompt: fillSystemPrompt((stage === "CAPTION" ? override : undefined) ?? caption?.text ?? "", timing),
    motionPrompt: fillSystemPrompt((stage === "CAPTION" ? undefined : override) ?? motion?.text ?? "", timing),
    clips,
  };
}

/** Where a graph does not say, what image-to-video models usually make: 81 frames at 16 a second. */
function timingOf(target: SubmitTarget | null): ClipTiming | null {
  if (!target) return null;
  const { fps, framesPerStage } = target.recipe.timing;
  return { fps: fps ?? 16, frames: framesPerStage ?? 81, clips: target.recipe.clips?.length ?? 1 };
}

async function inTransaction(pool: pg.Pool, write: (client: pg.PoolClient) => Promise<void>): Promise<void> {
  const client = await pool.connect();
  try {
    await client.query("BEGIN");
    await write(client);
    await client.query("COMMIT");
  } catch (error) {
    await client.query("ROLLBACK").catch(() => undefined);
    throw error;
  } finally {
    client.release();
  }
}

const storeAutoPrompt = `
  WITH stored AS (
    INSERT INTO auto_prompt (id, stage, workflow_version_id, project_id, created_by_id, caption_prompt, motion_prompt, clips)
    VALUES ($1, $2::"AutoPromptStage", $3, $4, $5, $6, $7, $8) RETURNING id
  )
  INSERT INTO auto_prompt_item (auto_prompt_id, index, asset_id, key, caption)
  SELECT stored.id, i.index, i.asset_id, i.key, i.caption
  FROM stored, json_to_recordset($9::json) AS i(index int, asset_id uuid, key text, caption text)`;
