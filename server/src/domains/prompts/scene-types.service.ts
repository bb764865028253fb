import { z } from "zod";
import type { Deps } from "#app/deps.ts";
import { ofProjectOrStudio, type Viewer } from "#domains/accounts/viewer.ts";
import { requireExistingProject } from "#domains/projects/projects.service.ts";
import { ConflictError, NotFoundError, ValidationError } from "#lib/domain-error.ts";
import { parseInput } from "#lib/parse-input.ts";
import { storableText } from "#lib/storable-text.ts";
import { conflictOnUnique } from "#platform/db/conflicts.ts";
import type { PrismaTx } from "#platform/db/client.ts";
import type { SceneType } from "#platform/db/generated/client.ts";
import type { GenerationStrategy } from "#platform/db/generated/enums.ts";

export interface SceneTypeFields {
  name?: string | undefined;
  description?: string | undefined;
  generationStrategy?: GenerationStrategy | undefined;
  expectedChunks?: number | null | undefined;
  chunkOutputPattern?: string | undefined;
  fragmentSeparator?: string | undefined;
  /** null takes it away, as for the other numbers. */
  targetDurationSecs?: number | null | undefined;
  segmentDurationSecs?: number | null | undefined;
  durationToleranceSecs?: number | null | undefined;
}

const nameField = storableText(200).trim().min(1, "a scene type needs a name");
/** A day. */
const maxDurationSecs = 86_400;
const positive = (what: string) => z.number().gt(0, `${what} is more than 0 seconds`).max(maxDurationSecs).nullish();
const sceneTypeFields = z.object({
  name: nameField.optional(),
  description: storableText(5_000).optional(),
  generationStrategy: z.enum(["PLATFORM_ORCHESTRATED", "WORKFLOW_MANAGED"]).optional(),
  expectedChunks: z.number().int().min(1, "at least one chunk is expected").max(10_000).nullish(),
  chunkOutputPattern: storableText(200)
    .refine(
      (pattern) => pattern === "" || pattern.includes("{n}"),
      "the pattern is a file name with {n} in it, such as chunk_{n}.mp4",
    )
    .refine((pattern) => !/[/\\]/.test(pattern), "the pattern is a file name, without folders")
    .optional(),
  fragmentSeparator: storableText(50).optional(),
  targetDurationSecs: positive("the target duration"),
  segmentDurationSecs: positive("the duration of a segment"),
  durationToleranceSecs: z.number().min(0, "the tolerance is not negative").max(maxDurationSecs).nullish(),
});
const nameTaken = "A scene type with this name exists already";

/**
 * Makes a scene type on the workflow's current version.
 * @throws ValidationError, NotFoundError (workflow, project), ConflictError when the name is taken
 */
export async function createSceneType(
  { db }: Pick<Deps, "db">,
  viewer: Viewer,
  input: SceneTypeFields & { name: string; workflowId: string; projectId?: string | undefined },
): Promise<SceneType> {
  const fields = parseInput(sceneTypeFields.extend({ name: nameField }), input);
  refuseLongSegments(fields);
  if (input.projectId !== undefined) await requireExistingProject({ db }, viewer, input.projectId);
  const workflow = await db.prisma.workflow.findUnique({
    where: { id: input.workflowId },
    select: { currentVersionId: true },
  });
  const workflowVersionId = workflow?.currentVersionId;
  if (!workflowVersionId) throw new NotFoundError("The workflow", ["workflowId"]);
  return conflictOnUnique(
    () =>
      db.prisma.sceneType.create({
        data: { ...toColumns(fields), name: fields.name, workflowVersionId, projectId: input.projectId ?? null },
      }),
    nameTaken,
    ["name"],
  );
}

/** Fields left out stay; empty text takes an optional one away. @throws NotFoundError, ValidationError, ConflictError */
export async function updateSceneType(
  { db }: Pick<Deps, "db">,
  viewer: Viewer,
  id: string,
  input: SceneTypeFields,
): Promise<SceneType> {
  const fields = parseInput(sceneTypeFields, input);
  return conflictOnUnique(
    () =>
      db.prisma.$transaction(async (tx) => {
        await tx.$queryRaw`SELECT 1 FROM scene_type WHERE id = ${id}::uuid FOR UPDATE`;
        const before = await requireSceneType(tx, viewer, id, ["id"]);
        const columns = toColumns(fields);
        refuseLongSegments({ ...before, ...columns });
        return tx.sceneType.update({ where: { id }, data: columns });
      }),
    nameTaken,
    ["name"],
  );
}

/** A segment is at most as long as the whole. @throws ValidationError */
function refuseLongSegments({
  targetDurationSecs: target,
  segmentDurationSecs: segment,
}: Pick<SceneTypeFields, "targetDurationSecs" | "segmentDurationSecs">): void {
  if (target != null && segment != null && segment > target)
    throw ValidationError.at(
      ["segmentDurationSecs"],
      `a segment of ${segment} s is longer than the target of ${target} s`,
    );
}

/** Its texts, overrides and pins go with it. @throws NotFoundError, ConflictError (code HAS_TAKES) */
export async function deleteSceneType({ db }: Pick<Deps, "db">, viewer: Viewer, id: string): Promise<void> {
  const where = { AND: [{ id }, ofProjectOrStudio(viewer)] };
  const sceneType = await db.prisma.sceneType.findFirst({ where, select: { _count: { select: { takes: true } } } });
  if (!sceneType) throw new NotFoundError("The scene type", ["id"]);
  const { count } = await db.prisma.sceneType.deleteMany({ where: { AND: [where, { takes: { none: {} } }] } });
  const takes = sceneType._count.takes || 1;
  if (count === 0)
    throw new ConflictError(`${takes} takes were made of the scene type, which would lose it`, "HAS_TAKES", ["id"]);
}

function toColumns({ description, chunkOutputPattern, ...fields }: SceneTypeFields) {
  const given = Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as {
    [Key in keyof typeof fields]?: Exclude<(typeof fields)[Key], undefined>;
  };
  return {
    ...given,
    ...(description === undefined ? {} : { description: description || null }),
    ...(chunkOutputPattern === undefined ? {} : { chunkOutputPattern: chunkOutputPattern || null }),
  };
}

/** A scene type that the viewer may see. @throws NotFoundError */
export async function requireSceneType(
  prisma: PrismaTx,
  viewer: Viewer,
  id: string,
  path: string[] = ["sceneTypeId"],
): Promise<SceneType> {
  const sceneType = await prisma.sceneType.findFirst({ where: { AND: [{ id }, ofProjectOrStudio(viewer)] } });
  if (!sceneType) throw new NotFoundError("The scene type", path);
  return sceneType;
}
