import type { Deps } from "#app/deps.ts";
import type { Viewer } from "#domains/accounts/viewer.ts";
import { requireAsset, storeAsset } from "#domains/assets/assets.service.ts";
import { given } from "#lib/given.ts";
import { describedFields } from "#domains/stories/project-assets.service.ts";
import { ForbiddenError, NotFoundError, ValidationError } from "#lib/domain-error.ts";
import { parseInput } from "#lib/parse-input.ts";
import { conflictOnUnique } from "#platform/db/conflicts.ts";
import type { Asset, Blob, LibraryAsset } from "#platform/db/generated/client.ts";
import type { ProjectAssetType } from "#platform/db/generated/enums.ts";

export type LibraryDeps = Pick<Deps, "db" | "storage">;

export interface LibraryAssetInput {
  type?: ProjectAssetType | undefined;
  name?: string | undefined;
  description?: string | undefined;
  /** A picture that the viewer may see; null takes it away. */
  imageId?: string | null | undefined;
}

const nameTaken = "An asset of this type and name is already in the studio's library";

/** @throws ValidationError, NotFoundError (image), ConflictError when type and name are taken */
export async function createLibraryAsset(
  deps: LibraryDeps,
  viewer: Viewer,
  input: LibraryAssetInput & { type: ProjectAssetType },
): Promise<LibraryAsset> {
  const fields = parseInput(describedFields, input);
  const imageId = await publishImage(deps, viewer, input.imageId);
  return conflictOnUnique(
    () =>
      deps.db.prisma.libraryAsset.create({
        data: {
          type: input.type,
          createdById: viewer.userId,
          name: fields.name,
          ...given({ description: fields.description, imageId }),
        },
      }),
    nameTaken,
    ["name"],
  );
}

/**
 * Fields left out stay; what was cloned before stays as it is.
 * @throws NotFoundError, ForbiddenError, ValidationError, ConflictError when type and name are taken
 */
export async function updateLibraryAsset(
  deps: LibraryDeps,
  viewer: Viewer,
  id: string,
  input: LibraryAssetInput,
): Promise<LibraryAsset> {
  const fields = parseInput(describedFields.partial({ name: true }), input);
  await requireOwn(deps, viewer, id);
  const imageId = await publishImage(deps, viewer, input.imageId);
  const [updated] = await conflictOnUnique(
    () =>
      deps.db.prisma.libraryAsset.updateManyAndReturn({
        where: { id },
        data: given({ ...fields, type: input.type, imageId }),
      }),
    nameTaken,
    ["name"],
  );
  if (!updated) throw new NotFoundError("The library asset", ["id"]);
  return updated;
}

/** What was cloned from it stays. @throws NotFoundError, ForbiddenError */
export async function deleteLibraryAsset(deps: LibraryDeps, viewer: Viewer, id: string): Promise<void> {
  await requireOwn(deps, viewer, id);
  await deps.db.prisma.libraryAsset.deleteMany({ where: { id } });
}

/** Everybody in the studio sees it. @throws NotFoundError */
export async function requireLibraryAsset(
  { db }: Pick<Deps, "db">,
  id: string,
  path: string[],
): Promise<LibraryAsset & { image: (Asset & { blob: Blob }) | null }> {
  const found = await db.prisma.libraryAsset.findUnique({
    where: { id },
    include: { image: { include: { blob: true } } },
  });
  if (!found) throw new NotFoundError("The library asset", path);
  return found;
}

async function requireOwn(deps: LibraryDeps, viewer: Viewer, id: string): Promise<void> {
  const { name, createdById } = await requireLibraryAsset(deps, id, ["id"]);
  if (viewer.role !== "ADMIN" && createdById !== viewer.userId)
    throw new ForbiddenError(`Only who put "${name}" into the library, or ADMIN, may change it`);
}

/** A use of the picture that belongs to no project: whoever sees the library sees it. */
async function publishImage(
  deps: LibraryDeps,
  viewer: Viewer,
  imageId: string | null | undefined,
): Promise<string | null | undefined> {
  if (!imageId) return imageId;
  const image = await requireAsset(deps, viewer, imageId, ["imageId"]);
  if (!image.blob.mime.startsWith("image/"))
    throw ValidationError.at(["imageId"], `${image.filename} is ${image.blob.mime}; choose a picture`);
  return (await copyImage(deps, viewer, image, { projectId: null, folder: "library" })).id;
}

/**
 * Another use of a stored picture, with the same bytes.
 * @throws ValidationError for a picture that lies in a folder of the server and can change there
 */
export async function copyImage(
  deps: LibraryDeps,
  viewer: Viewer,
  { filename, sha256, isInPlace, blob }: Asset & { blob: Blob },
  { projectId, folder }: { projectId: string | null; folder: string },
): Promise<Asset> {
  if (isInPlace)
    throw ValidationError.at(["imageId"], `${filename} lies in a folder of the server; upload it to put it here`);
  return storeAsset(deps, {
    blob: { sha256, bytes: Number(blob.bytes) },
    kind: "UPLOAD",
    folder,
    filename,
    projectId,
    createdById: viewer.userId,
  });
}
