import { z } from "zod";
import type { Deps } from "#app/deps.ts";
import type { Viewer } from "#domains/accounts/viewer.ts";
import {
  builtInResolutions,
  maxSide,
  readSize,
  type Resolution,
  resolutionKey,
} from "#domains/presets/logic/resolutions.ts";
import { ConflictError, ForbiddenError, NotFoundError, ValidationError } from "#lib/domain-error.ts";
import { parseInput } from "#lib/parse-input.ts";
import { storableText } from "#lib/storable-text.ts";
import { isUniqueViolation } from "#platform/db/conflicts.ts";
import type { ResolutionPreset } from "#platform/db/generated/client.ts";

type ResolutionDeps = Pick<Deps, "db">;

const side = z.number().int().min(1).max(maxSide, `a side is 1 to ${maxSide} pixels`);
const fields = z.object({
  name: storableText(60)
    .trim()
    .min(1, "a resolution needs a name")
    .refine((name) => readSize(name) === null, "a name that is itself a size would say two things"),
  width: side,
  height: side,
});

export function listResolutions({ db }: ResolutionDeps): Promise<ResolutionPreset[]> {
  return db.prisma.resolutionPreset.findMany({ orderBy: [{ key: "asc" }] });
}

/** @throws ValidationError, ConflictError when the name is taken, ForbiddenError to overwrite somebody else's */
export async function saveResolution(
  { db }: ResolutionDeps,
  viewer: Viewer,
  input: { name: string; width: number; height: number; overwrite: boolean },
): Promise<ResolutionPreset> {
  const { name, width, height } = parseInput(fields, input);
  const key = freeKey(name);
  const known = await db.prisma.resolutionPreset.findUnique({ where: { key } });
  if (known && input.overwrite) {
    requireOwn(viewer, known);
    return db.prisma.resolutionPreset.update({ where: { id: known.id }, data: { name, width, height } });
  }
  return uniquely(name, () =>
    db.prisma.resolutionPreset.create({ data: { name, key, width, height, createdById: viewer.userId } }),
  );
}

/** @throws ValidationError, NotFoundError, ForbiddenError, ConflictError when the name is taken */
export async function renameResolution(
  { db }: ResolutionDeps,
  viewer: Viewer,
  id: string,
  text: string,
): Promise<ResolutionPreset> {
  const { name } = parseInput(fields.pick({ name: true }), { name: text });
  requireOwn(viewer, await requireResolution({ db }, id));
  const key = freeKey(name);
  const [renamed] = await uniquely(name, () =>
    db.prisma.resolutionPreset.updateManyAndReturn({ where: { id }, data: { name, key } }),
  );
  if (!renamed) throw new NotFoundError("The resolution preset", ["id"]);
  return renamed;
}

/** Jobs keep the size that they had. @throws NotFoundError, ForbiddenError */
export async function deleteResolution({ db }: ResolutionDeps, viewer: Viewer, id: string): Promise<void> {
  requireOwn(viewer, await requireResolution({ db }, id));
  await db.prisma.resolutionPreset.deleteMany({ where: { id } });
}

/** A size that is written out, built in or the studio's own. @throws ValidationError that names what there is */
export async function findResolution({ db }: ResolutionDeps, text: string, path: string[]): Promise<Resolution> {
  const written = readSize(text);
  if (written) return written;
  const key = resolutionKey(text);
  const found =
    builtInResolutions.find(({ name }) => resolutionKey(name) === key) ??
    (await db.prisma.resolutionPreset.findFirst({ where: { key } }));
  if (found) return { width: found.width, height: found.height };
  const own = await db.prisma.resolutionPreset.findMany({ orderBy: { key: "asc" }, take: 20, select: { name: true } });
  const names = [...builtInResolutions, ...own].map(({ name }) => name).join(", ");
  throw ValidationError.at(path, `"${text}" is no resolution; write 1024x768 or one of ${names}`);
}

async function requireResolution({ db }: ResolutionDeps, id: string): Promise<ResolutionPreset> {
  const preset = await db.prisma.resolutionPreset.findUnique({ where: { id } });
  if (!preset) throw new NotFoundError("The resolution preset", ["id"]);
  return preset;
}

function requireOwn(viewer: Viewer, { name, createdById }: ResolutionPreset): void {
  if (viewer.role !== "ADMIN" && createdById !== viewer.userId)
    throw new ForbiddenError(`Only who made "${name}", or ADMIN, may change it`);
}

function freeKey(name: string): string {
  const key = resolutionKey(name);
  if (builtInResolutions.some((each) => resolutionKey(each.name) === key))
    throw new ConflictError(`"${name}" is built in; choose another name`, "NAME_TAKEN", ["name"]);
  return key;
}

/** Names differ by more than case, so the constraint is on another column than the input's. */
async function uniquely<Written>(name: string, write: () => Promise<Written>): Promise<Written> {
  try {
    return await write();
  } catch (error) {
    if (!isUniqueViolation(error)) throw error;
    throw new ConflictError(`A resolution named "${name}" exists already`, "NAME_TAKEN", ["name"]);
  }
}
