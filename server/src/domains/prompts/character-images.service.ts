import type { Deps } from "#app/deps.ts";
import { ofProject, type Viewer } from "#domains/accounts/viewer.ts";
import { ConflictError, NotFoundError, ValidationError } from "#lib/domain-error.ts";
import type { PrismaTx } from "#platform/db/client.ts";
import type { Character } from "#platform/db/generated/client.ts";

/** More than these nobody looks through. */
const maxImages = 100;

/**
 * Adds reference images behind those that a character has; one that is there already stays where it is.
 * @throws NotFoundError (character, an asset by its position), ValidationError for what is no picture of the project
 */
export async function addCharacterImages(
  { db }: Pick<Deps, "db">,
  viewer: Viewer,
  characterId: string,
  assetIds: readonly string[],
): Promise<Character> {
  return changeImages({ db }, viewer, characterId, async (tx, character, present) => {
    const added = [...new Set(assetIds)].filter((id) => !present.includes(id));
    const assets = await tx.asset.findMany({
      where: { AND: [{ id: { in: [...assetIds] } }, { projectId: character.projectId }] },
      select: { id: true, filename: true, blob: { select: { mime: true } } },
    });
    const byId = new Map(assets.map((asset) => [asset.id, asset]));
    for (const [index, id] of assetIds.entries()) {
      const asset = byId.get(id);
      const path = ["assetIds", String(index)];
      if (!asset) throw new NotFoundError("The asset, in the project of the character,", path);
      if (!asset.blob.mime.startsWith("image/"))
        throw ValidationError.at(path, `${asset.filename} is ${asset.blob.mime}; reference images are pictures`);
    }
    return [...present, ...added];
  });
}

/** The files stay. @throws NotFoundError (character, an image by its position) */
export async function removeCharacterImages(
  { db }: Pick<Deps, "db">,
  viewer: Viewer,
  characterId: string,
  assetIds: readonly string[],
): Promise<Character> {
  return changeImages({ db }, viewer, characterId, async (_tx, _character, present) => {
    requireImages(present, assetIds);
    return present.filter((id) => !assetIds.includes(id));
  });
}

/**
 * Puts the reference images into this order.
 * @throws NotFoundError (character, an image by its position), ConflictError when it has more images by now
 */
export async function reorderCharacterImages(
  { db }: Pick<Deps, "db">,
  viewer: Viewer,
  characterId: string,
  assetIds: readonly string[],
): Promise<Character> {
  return changeImages({ db }, viewer, characterId, async (_tx, _character, present) => {
    requireImages(present, assetIds);
    if (new Set(assetIds).size !== present.length || assetIds.length !== present.length)
      throw new ConflictError("Name all images that the character has by now, each once", "IMAGES_CHANGED", [
        "assetIds",
      ]);
    return [...assetIds];
  });
}

function requireImages(present: readonly string[], assetIds: readonly string[]): void {
  const missing = assetIds.findIndex((id) => !present.includes(id));
  if (missing >= 0) throw new NotFoundError("The image, among those of the character,", ["assetIds", String(missing)]);
}

async function changeImages(
  { db }: Pick<Deps, "db">,
  viewer: Viewer,
  characterId: string,
  change: (tx: PrismaTx, character: Character, present: string[]) => Promise<string[]>,
): Promise<Character> {
  return db.prisma.$transaction(async (tx) => {
    const character = await tx.character.findFirst({ where: { AND: [{ id: characterId }, ofProject(viewer)] } });
    if (!character) throw new NotFoundError("The character", ["characterId"]);
    // Two who change the images at once do it one after the other.
    await tx.$queryRaw`SELECT 1 FROM "character" WHERE id = ${characterId}::uuid FOR UPDATE`;
    const images = await tx.characterImage.findMany({ where: { characterId }, orderBy: { sortOrder: "asc" } });
    const present = images.map(({ assetId }) => assetId);
    const wanted = await change(tx, character, present);
    if (wanted.length > maxImages)
      throw ValidationError.at(["assetIds"], `a character has at most ${maxImages} reference images`);
    await tx.characterImage.deleteMany({ where: { characterId } });
    await tx.characterImage.createMany({
      data: wanted.map((assetId, sortOrder) => ({ characterId, assetId, sortOrder })),
    });
    return character;
  });
}
