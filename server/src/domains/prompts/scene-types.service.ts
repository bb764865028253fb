import { z } from "zod";
import type { Deps } from "#app/deps.ts";
import { ofProjectOrStudio, type Viewer } from "#domains/accounts/viewer.ts";
import { requireExistingProject } from "#domains/projects/projects.service.ts";
import { NotFoundError } from "#lib/domain-error.ts";
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
  expectedChunks?: number | undefined;
  chunkOutputPattern?: string | undefined;
  fragmentSeparator?: string | undefined;
}

const nameField = storableText(200).trim().min(1, "a scene type needs a name");
const sceneTypeFields = z.object({
  name: nameField.optional(),
  description: storableText(5_000).optional(),
  generationStrategy: z.enum(["PLATFORM_ORCHESTRATED", "WORKFLOW_MANAGED"]).optional(),
  expectedChunks: z.number().int().min(1, "at least one chunk is expected").max(10_000).optional(),
  chunkOutputPattern: storableText(200)
    .refine(
      (pattern) => pattern === "" || pattern.includes("{n}"),
      "the pattern is a file name with {n} in it, such as chunk_{n}.mp4",
    )
    .refine((pattern) => !/[/\\]/.test(pattern), "the pattern is a file name, without folders")
    .optional(),
  fragmentSeparator: storableText(50).optional(),
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
  const [sceneType] = await conflictOnUnique(
    () =>
      db.prisma.sceneType.updateManyAndReturn({
        where: { AND: [{ id }, ofProjectOrStudio(viewer)] },
        data: toColumns(fields),
      }),
    nameTaken,
    ["name"],
  );
  if (!sceneType) throw new NotFoundError("The scene type", ["id"]);
  return sceneType;
}

function toColumns({ description, chunkOutputPattern, ...fields }: SceneTypeFields) {
  const given = Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as {
    [Key in keyof typeof fields]?: NonNullable<(typeof fields)[Key]>;
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
