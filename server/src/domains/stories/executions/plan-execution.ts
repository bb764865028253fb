import { z } from "zod";
import type { Deps } from "#app/deps.ts";
import type { Viewer } from "#domains/accounts/viewer.ts";
import { requireAsset } from "#domains/assets/assets.service.ts";
import type { SubstitutionLibrary } from "#domains/libraries/logic/library-references.ts";
import { loadProjectLibraries } from "#domains/libraries/project-libraries.service.ts";
import { poolName } from "#domains/machines/machines.service.ts";
import { choiceSeedOf } from "#domains/prompts/logic/draw-choices.ts";
import { drawSeedFor } from "#domains/queue/logic/new-seed.ts";
import { loadSubmitTarget } from "#domains/queue/preflight/preflight-variations.service.ts";
import type { SubmitTarget } from "#domains/queue/submit/load-target.ts";
import type { PromptSnapshot } from "#domains/queue/submit/submit-input.ts";
import { collectionOf } from "#domains/stories/collections/stored-collection.ts";
import { requireBranch } from "#domains/stories/continuity/find-scene.ts";
import { ExecutionFindings, type ExecutionStage } from "#domains/stories/executions/execution-findings.ts";
import { noteTexts, noteUnmapped, noteUnused } from "#domains/stories/executions/note-findings.ts";
import { type FrameKeys, frameKeys } from "#domains/stories/logic/frame-parameters.ts";
import { emptyCollection } from "#domains/stories/logic/prompt-collection.ts";
import type { SceneLora } from "#domains/stories/logic/scene-loras.ts";
import { sceneParams } from "#domains/stories/logic/scene-params.ts";
import { sceneTexts, type SceneTextSource } from "#domains/stories/logic/scene-texts.ts";
import { sceneSlug, storySlug } from "#domains/stories/logic/slugs.ts";
import { storyOf } from "#domains/stories/story.service.ts";
import { makesVideo } from "#domains/workflows/logic/media-nodes.ts";
import { seedAfter, seedRangeOf } from "#domains/workflows/logic/seed-range.ts";
import { ValidationError } from "#lib/domain-error.ts";
import { isJsonObject, type JsonObject } from "#lib/json.ts";
import { parseInput } from "#lib/parse-input.ts";
import type { Branch, Scene } from "#platform/db/generated/client.ts";

/** One of the two stages as it is asked for. */
export interface StageInput {
  workflowId: string;
  workflowVersionId?: string | undefined;
  /** Values by parameter key for all scenes; what a scene says itself goes before them. */
  params?: unknown;
}

export interface ExecutionInput {
  branchId: string;
  inputAssetId: string;
  images: StageInput;
  videos: StageInput & { firstFrameKey?: string | undefined; lastFrameKey?: string | undefined };
  variants?: number | undefined;
  seed?: bigint | undefined;
  pool?: string | undefined;
  priority?: number | undefined;
}

export const executionLimits = { scenes: 500, variants: 20, images: 2_000 };

/** Long integers as texts, which parameters take as well: jsonb columns are written without them. */
const params = z
  .custom<JsonObject>(isJsonObject, "must be an object of values by name")
  .refine((values) => !Object.hasOwn(values, "seed"), "give `seed` instead: every image has one of its own")
  .transform(
    (values) =>
      JSON.parse(
        JSON.stringify(values, (_key, value: unknown) => (typeof value === "bigint" ? value.toString() : value)),
      ) as JsonObject,
  )
  .default({});
const inputFields = z.object({
  variants: z
    .number()
    .int()
    .min(1, `1 to ${executionLimits.variants} variants`)
    .max(executionLimits.variants, `1 to ${executionLimits.variants} variants`)
    .default(1),
  seed: z
    .bigint()
    .min(0n, "a seed is between 0 and 2^64 − 1")
    .max(2n ** 64n - 1n, "a seed is between 0 and 2^64 − 1")
    .optional(),
  pool: poolName.default("default"),
  priority: z.number().int().min(-1_000).max(1_000).default(0),
  images: z.object({ params }),
  videos: z.object({ params }),
});

/** One run as it will be submitted. */
export interface PlannedPart {
  seed: bigint;
  prompts: PromptSnapshot[];
}

export interface PlannedScene {
  scene: Pick<Scene, "id" | "number" | "title">;
  order: number;
  slug: string;
  params: JsonObject;
  images: PlannedPart[];
}

export interface PlannedTransition extends PlannedPart {
  order: number;
  params: JsonObject;
}

export interface ExecutionPlan {
  branch: Branch;
  story: string;
  name: string;
  asset: Awaited<ReturnType<typeof requireAsset>>;
  variants: number;
  pool: string;
  priority: number;
  seed: bigint;
  frames: FrameKeys;
  targets: Record<ExecutionStage, SubmitTarget>;
  scenes: PlannedScene[];
  transitions: PlannedTransition[];
  findings: ExecutionFindings;
}

type PlanDeps = Pick<Deps, "config" | "db" | "storage">;

/**
 * Everything that an execution is made of, down to seeds and texts; nothing is stored. The number of statements does not
 * depend on the number of scenes.
 * @throws NotFoundError, ValidationError where there is no telling what is meant, or a film can't come of it
 */
export async function planExecution(deps: PlanDeps, viewer: Viewer, input: ExecutionInput): Promise<ExecutionPlan> {
  const { variants, seed: given, pool, priority, images, videos } = parseInput(inputFields, input);
  const branch = await requireBranch(deps, viewer, input.branchId);
  const asset = await requireAsset(deps, viewer, input.inputAssetId, ["inputAssetId"]);
  if (!asset.blob.mime.startsWith("image/"))
    throw ValidationError.at(["inputAssetId"], `${asset.filename} is ${asset.blob.mime}; choose a picture`);
  const targets = {
    IMAGES: await targetOf(deps, "images", input.images),
    VIDEOS: await targetOf(deps, "videos", input.videos),
  };
  const frames = requireStages(targets, input);
  const { names, scenes: rows, sources } = await readStory(deps, branch);
  requireRoom(rows.length, variants);

  const findings = new ExecutionFindings();
  const seed = given ?? drawSeedFor(targets.IMAGES.parameters);
  const seedOf = (stage: ExecutionStage, index: number): bigint =>
    seedAfter(seedIn(targets[stage], seed), BigInt(index), seedRangeOf(targets[stage].parameters));
  noteUnmapped(findings, targets, sources);
  const textsOf = (stage: ExecutionStage, order: number, choiceSeed: bigint): PromptSnapshot[] => {
    const [scene, source] = [rows[order] as Scene, sources[order] as SceneTextSource];
    const texts = sceneTexts(targets[stage].slots, source, choiceSeed);
    noteTexts(findings, stage, scene, texts, source);
    return texts.prompts;
  };
  const paramsOf = (stage: ExecutionStage, scene: Scene): JsonObject => {
    const bound = sceneParams(targets[stage].parameters, scene, scene.loras as unknown as SceneLora[]);
    for (const what of bound.unused) noteUnused(findings, stage, targets[stage], what, scene.number);
    return { ...(stage === "IMAGES" ? images : videos).params, ...bound.params };
  };
  return {
    branch,
    ...names,
    asset,
    variants,
    pool,
    priority,
    seed: seedOf("IMAGES", 0),
    frames,
    targets,
    findings,
    scenes: rows.map((scene, order) => ({
      scene,
      order,
      slug: sceneSlug(scene.title),
      params: paramsOf("IMAGES", scene),
      images: Array.from({ length: variants }, (_, variant) => {
        // What submitJob draws by: the first seed of the job, counted up, and the try.
        const own = seedOf("IMAGES", order * variants + variant);
        return { seed: own, prompts: textsOf("IMAGES", order, choiceSeedOf(own, variant)) };
      }),
    })),
    transitions: rows.slice(0, -1).map((scene, order) => {
      const own = seedOf("VIDEOS", order);
      return {
        order,
        seed: own,
        params: paramsOf("VIDEOS", scene),
        prompts: textsOf("VIDEOS", order, choiceSeedOf(own, 0)),
      };
    }),
  };
}

async function targetOf(deps: PlanDeps, field: string, stage: StageInput): Promise<SubmitTarget> {
  return loadSubmitTarget(deps, stage.workflowId, stage.workflowVersionId).catch((error: unknown) => {
    const { path } = error as { path?: string[] | null };
    throw path ? Object.assign(error as Error, { path: [field, ...path] }) : error;
  });
}

/** @throws ValidationError for workflows that the two stages can't use */
function requireStages({ IMAGES, VIDEOS }: ExecutionPlan["targets"], { videos }: ExecutionInput): FrameKeys {
  if (IMAGES.inputKind !== "IMAGE" && IMAGES.inputKind !== "NONE")
    throw ValidationError.at(
      ["images", "workflowId"],
      `${IMAGES.workflowName} starts from a ${IMAGES.inputKind.toLowerCase()}; choose a workflow that makes images from a picture or from text`,
      "NO_IMAGE_WORKFLOW",
    );
  const keys = frameKeys(VIDEOS.parameters, {
    ...(videos.firstFrameKey === undefined ? {} : { first: videos.firstFrameKey }),
    ...(videos.lastFrameKey === undefined ? {} : { last: videos.lastFrameKey }),
  });
  const isForClips = VIDEOS.inputKind === "IMAGE" && Object.values(VIDEOS.graph).some(makesVideo);
  if (!keys || !isForClips)
    throw ValidationError.at(
      ["videos", "workflowId"],
      `${VIDEOS.workflowName} makes no clip from a first and a last picture; choose a first-last-frame workflow, or name the two parameters of type IMAGE`,
      "NO_FRAME_WORKFLOW",
    );
  return keys;
}

function requireRoom(scenes: number, variants: number): void {
  if (scenes < 2)
    throw ValidationError.at(
      ["branchId"],
      `the branch has ${scenes === 0 ? "no scene" : "one scene"}; a film is made of the transitions between at least two`,
      "TOO_FEW_SCENES",
    );
  const { scenes: most, images } = executionLimits;
  if (scenes > most)
    throw ValidationError.at(["branchId"], `the branch has ${scenes} scenes; at most ${most} are rendered at once`);
  if (scenes * variants > images)
    throw ValidationError.at(
      ["variants"],
      `${scenes} scenes with ${variants} variants are ${scenes * variants} images; at most ${images} are made at once`,
    );
}

/** The branch with all that its scenes' texts are made of. */
async function readStory({ db }: PlanDeps, branch: Branch) {
  const { prisma } = db;
  const { mainBranchId } = await storyOf({ db }, branch.projectId);
  const { project, prompts, slotPrompts } = await prisma.branch.findUniqueOrThrow({
    where: { id: branch.id },
    include: { project: { select: { name: true } }, prompts: true, slotPrompts: true },
  });
  const rows = await prisma.scene.findMany({
    where: { branchId: branch.id },
    orderBy: { number: "asc" },
    include: { prompts: true, slotPrompts: true },
    take: executionLimits.scenes + 1,
  });
  const libraries: SubstitutionLibrary[] = await loadProjectLibraries({ db }, branch.projectId);
  const fallback = prompts ? collectionOf(prompts) : emptyCollection;
  const sources = rows.map((scene): SceneTextSource => ({
    mapping: new Map([...slotPrompts, ...scene.slotPrompts].map(({ slotId, name }) => [slotId, name])),
    own: scene.prompts ? collectionOf(scene.prompts) : emptyCollection,
    fallback,
    libraries,
  }));
  const isMain = mainBranchId === branch.id;
  const names = {
    story: storySlug(project.name, isMain ? null : branch.name),
    name: isMain ? project.name : `${project.name} · ${branch.name}`,
  };
  return { names, scenes: rows as Scene[], sources };
}

/** The video workflow may take fewer seeds than the image workflow. */
function seedIn({ parameters }: SubmitTarget, seed: bigint): bigint {
  const range = seedRangeOf(parameters);
  return seed >= range.min && seed <= range.max ? seed : seedAfter(range.min, seed, range);
}
