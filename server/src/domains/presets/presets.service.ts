import { z } from "zod";
import type { Deps } from "#app/deps.ts";
import type { Viewer } from "#domains/accounts/viewer.ts";
import { maxContentBytes, promptContent, settingsContent } from "#domains/presets/logic/preset-content.ts";
import { NotFoundError, ValidationError } from "#lib/domain-error.ts";
import { type JsonObject, parseJson, stringifyJson } from "#lib/json.ts";
import { parseInput } from "#lib/parse-input.ts";
import { storableText } from "#lib/storable-text.ts";
import { conflictOnUnique } from "#platform/db/conflicts.ts";
import type { Preset } from "#platform/db/generated/client.ts";
import type { PresetKind, WorkflowCategory } from "#platform/db/generated/enums.ts";

type PresetDeps = Pick<Deps, "db">;

/** With the prompts that come with it. */
export type LinkedPreset = Preset & { promptPreset: Preset | null };
const withPrompts = { promptPreset: true } as const;

export interface PresetInput {
  kind: PresetKind;
  category: WorkflowCategory;
  name: string;
  content?: unknown;
  promptPresetId?: string | null | undefined;
  overwrite: boolean;
}

const nameField = storableText(120).trim().min(1, "a preset needs a name");
const taken = (name: string): string => `A preset named "${name}" exists already; overwrite it, or choose another name`;
/** A person's presets are listed whole, so there is an end to them. */
const maxPresets = 500;

/** The viewer's own, by name. */
export function listPresets(
  { db }: PresetDeps,
  viewer: Viewer,
  filter: { kind?: PresetKind | undefined; category?: WorkflowCategory | undefined },
): Promise<LinkedPreset[]> {
  return db.prisma.preset.findMany({
    where: {
      userId: viewer.userId,
      ...(filter.kind ? { kind: filter.kind } : {}),
      ...(filter.category ? { category: filter.category } : {}),
    },
    include: withPrompts,
    orderBy: [{ name: "asc" }, { id: "asc" }],
    take: maxPresets,
  });
}

/**
 * Saves under a new name, or over the preset of that name when it is said.
 * @throws ValidationError, NotFoundError (prompt preset), ConflictError when the name is taken
 */
export async function savePreset({ db }: PresetDeps, viewer: Viewer, input: PresetInput): Promise<LinkedPreset> {
  const { name } = parseInput(z.object({ name: nameField }), input);
  const content: object = parseInput(input.kind === "PROMPT" ? promptContent : settingsContent, input.content, [
    "content",
  ]);
  const json = stringifyJson(content);
  if (Buffer.byteLength(json) > maxContentBytes)
    throw ValidationError.at(["content"], `a preset holds at most ${maxContentBytes / 1024} kB`);
  const promptPresetId = input.promptPresetId ?? null;
  if (promptPresetId !== null) {
    if (input.kind !== "SETTINGS")
      throw ValidationError.at(["promptPresetId"], "only settings can bring a prompt preset with them");
    const prompts = await requirePreset({ db }, viewer, promptPresetId, ["promptPresetId"]);
    if (prompts.kind !== "PROMPT")
      throw ValidationError.at(["promptPresetId"], `"${prompts.name}" is no prompt preset`);
  }
  const { kind, category } = input;
  const place = { userId: viewer.userId, kind, category, name };
  const data = { content: json, promptPresetId };
  if (input.overwrite) {
    return db.prisma.preset.upsert({
      where: { userId_kind_category_name: place },
      create: { ...place, ...data },
      update: data,
      include: withPrompts,
    });
  }
  const count = await db.prisma.preset.count({ where: { userId: viewer.userId } });
  if (count >= maxPresets)
    throw ValidationError.at(["name"], `you keep ${maxPresets} presets already; delete some first`);
  return conflictOnUnique(
    () => db.prisma.preset.create({ data: { ...place, ...data }, include: withPrompts }),
    taken(name),
    ["name"],
  );
}

/** @throws ValidationError, NotFoundError, ConflictError when the name is taken */
export async function renamePreset(deps: PresetDeps, viewer: Viewer, id: string, text: string): Promise<LinkedPreset> {
  const { name } = parseInput(z.object({ name: nameField }), { name: text });
  const [renamed] = await conflictOnUnique(
    () => deps.db.prisma.preset.updateManyAndReturn({ where: { id, userId: viewer.userId }, data: { name } }),
    taken(name),
    ["name"],
  );
  if (!renamed) throw new NotFoundError("The preset", ["id"]);
  return requirePreset(deps, viewer, id, ["id"]);
}

/** Settings that brought it with them stay, without it. @throws NotFoundError */
export async function deletePreset({ db }: PresetDeps, viewer: Viewer, id: string): Promise<void> {
  const { count } = await db.prisma.preset.deleteMany({ where: { id, userId: viewer.userId } });
  if (count === 0) throw new NotFoundError("The preset", ["id"]);
}

async function requirePreset({ db }: PresetDeps, viewer: Viewer, id: string, path: string[]): Promise<LinkedPreset> {
  const preset = await db.prisma.preset.findFirst({ where: { id, userId: viewer.userId }, include: withPrompts });
  if (!preset) throw new NotFoundError("The preset", path);
  return preset;
}

/** Some of the viewer's own, in the order asked for, in one statement. @throws NotFoundError that names the first that is not */
export async function requirePresets(
  { db }: PresetDeps,
  viewer: Viewer,
  ids: readonly string[],
  path: string[],
): Promise<LinkedPreset[]> {
  const where = { id: { in: [...new Set(ids)] }, userId: viewer.userId };
  const found = new Map(
    (await db.prisma.preset.findMany({ where, include: withPrompts })).map((each) => [each.id, each]),
  );
  return ids.map((id, index) => {
    const preset = found.get(id);
    if (!preset) throw new NotFoundError("The preset", [...path, String(index)]);
    return preset;
  });
}

export function contentOf({ content }: Pick<Preset, "content">): JsonObject {
  return parseJson(content) as JsonObject;
}
