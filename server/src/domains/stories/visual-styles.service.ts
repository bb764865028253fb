import { z } from "zod";
import type { Deps } from "#app/deps.ts";
import type { Viewer } from "#domains/accounts/viewer.ts";
import { requireExistingProject } from "#domains/projects/projects.service.ts";
import { given } from "#lib/given.ts";
import { requirePictures } from "#domains/stories/images.ts";
import { lockStory, storyOf } from "#domains/stories/story.service.ts";
import { visibleOfProject } from "#domains/stories/visible-stories.ts";
import { ForbiddenError, NotFoundError, ValidationError } from "#lib/domain-error.ts";
import { parseInput } from "#lib/parse-input.ts";
import { storableText } from "#lib/storable-text.ts";
import type { PrismaTx } from "#platform/db/client.ts";
import { conflictOnUnique } from "#platform/db/conflicts.ts";
import type { VisualStyle } from "#platform/db/generated/client.ts";

type StyleDeps = Pick<Deps, "db">;

const maxStyles = 100;

const styleFields = z.object({
  name: storableText(120).trim().min(1, "a style needs a name"),
  prompt: storableText(20_000).optional(),
  negative: storableText(20_000).optional(),
  imageIds: z.array(z.string()).max(20, "a style has at most 20 reference images").optional(),
});

export interface StyleInput {
  name?: string | undefined;
  prompt?: string | undefined;
  negative?: string | undefined;
  /** Pictures of the project, in place of the present ones. */
  imageIds?: string[] | undefined;
}

const nameTaken = "A style with this name exists already in the project";

/** @throws NotFoundError (project, image), ValidationError, ConflictError when the name is taken */
export async function createVisualStyle(
  deps: StyleDeps,
  viewer: Viewer,
  input: StyleInput & { projectId: string },
): Promise<VisualStyle> {
  const { imageIds, ...fields } = parseInput(styleFields, input);
  const { projectId } = input;
  await requireExistingProject(deps, viewer, projectId);
  return conflictOnUnique(
    () =>
      deps.db.prisma.$transaction(async (tx) => {
        if ((await tx.visualStyle.count({ where: { projectId } })) >= maxStyles)
          throw ValidationError.at(["name"], `a project has at most ${maxStyles} styles`);
        const style = await tx.visualStyle.create({ data: { projectId, ...given(fields) } });
        await setImages(tx, style, imageIds);
        return style;
      }),
    nameTaken,
    ["name"],
  );
}

/** Fields left out stay. @throws NotFoundError, ValidationError, ConflictError, ForbiddenError while it is locked */
export async function updateVisualStyle(
  deps: StyleDeps,
  viewer: Viewer,
  id: string,
  input: StyleInput,
): Promise<VisualStyle> {
  const { imageIds, ...fields } = parseInput(styleFields.partial({ name: true }), input);
  return conflictOnUnique(
    () =>
      changeStyle(deps, viewer, id, async (tx, style, lockedStyleId) => {
        requireUnlocked(style, lockedStyleId);
        await setImages(tx, style, imageIds);
        return tx.visualStyle.update({ where: { id }, data: given(fields) });
      }),
    nameTaken,
    ["name"],
  );
}

/** Files stay. @throws NotFoundError, ForbiddenError while it is locked */
export async function deleteVisualStyle(deps: StyleDeps, viewer: Viewer, id: string): Promise<void> {
  await changeStyle(deps, viewer, id, async (tx, style, lockedStyleId) => {
    requireUnlocked(style, lockedStyleId);
    await tx.visualStyle.delete({ where: { id } });
  });
}

/** Makes it the style of the project's pictures, in place of one that was locked before. @throws NotFoundError */
export async function lockVisualStyle(deps: StyleDeps, viewer: Viewer, id: string): Promise<VisualStyle> {
  return changeStyle(deps, viewer, id, async (tx, style) => {
    await tx.projectStory.update({ where: { projectId: style.projectId }, data: { lockedStyleId: id } });
    return style;
  });
}

/** Does nothing when it is not locked. @throws NotFoundError */
export async function unlockVisualStyle(deps: StyleDeps, viewer: Viewer, id: string): Promise<VisualStyle> {
  return changeStyle(deps, viewer, id, async (tx, style) => {
    await tx.projectStory.updateMany({ where: { lockedStyleId: id }, data: { lockedStyleId: null } });
    return style;
  });
}

/** Nobody locks or unlocks a style of the project in between. */
async function changeStyle<Result>(
  deps: StyleDeps,
  viewer: Viewer,
  id: string,
  work: (tx: PrismaTx, style: VisualStyle, lockedStyleId: string | null) => Promise<Result>,
): Promise<Result> {
  const where = { AND: [{ id }, visibleOfProject(viewer)] };
  const found = await deps.db.prisma.visualStyle.findFirst({ where, select: { projectId: true } });
  if (!found) throw new NotFoundError("The visual style", ["id"]);
  const { projectId } = found;
  await storyOf(deps, projectId);
  return deps.db.prisma.$transaction(async (tx) => {
    await lockStory(tx, projectId);
    const style = await tx.visualStyle.findUnique({ where: { id }, include: { lockedOn: true } });
    if (!style) throw new NotFoundError("The visual style", ["id"]);
    const { lockedOn, ...row } = style;
    return work(tx, row, lockedOn?.lockedStyleId ?? null);
  });
}

function requireUnlocked({ id, name }: VisualStyle, lockedStyleId: string | null): void {
  if (lockedStyleId === id)
    throw new ForbiddenError(`"${name}" is the project's locked style; unlock it first`, "STYLE_LOCKED", ["id"]);
}

async function setImages(tx: PrismaTx, style: VisualStyle, imageIds: readonly string[] | undefined): Promise<void> {
  if (!imageIds) return;
  await requirePictures(tx, style.projectId, imageIds, (index) => ["imageIds", String(index)]);
  await tx.visualStyleImage.deleteMany({ where: { styleId: style.id } });
  await tx.visualStyleImage.createMany({
    data: [...new Set(imageIds)].map((assetId, sortOrder) => ({ styleId: style.id, assetId, sortOrder })),
  });
}
